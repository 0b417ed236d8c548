import type { FastifyReply, FastifyRequest } from 'fastify'
import { requestView, responseView } from '@reloop/remoting'
import { errors } from '../errors'
import type { Application, RouteHandler } from './application'

/** A plain route of an application. */
export interface PlainRoute {
  /** In lower case; `all` for every verb. */
  readonly verb: string
  readonly path: string
  readonly handler: RouteHandler
}

/** Adds a route of Express' kind to the Fastify instance: the handler gets requests and responses as Express has them. */
export function addRoute(app: Application, { verb, path, handler }: PlainRoute): Application {
  const run = handler as unknown as (req: unknown, res: unknown, next: (error?: unknown) => void) => unknown
  try {
    app.fastify.route({
      method: verb === 'all' ? ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] : verb.toUpperCase(),
      url: path,
      handler: (request, reply) => answer(run, request, reply),
    })
  } catch (error) {
    if ((error as { code?: string }).code !== 'FST_ERR_INSTANCE_ALREADY_LISTENING') throw error
    throw errors.APP_ROUTE_LATE({ verb: verb.toUpperCase(), path })
  }
  return app
}

function answer(
  run: (req: unknown, res: unknown, next: (error?: unknown) => void) => unknown,
  request: FastifyRequest,
  reply: FastifyReply,
): void {
  const viewed = { request, reply, wire: undefined, params: request.params as Record<string, string> }
  const next = (error?: unknown) => (error ? void reply.send(error) : reply.callNotFound())
  const req = Object.assign(requestView(viewed), { query: request.query })
  const returned = run(req, responseView(viewed), next)
  if (returned instanceof Promise) returned.catch(next)
}
