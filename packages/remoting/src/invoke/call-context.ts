import { ServerResponse, type IncomingMessage } from 'node:http'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { SharedMethod } from '../contract/shared-method'
import type { RemoteObjects } from '../contract/remote-objects'
import { setHeader } from '../http/headers'
import { queryOf } from '../http/query'
import { requestView, type RequestView } from '../http/request-view'
import type { Wire } from '../http/wire'
import { HttpContext, type Given } from './context'

/** Who calls: the request that opened the connection, and when the connection ends. */
export interface Caller {
  readonly request: FastifyRequest
  readonly signal: AbortSignal
}

/** What a call is made of. */
export interface CallOptions {
  readonly method: SharedMethod
  readonly caller: Caller
  readonly given: Given
  readonly wire: Wire
}

/**
 * The context of a call that shares its request with others: hooks see the request that opened the connection, with what middleware put
 * there; what they write stays with this call.
 */
export function callContext({ method, caller, given, wire }: CallOptions): HttpContext {
  const raw = Object.create(caller.request.raw) as IncomingMessage
  const request = Object.create(caller.request, { raw: { value: raw }, body: { value: given.args, writable: true } }) as FastifyRequest
  return new HttpContext({ request, reply: silentReply(request), method, wire, params: {}, given, signal: caller.signal })
}

/** The request that opened a connection, or that carries several calls, as hooks and `remotes.identify` see it. */
export function callerView(request: FastifyRequest, wire: Wire): RequestView {
  return requestView({ request, reply: silentReply(request), wire, params: {}, query: wire.query(request.raw.url ?? '') })
}

/** A reply that goes nowhere: status and headers have no place in other transports. */
function silentReply(request: FastifyRequest): FastifyReply {
  const raw = new ServerResponse(request.raw)
  const reply = {
    raw,
    request,
    log: request.log,
    sent: false,
    statusCode: 200,
    header(name: string, value: unknown) {
      raw.setHeader(name, value as string)
      return reply
    },
    getHeader: (name: string) => raw.getHeader(name),
    getHeaders: () => raw.getHeaders(),
    code(status: number) {
      raw.statusCode = status
      return reply
    },
    send() {
      reply.sent = true
      return reply
    },
  }
  return reply as unknown as FastifyReply
}

/** What contexts need of a transport that has no paths. */
export function plainWire(remotes: RemoteObjects, { prefix, app }: { readonly prefix: string; readonly app: unknown }): Wire {
  return {
    options: remotes.options,
    app,
    prefix,
    query: (url) => queryOf(url, remotes.limits.query),
    setStatus(context, status) {
      context.reply.raw.statusCode = status
    },
    setHeader: (context, name, value) => setHeader(context.reply, name, value),
  }
}
