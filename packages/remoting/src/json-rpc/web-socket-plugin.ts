import type { FastifyPluginAsync, FastifyRequest } from 'fastify'
import type { RemoteObjects } from '../contract/remote-objects'
import { errors } from '../errors'
import { ErrorReply } from '../http/error-reply'
import { addBounds } from '../http/plugin'
import { requestView, type RequestView } from '../http/request-view'
import { plainWire, silentReply } from '../invoke/call-context'
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
  /** Asked before a socket opens: an error, or `false`, refuses it. Middleware of the server has run already. */
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
  // Before the peer closes its server, so that clients hear why.
  fastify.addHook('preClose', (closed) => {
    endOpen(remotes)
    closed()
  })
  if (!fastify.hasDecorator('websocketServer')) {
    await fastify.register(await loadPeer(), { options: { maxPayload: remotes.limits.body.json } })
  }
  const dispatcher = new RpcDispatcher(remotes, plainWire(remotes, { prefix: fastify.prefix.replace(/\/+$/, ''), app }))
  const views = new WeakMap<FastifyRequest, RequestView>()
  const preValidation = async (request: FastifyRequest) => {
    if (!mayConnect(remotes, request.raw)) throw errors.SOCKET_ORIGIN_REFUSED()
    const req = requestView({ request, reply: silentReply(request), wire: undefined, params: {} })
    views.set(request, req)
    if ((await authenticate?.(req)) === false) throw errors.STREAM_REVOKED()
  }
  fastify.get(path, { websocket: true, preValidation }, (socket, request) => {
    new RpcSocket(socket, { remotes, dispatcher, request, req: views.get(request)! })
  })
}

/** Loaded when it is needed, so that it costs nothing elsewhere. */
async function loadPeer() {
  try {
    return (await import('@fastify/websocket')).default
  } catch (cause) {
    throw errors.SOCKET_PEER_MISSING({ peer: '@fastify/websocket' }, { cause })
  }
}
