import type { FastifyReply, FastifyRequest, HTTPMethods } from 'fastify'
import { requestView, responseView } from '@reloop/remoting'
import { errors } from '../errors'
import type { Application, RouteHandler } from './application'

/** A plain route of an application. */
export interface PlainRoute {
  readonly verb: HTTPMethods | 'ALL'
  readonly path: string
  readonly handler: RouteHandler
}

/** The members that add plain routes. */
export function routeMembers(app: Application) {
  const adder = (verb: PlainRoute['verb']) => (path: string, handler: RouteHandler) => addRoute(app, { verb, path, handler })
  return {
    post: adder('POST'),
    put: adder('PUT'),
    patch: adder('PATCH'),
    delete: adder('DELETE'),
    all: adder('ALL'),
    use(...args: unknown[]): never {
      const handler = args.find((argument): argument is Function => typeof argument === 'function')
      throw errors.APP_MIDDLEWARE_UNSUPPORTED({ name: handler?.name || 'given to app.use()' })
    },
  }
}

/** Adds a route of Express' kind to the Fastify instance: the handler gets requests and responses as Express has them. */
export function addRoute(app: Application, { verb, path, handler }: PlainRoute): Application {
  const run = handler as unknown as (req: unknown, res: unknown, next: (error?: unknown) => void) => unknown
  try {
    app.fastify.route({
      method: verb === 'ALL' ? ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] : verb,
      url: path,
      handler: (request, reply) => answer(run, request, reply),
    })
  } catch (error) {
    if ((error as { code?: string }).code !== 'FST_ERR_INSTANCE_ALREADY_LISTENING') throw error
    throw errors.APP_ROUTE_LATE({ verb, path })
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
