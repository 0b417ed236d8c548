import type { IncomingMessage } from 'node:http'
import type { TLSSocket } from 'node:tls'
import type { FastifyRequest } from 'fastify'
import type { RemoteObjects } from '../contract/remote-objects'
import { errors } from '../errors'
import { cleanBody } from '../http/poison'
import type { RequestView } from '../http/request-view'
import { wireErrorOf } from '../http/wire-error'
import type { Wire } from '../http/wire'
import { callContext, callerView, plainWire, type Caller } from '../invoke/call-context'
import { Callables } from '../invoke/callables'
import type { CompiledCall } from '../invoke/compile-call'
import type { Given } from '../invoke/context'
import { runCall } from '../invoke/run-call'
import { mayConnect } from '../json-rpc/origin'
import { rememberOpen } from '../stream/open-streams'
import { takePlace } from '../stream/places'
import { cancel, streamIn, streamReturn } from '../stream/source'
import { watchAccess } from '../stream/watch'

/** The part of a socket of `socket.io` that is used here. */
export interface IoSocket {
  readonly request: IncomingMessage
  readonly handshake?: { readonly auth?: Readonly<Record<string, unknown>> }
  emit(event: string, ...values: readonly unknown[]): unknown
  disconnect(close?: boolean): unknown
  on(event: string, listener: (...values: readonly unknown[]) => void): unknown
}

/** The part of a server of `socket.io` that is used here. */
export interface IoServer {
  use(middleware: (socket: IoSocket, next: (error?: Error) => void) => void): unknown
  on(event: 'connection', listener: (socket: IoSocket) => void): unknown
}

/** What old clients are served with. */
export interface SocketIoOptions {
  /** The classes and methods to serve. */
  readonly remotes: RemoteObjects
  /** What `req.app` is for hooks and methods. */
  readonly app?: unknown
  /**
   * Asked before a client is let in, after `remotes.identify`: an error, or `false`, refuses it. It may put `accessToken` on the request;
   * the socket has what a client of major 3 or 4 sent in `socket.handshake.auth`.
   */
  readonly authenticate?: (req: RequestView, socket: IoSocket) => unknown
}

/**
 * Serves every shared method to old clients over socket.io: the event `invoke(name, ctorArgs, args, id)` is answered by `result` with
 * `{ data, id, methodString, __types__ }` or `{ err, id, methodString }`. Unlike LoopBack's, calls pass authorization.
 *
 * Streams are not served here; use server-sent events or `webSocketPlugin`.
 *
 * @param io the application's server of `socket.io`, major 4; `allowEIO3: true` lets clients of major 2 in
 * @param options `remotes`, `app` and `authenticate`
 * @example
 * const io = new Server(app.fastify.server, { allowEIO3: true })
 * serveSocketIo(io, { remotes, authenticate: async (req) => { req.accessToken = await tokenOf(req) } })
 */
export function serveSocketIo(io: IoServer, options: SocketIoOptions): void {
  const { remotes, authenticate } = options
  const served = { remotes, callables: new Callables(remotes), wire: plainWire(remotes, { prefix: '', app: options.app }) }
  io.use((socket, next) => {
    admit(socket, served, authenticate).then(
      () => next(),
      (error: unknown) => {
        const wire = wireErrorOf(remotes, error)
        next(Object.assign(new Error(wire.message), { data: wire }))
      },
    )
  })
  io.on('connection', (socket) => open(socket, served))
}

async function admit(socket: IoSocket, { remotes, wire }: Served, authenticate: SocketIoOptions['authenticate']): Promise<void> {
  if (!mayConnect(remotes, socket.request)) throw errors.SOCKET_ORIGIN_REFUSED()
  const req = callerView(requestFrom(socket.request), wire)
  await remotes.identify?.(req)
  if ((await authenticate?.(req, socket)) === false) throw errors.STREAM_REVOKED()
}

interface Served {
  readonly remotes: RemoteObjects
  readonly callables: Callables
  readonly wire: Wire
}

function open(socket: IoSocket, served: Served): void {
  const { remotes } = served
  const request = requestFrom(socket.request)
  const gone = new AbortController()
  const disconnect = () => void socket.disconnect(true)
  let release: () => void
  try {
    release = takePlace({ request }, remotes)
  } catch {
    return disconnect()
  }
  const ends = [
    release,
    watchAccess(remotes, { req: callerView(request, served.wire), close: disconnect }),
    rememberOpen(remotes, disconnect),
  ]
  let running = 0
  socket.on('invoke', (...[name, ctorArgs, args, id]) => {
    const limit = remotes.limits.batch.rpc
    const reply = (answer: object) => void socket.emit('result', { ...answer, methodString: name, id })
    if (running >= limit) return reply({ err: wireErrorOf(remotes, errors.RPC_TOO_MANY_CALLS({ limit })) })
    running++
    invoke({ name, ctorArgs, args }, { ...served, caller: { request, signal: gone.signal } })
      .then(reply, (error: unknown) => reply({ err: wireErrorOf(remotes, error) }))
      .finally(() => running--)
  })
  socket.on('disconnect', () => {
    for (const end of ends) end()
    gone.abort()
  })
}

interface Asked {
  readonly name: unknown
  readonly ctorArgs: unknown
  readonly args: unknown
}

async function invoke(
  { name, ctorArgs, args }: Asked,
  { remotes, callables, wire, caller }: Served & { readonly caller: Caller },
): Promise<object> {
  const call = typeof name === 'string' ? callables.find(name) : undefined
  if (!call) throw errors.RPC_METHOD_UNKNOWN({ name: String(name).slice(0, 200) })
  const { method } = call
  const context = callContext({ method, caller, wire, given: givenBy(call, { ctorArgs, args, depth: remotes.limits.body.depth }) })
  const data = await runCall(call, context)
  const declared = streamReturn(method)
  const source = declared && streamIn(data, declared)
  if (source) {
    cancel(source)
    throw errors.STREAM_OUT_OF_PLACE({ where: 'a reply over socket.io' })
  }
  return { data, __types__: Object.fromEntries(method.returns.map(({ arg, type }) => [arg, type])) }
}

/** Arguments by name, or lists of them by position. */
function givenBy(
  { positions }: CompiledCall,
  given: { readonly ctorArgs: unknown; readonly args: unknown; readonly depth: number },
): Given {
  const named = (value: unknown, names: readonly string[]): Given['args'] => {
    const clean = cleanBody(value ?? {}, given.depth)
    if (Array.isArray(clean)) return Object.fromEntries(names.map((name, index) => [name, (clean as readonly unknown[])[index]]))
    if (typeof clean !== 'object' || clean === null) throw errors.RPC_REQUEST_INVALID({ problem: 'arguments must be an object or a list' })
    return clean as Given['args']
  }
  return { ctorArgs: named(given.ctorArgs, positions.ctorArgs), args: named(given.args, positions.args) }
}

/** The request that opened the connection; it did not come through Fastify. */
function requestFrom(raw: IncomingMessage): FastifyRequest {
  const protocol = (raw.socket as TLSSocket).encrypted ? 'https' : 'http'
  const { host = '' } = raw.headers
  const [hostname] = host.split(':')
  return {
    raw,
    headers: raw.headers,
    ip: raw.socket.remoteAddress ?? '',
    protocol,
    host,
    hostname,
    originalUrl: raw.url,
    body: {},
  } as unknown as FastifyRequest
}
