import type { FastifyPluginCallback, FastifyReply, FastifyRequest } from 'fastify'
import { statusOf } from '@reloop/errors'
import type { RemoteObjects } from '../contract/remote-objects'
import { errors } from '../errors'
import { addCors, openCors } from '../http/cors'
import { jsonType } from '../http/headers'
import { addBounds } from '../http/plugin'
import type { Wire } from '../http/wire'
import { callerView, plainWire } from '../invoke/call-context'
import { RpcDispatcher, type RpcCaller } from './dispatcher'
import { failure, type RpcReply } from './message'

/** What the JSON-RPC door is opened with. */
export interface JsonRpcPluginOptions {
  /** The classes and methods to serve. */
  readonly remotes: RemoteObjects
  /** Path of the API, such as `/api`. @default '' */
  readonly prefix?: string
  /** Path below the prefix. @default '/jsonrpc' */
  readonly path?: string
  /** What `req.app` is for hooks and methods. */
  readonly app?: unknown
}

/**
 * Serves every shared method as JSON-RPC 2.0, as a Fastify plugin: `POST /jsonrpc` with methods such as `Product.find`, and
 * `POST /Product/jsonrpc` with `find`, as LoopBack had it. Authorization, hooks and checks of arguments are those of REST.
 *
 * @param fastify the instance; parsers and error handler of the plugin stay inside it
 * @param options `remotes`, `prefix`, `path` and `app`
 * @example
 * app.register(jsonRpcPlugin, { remotes, prefix: '/api' })
 * // POST /api/jsonrpc {"jsonrpc":"2.0","id":1,"method":"Greeter.hello","params":{"name":"Ada"}}
 */
export const jsonRpcPlugin: FastifyPluginCallback<JsonRpcPluginOptions> = (fastify, options, done) => {
  const { remotes, app, path = '/jsonrpc' } = options
  const wire = plainWire(remotes, { prefix: fastify.prefix.replace(/\/+$/, ''), app })
  const dispatcher = new RpcDispatcher(remotes, wire)
  addBounds(fastify, remotes.limits)
  const cors = remotes.options.cors ?? (remotes.flags.cors ? openCors : false)
  if (cors) addCors(fastify, cors)
  fastify.removeAllContentTypeParsers()
  // JSON only: pages of other sites can send forms and plain text without asking, but not this.
  fastify.addContentTypeParser('application/json', { parseAs: 'string', bodyLimit: remotes.limits.body.json }, (_request, text, parsed) =>
    parsed(null, text),
  )
  fastify.setErrorHandler((error, _request, reply) => refuse(reply, remotes, error))
  const handle = async (request: FastifyRequest, reply: FastifyReply) => {
    const { className } = request.params as { className?: string }
    await identifyOnce(remotes, request, wire)
    const answer = await dispatcher.answer((request.body as string | undefined) ?? '', {
      request,
      className,
      signal: goneSignal(reply),
    } satisfies RpcCaller)
    if (answer === undefined) return reply.code(204).send()
    return reply.code(statusFor(answer)).header('content-type', jsonType).send(JSON.stringify(answer))
  }
  fastify.post(path, handle)
  fastify.post(`/:className${path}`, handle)
  done()
}

/** Who asks, once for all calls of a batch. Whoever cannot be told is refused by each call. */
async function identifyOnce(remotes: RemoteObjects, request: FastifyRequest, wire: Wire): Promise<void> {
  if (!remotes.identify) return
  try {
    await remotes.identify(callerView(request, wire))
  } catch (error) {
    request.log.debug(error, 'The sender could not be identified')
  }
}

/** A message that is refused as a whole has its status; errors of calls are answers. */
function statusFor(answer: RpcReply | readonly RpcReply[]): number {
  if (!('error' in answer)) return 200
  return answer.id === null && answer.error.code <= -32600 ? (answer.error.data?.statusCode ?? 400) : 200
}

function refuse(reply: FastifyReply, remotes: RemoteObjects, given: unknown): void {
  const code = (given as { code?: unknown }).code
  const error =
    code === 'FST_ERR_CTP_BODY_TOO_LARGE'
      ? errors.REMOTING_BODY_TOO_LARGE()
      : code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE'
        ? errors.REMOTING_MEDIA_TYPE_UNKNOWN({ type: (reply.request.headers['content-type'] ?? '').slice(0, 100) })
        : given
  reply
    .code(statusOf(error))
    .header('content-type', jsonType)
    .send(JSON.stringify(failure(remotes, null, error)))
}

function goneSignal(reply: FastifyReply): AbortSignal {
  const controller = new AbortController()
  reply.raw.once('close', () => {
    if (!reply.raw.writableFinished) controller.abort()
  })
  return controller.signal
}
