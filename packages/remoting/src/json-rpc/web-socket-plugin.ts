import type { Server } from 'node:http'
import type { Socket } from 'node:net'
import type { FastifyPluginAsync, FastifyRequest } from 'fastify'
import type { RemoteObjects } from '../contract/remote-objects'
import { errors } from '../errors'
import { ErrorReply } from '../http/error-reply'
import { addBounds } from '../http/plugin'
import type { RequestView } from '../http/request-view'
import { callerView, plainWire } from '../invoke/call-context'
import { mayConnect } from './origin'
import { RpcDispatcher } from './dispatcher'
import { RpcSocket } from './socket'
import { endOpen } from '../stream/open-streams'

/** What sockets are served with. */
export interface WebSocketPluginOptions {
  /** The classes and methods to serve. */
  readonly remotes: RemoteObjects
  /** Path of the API, such as `/api`. @default '' */
  readonly prefix?: string
  /** Path below the prefix. @default '/ws' */
  readonly path?: string
  /** What `req.app` is for hooks and methods. */
  readonly app?: unknown
  /** Asked before a socket opens, after `remotes.identify`: an error, or `false`, refuses it. Middleware of the server has run already. */
  readonly authenticate?: (req: RequestView) => unknown
}

/**
 * Serves every shared method as JSON-RPC 2.0 over WebSocket, as a Fastify plugin; needs the package `@fastify/websocket`.
 *
 * A method that returns a stream answers `{ subscription }`; its values follow as notifications `$data`, then `$end` or `$error`;
 * `$unsubscribe` ends it. `remotes.recheck` is asked now and then: a client whose token was revoked is cut off with code 4401.
 *
 * @param fastify the instance
 * @param options `remotes`, `prefix`, `path`, `app` and `authenticate`
 * @throws SOCKET_PEER_MISSING
 * @example
 * app.register(webSocketPlugin, { remotes, prefix: '/api' })
 * // new WebSocket('ws://localhost:3000/api/ws').send('{"jsonrpc":"2.0","id":1,"method":"Greeter.hello","params":["Ada"]}')
 */
export const webSocketPlugin: FastifyPluginAsync<WebSocketPluginOptions> = async (fastify, options) => {
  const { remotes, app, path = '/ws', authenticate } = options
  const answers = new ErrorReply(remotes)
  addBounds(fastify, remotes.limits)
  fastify.setErrorHandler((error, request, reply) => answers.send({ request, reply, error }))
  const endRefused = boundRefused(fastify.server)
  // Before the peer closes its server, so that clients hear why.
  fastify.addHook('preClose', (closed) => {
    endOpen(remotes)
    endRefused()
    closed()
  })
  if (!fastify.hasDecorator('websocketServer')) {
    await fastify.register(await loadPeer(), { options: { maxPayload: remotes.limits.body.json } })
  }
  const wire = plainWire(remotes, { prefix: fastify.prefix.replace(/\/+$/, ''), app })
  const dispatcher = new RpcDispatcher(remotes, wire)
  const views = new WeakMap<FastifyRequest, RequestView>()
  const preValidation = async (request: FastifyRequest) => {
    if (!mayConnect(remotes, request.raw)) throw errors.SOCKET_ORIGIN_REFUSED()
    const req = callerView(request, wire)
    views.set(request, req)
    await remotes.identify?.(req)
    if ((await authenticate?.(req)) === false) throw errors.STREAM_REVOKED()
  }
  fastify.get(path, { websocket: true, preValidation }, (socket, request) => {
    new RpcSocket(socket, { remotes, dispatcher, request, req: views.get(request)! })
  })
}

/** Milliseconds until a connection that asked to become a socket, and did not become one, is cut off. */
const refusalTime = 5000

/**
 * Node leaves a connection that asks for an upgrade to whoever answers it, and after a refusal nobody would end it. A socket that opens
 * lifts the bound by itself.
 *
 * @returns function that ends those that were refused
 */
function boundRefused(server: Server): () => void {
  const asking = new Set<Socket>()
  server.on('upgrade', (_request, stream) => {
    const socket = stream as Socket
    asking.add(socket)
    socket.setTimeout(refusalTime, () => socket.destroy())
    socket.once('close', () => asking.delete(socket))
  })
  return () => {
    for (const socket of asking) if (socket.timeout) socket.destroy()
  }
}

/** Loaded when it is needed, so that it costs nothing elsewhere. */
async function loadPeer() {
  try {
    return (await import('@fastify/websocket')).default
  } catch (cause) {
    throw errors.SOCKET_PEER_MISSING({ peer: '@fastify/websocket' }, { cause })
  }
}
