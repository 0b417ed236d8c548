import type { IncomingMessage } from 'node:http'
import type { HttpContext } from '../invoke/context'

/** The request with the members of Express that LoopBack code uses; the others are those of Node's request. */
export interface RequestView extends IncomingMessage {
  readonly params: Readonly<Record<string, string>>
  query: Record<string, unknown>
  body: unknown
  app: unknown
  path: string
  baseUrl: string
  originalUrl: string
  protocol: string
  secure: boolean
  hostname: string
  ip: string
  xhr: boolean
  /** The context of the call. */
  remotingContext: HttpContext | undefined
  get(name: string): string | undefined
  header(name: string): string | undefined
  param(name: string, fallback?: unknown): unknown
  is(type: string): string | false
  // What middleware and applications add: accessToken, currentUser, …
  [further: string]: unknown
}

/** What a view is made from: a context, or the bare request of one that never came to be. */
export type Viewed =
  | HttpContext
  | (Pick<HttpContext, 'request' | 'reply' | 'params'> & {
      readonly wire: HttpContext['wire'] | undefined
      readonly query?: HttpContext['query']
    })

/** The requests that have a view, and whether Express had given them its members before. */
const known = new WeakMap<IncomingMessage, boolean>()

/**
 * Gives Node's request the members of Express. It stays the same object, so that it can still be read as a stream and keeps what
 * middleware put there.
 */
export function requestView(viewed: Viewed): RequestView {
  const { request } = viewed
  const view = request.raw as unknown as RequestView
  const express = known.get(request.raw) ?? isExpress(request.raw)
  if (!known.has(request.raw)) {
    known.set(request.raw, express)
    const { body, ...further } = members(viewed)
    Object.assign(view, { body }, express ? {} : further)
  }
  Object.assign(view, { params: viewed.params, remotingContext: 'method' in viewed ? viewed : undefined })
  const { query } = viewed
  if (!query) return view
  // A getter without a setter in Express 5.
  if (express) Object.defineProperty(view, 'query', { value: query, writable: true, configurable: true, enumerable: true })
  else view.query = query
  return view
}

/** Calls over a socket inherit the members from the request that opened it: those are ours. */
function isExpress(raw: IncomingMessage): boolean {
  return typeof (raw as { get?: unknown }).get === 'function' && !known.has(Object.getPrototypeOf(raw) as IncomingMessage)
}

function members({ request, wire }: Viewed) {
  const url = request.raw.url ?? '/'
  const query = url.indexOf('?')
  const header = (name: string) => headerOf(request.headers, name)
  return {
    body: request.body === undefined ? {} : request.body,
    app: wire?.app,
    path: query === -1 ? url : url.slice(0, query),
    baseUrl: wire?.prefix ?? '',
    originalUrl: request.originalUrl,
    protocol: request.protocol,
    secure: request.protocol === 'https',
    hostname: request.hostname,
    ip: request.ip,
    xhr: header('x-requested-with')?.toLowerCase() === 'xmlhttprequest',
    get: header,
    header,
    param(this: RequestView, name: string, fallback?: unknown) {
      const body = this.body as Record<string, unknown> | null | undefined
      return this.params[name] ?? body?.[name] ?? this.query[name] ?? fallback
    },
    is: (type: string) => ((request.headers['content-type'] ?? '').includes(type) ? type : (false as const)),
  }
}

function headerOf(headers: IncomingMessage['headers'], name: string): string | undefined {
  const lower = name.toLowerCase()
  const value = headers[lower] ?? (lower === 'referrer' ? headers.referer : lower === 'referer' ? headers.referrer : undefined)
  return Array.isArray(value) ? value.join(', ') : value
}
