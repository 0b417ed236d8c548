import type { FastifyRequest } from 'fastify'
import type { HttpContext } from '@reloop/remoting'
import type { Application } from '../app/application'

const methods = new WeakMap<object, string>()

/** Remembers the method that each request was for, so that numbers and spans can be told apart by it and not by URLs. */
export function rememberMethods(app: Application): void {
  app.remotes().registerPhaseHandler('auth:before', '**', ((context: HttpContext) => {
    methods.set(context.request.raw, context.methodString)
  }) as never)
}

/** The method that a request was for; requests of plain routes have their path's pattern. */
export function methodOf(request: FastifyRequest): string {
  return methods.get(request.raw) ?? (request.is404 ? 'unknown' : (request.routeOptions.url ?? 'unknown'))
}
