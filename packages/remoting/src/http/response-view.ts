import type { ServerResponse } from 'node:http'
import { jsonType, setHeader } from './headers'
import type { Viewed } from './request-view'

/** The response with the members of Express that LoopBack code uses; the others are those of Node's response. */
export interface ResponseView extends ServerResponse {
  status(code: number): this
  sendStatus(code: number): this
  set(name: string | Readonly<Record<string, unknown>>, value?: unknown): this
  header(name: string | Readonly<Record<string, unknown>>, value?: unknown): this
  get(name: string): unknown
  type(type: string): this
  send(body?: unknown): this
  json(body?: unknown): this
  redirect(status: number | string, url?: string): this
  locals: Record<string, unknown>
  [further: string]: unknown
}

const made = new WeakSet<ServerResponse>()

/** Gives Node's response the members of Express; what is set there reaches the reply of the method as well. */
export function responseView({ reply }: Viewed): ResponseView {
  const view = reply.raw as unknown as ResponseView
  if (made.has(reply.raw)) return view
  made.add(reply.raw)
  return Object.assign(view, {
    locals: view.locals ?? {},
    status(code: number) {
      view.statusCode = code
      return view
    },
    set,
    header: set,
    get: (name: string) => reply.getHeader(name) ?? reply.raw.getHeader(name),
    type: (type: string) => set('content-type', type.includes('/') ? type : (short[type] ?? `text/${type}`)),
    sendStatus: (code: number) => view.status(code).set('content-type', 'text/plain').send(String(code)),
    send: (body?: unknown) => (isText(body) ? end(body) : view.json(body)),
    json(body?: unknown) {
      set('content-type', jsonType)
      return end(JSON.stringify(body))
    },
    redirect(status: number | string, url?: string) {
      view.status(typeof status === 'number' ? status : 302).set('location', url ?? String(status))
      return end('')
    },
  })

  function set(name: string | Readonly<Record<string, unknown>>, value?: unknown): ResponseView {
    const given = typeof name === 'string' ? { [name]: value } : name
    for (const [key, member] of Object.entries(given)) setHeader(reply, key, member)
    return view
  }

  /** The reply goes out through Fastify, so that its hooks run. */
  function end(body: string | Buffer | undefined): ResponseView {
    if (!reply.sent) {
      if (!reply.getHeader('content-type') && typeof body === 'string') set('content-type', 'text/html')
      reply.send(body)
    }
    return view
  }
}

const ours = ['status', 'set', 'header', 'get', 'type', 'sendStatus', 'send', 'json', 'redirect'] as const

/** Takes the members away again, for a reply that goes on to somebody else: Express has its own of these names. */
export function leaveResponse(response: ServerResponse): void {
  if (!made.delete(response)) return
  for (const name of ours) delete (response as unknown as Record<string, unknown>)[name]
}

const short: Readonly<Record<string, string>> = {
  json: 'application/json',
  html: 'text/html',
  text: 'text/plain',
  txt: 'text/plain',
  xml: 'application/xml',
  bin: 'application/octet-stream',
}

function isText(body: unknown): body is string | Buffer | undefined {
  return body === undefined || typeof body === 'string' || Buffer.isBuffer(body)
}
