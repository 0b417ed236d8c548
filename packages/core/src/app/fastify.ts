import Fastify, { type FastifyError, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { defaultLimits, ErrorReply, httpPlugin, type LimitSettings } from '@reloop/remoting'
import { errors } from '../errors'
import { answerRequestIds, loggingOptions } from '../ops/logging'
import type { Application } from './application'

/** What is called when nobody handles a request: the next handler of whoever called the application. */
type Next = (error?: unknown) => void

const callers = new WeakMap<object, Next>()

/** Remembers who called the application with a request, so that an unknown path goes back there. */
export function rememberCaller(raw: object, next: Next): void {
  callers.set(raw, next)
}

/** Milliseconds in which a request must have arrived (`limits.time.request`). */
const requestTime = 60_000

/** The Fastify instance behind an application, bounded as its settings say. */
export function makeFastify(app: Application): FastifyInstance {
  const { time, url, headers } = (app.get('limits') ?? {}) as LimitSettings & { time?: { request?: number } }
  let answers: ErrorReply | undefined
  const refuse = (request: FastifyRequest, reply: FastifyReply, error: unknown) =>
    (answers ??= new ErrorReply(app.remotes())).send({ request, reply, error })
  const fastify = Fastify({
    ...loggingOptions(app),
    routerOptions: { caseSensitive: false },
    requestTimeout: time?.request ?? requestTime,
    trustProxy: (app.get('trust proxy') as boolean | undefined) ?? false,
    http: { maxHeaderSize: (url ?? defaultLimits.url) + (headers ?? defaultLimits.headers) },
    frameworkErrors: (error: FastifyError, request, reply) =>
      refuse(request as FastifyRequest, reply as FastifyReply, error.code === 'FST_ERR_BAD_URL' ? errors.URL_MALFORMED() : error),
  })
  answerRequestIds(app, fastify)
  fastify.setErrorHandler((error, request, reply) => refuse(request, reply, error))
  fastify.setNotFoundHandler((request, reply) => {
    const next = callers.get(request.raw)
    if (!next) return refuse(request, reply, errors.URL_NOT_FOUND({ verb: request.raw.method ?? 'GET', url: request.raw.url ?? '/' }))
    reply.hijack()
    next()
  })
  return fastify
}

/** Puts the API under its root, and tells the models. */
export function mountRest(app: Application): void {
  const remotes = app.remotes()
  for (const Model of app.models()) {
    if (Model.shared) Model.emit('mounted', app, Model.sharedClass, remotes)
  }
  const root = String(app.get('restApiRoot') ?? '/api').replace(/\/+$/, '')
  void app.fastify.register(httpPlugin, { remotes, prefix: root, app })
}
