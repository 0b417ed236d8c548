import Fastify, { type FastifyError, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { defaultLimits, ErrorReply, type LimitSettings } from '@reloop/remoting'
import { errors } from '../errors'
import { Entry } from '../middleware/entry'
import { answerRequestIds, loggingOptions } from '../ops/logging'
import type { Application } from './application'
import { followConnections } from './connections'
import { Deadlines, requestTime } from './deadlines'

/** The Fastify instance behind an application, bounded as its settings say. */
export function makeFastify(app: Application): FastifyInstance {
  const { time, url, headers } = (app.get('limits') ?? {}) as LimitSettings & { time?: { request?: number } }
  let answers: ErrorReply | undefined
  const refuse = (request: FastifyRequest, reply: FastifyReply, error: unknown) =>
    (answers ??= new ErrorReply(app.remotes())).sendHere({ request, reply, error })
  const fastify = Fastify({
    ...loggingOptions(app),
    routerOptions: { caseSensitive: false },
    requestTimeout: time?.request ?? requestTime,
    trustProxy: (app.get('trust proxy') as boolean | undefined) ?? false,
    http: { maxHeaderSize: (url ?? defaultLimits.url) + (headers ?? defaultLimits.headers) },
    frameworkErrors: (error: FastifyError, request, reply) =>
      refuse(request as FastifyRequest, reply as FastifyReply, error.code === 'FST_ERR_BAD_URL' ? errors.URL_MALFORMED() : error),
  })
  followConnections(fastify.server)
  answerRequestIds(app, fastify)
  const deadlines = new Deadlines(time?.request ?? requestTime, refuse)
  new Entry({ app, fastify, deadlines, refuse })
  return fastify
}
