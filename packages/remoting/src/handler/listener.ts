import type { IncomingMessage, ServerResponse } from 'node:http'
import type { FastifyError, FastifyInstance, FastifyPluginCallback, FastifyReply, FastifyRequest } from 'fastify'
import type { RemoteObjects } from '../contract/remote-objects'
import { errors } from '../errors'
import { ErrorReply } from '../http/error-reply'
import { cleanBody } from '../http/poison'
import { leaveResponse } from '../http/response-view'

/** What comes after a handler in Express or Connect. */
type Next = (error?: unknown) => void

/** Serves requests: for `http.createServer`, or as a handler of Express or Connect. */
export type Listener = (req: IncomingMessage, res: ServerResponse, next?: Next) => void

/** A request of which somebody else has read the body already. */
interface ReadRequest extends IncomingMessage {
  readonly body?: unknown
  readonly _body?: boolean
}

/**
 * Makes a function that serves what a plugin serves, for programs that have a server of their own. The Fastify instance behind it is made
 * when the first request comes; it never listens.
 *
 * Errors and unknown paths go on to whoever called it where `rest.handleErrors` and `rest.handleUnknownPaths` are off. A body that was read
 * before (by `express.json()`) is taken as it is.
 *
 * @param remotes what is shared
 * @param plugin serves it
 */
export function makeListener(remotes: RemoteObjects, plugin: FastifyPluginCallback<{ remotes: RemoteObjects }>): Listener {
  const callers = new WeakMap<IncomingMessage, Next>()
  let ready: Promise<FastifyInstance> | undefined
  let fastify: FastifyInstance | undefined
  return (req, res, next) => {
    if (next) callers.set(req, next)
    if (fastify) return fastify.routing(req, res)
    ready ??= build(remotes, plugin, callers)
    ready.then(
      (built) => (fastify = built).routing(req, res),
      (error: unknown) => (next ? next(error) : res.writeHead(500).end()),
    )
  }
}

async function build(
  remotes: RemoteObjects,
  plugin: FastifyPluginCallback<{ remotes: RemoteObjects }>,
  callers: WeakMap<IncomingMessage, Next>,
): Promise<FastifyInstance> {
  // Loaded when it is needed, so that clients do not pay for a server.
  const { default: Fastify } = await import('fastify')
  const answers = new ErrorReply(remotes)
  const refuse = (request: FastifyRequest, reply: FastifyReply, error: unknown) => {
    const next = callers.get(request.raw)
    if (next && remotes.options.rest?.handleErrors === false) return leave(reply, () => next(error))
    answers.sendHere({ request, reply, error })
  }
  const fastify = Fastify({
    frameworkErrors: (error: FastifyError, request, reply) =>
      refuse(request as FastifyRequest, reply as FastifyReply, error.code === 'FST_ERR_BAD_URL' ? errors.REMOTING_URL_MALFORMED() : error),
  })
  fastify.addHook('onRequest', hideReadBody)
  fastify.addHook('preValidation', bodyTaker(remotes.limits.body.depth))
  fastify.setErrorHandler((error, request, reply) => refuse(request, reply, error))
  fastify.setNotFoundHandler((request, reply) => {
    const next = callers.get(request.raw)
    if (next) return leave(reply, next)
    refuse(request, reply, errors.REMOTING_CLASS_UNKNOWN({ verb: request.raw.method ?? 'GET', path: request.raw.url ?? '/' }))
  })
  await fastify.register(plugin, { remotes })
  await fastify.ready()
  return fastify
}

/** The reply is somebody else's from here on. */
function leave(reply: FastifyReply, next: () => void): void {
  reply.hijack()
  leaveResponse(reply.raw)
  next()
}

const described = ['content-type', 'content-length', 'transfer-encoding'] as const

function isRead(raw: ReadRequest): boolean {
  return raw.body !== undefined && (raw._body === true || raw.readableEnded)
}

/** What was read cannot be read again: without these headers nobody tries. */
function hideReadBody(request: FastifyRequest, _reply: FastifyReply, done: () => void): void {
  if (isRead(request.raw)) request.headers = Object.fromEntries(described.map((name) => [name, undefined]))
  done()
}

function bodyTaker(depth: number) {
  return (request: FastifyRequest, _reply: FastifyReply, done: (error?: Error) => void): void => {
    const raw = request.raw as ReadRequest
    if (!isRead(raw)) return done()
    request.headers = Object.fromEntries(described.map((name) => [name, raw.headers[name]]))
    try {
      const { body } = raw
      // The body is the caller's: what is cleaned is a copy.
      request.body = typeof body === 'object' && body !== null && !Buffer.isBuffer(body) ? cleanBody(structuredClone(body), depth) : body
    } catch (error) {
      return done(error as Error)
    }
    done()
  }
}
