import type { FastifyInstance, FastifyReply, FastifyRequest, onRequestHookHandler } from 'fastify'
import type { CorsOptions } from '../options'

/** LoopBack 2's own setting. */
export const openCors: CorsOptions = Object.freeze({ origin: true, credentials: true })

const verbs = 'GET,HEAD,PUT,PATCH,POST,DELETE'

/**
 * Answers cross-origin requests: preflights with 204, others with the headers that let the named origins read the reply.
 *
 * @param fastify the instance, encapsulated
 * @param options which origins, and what they may send
 */
export function addCors(fastify: FastifyInstance, options: CorsOptions): void {
  fastify.addHook('onRequest', corsHook(options))
}

/**
 * The hook that answers cross-origin requests, for whoever serves more than the API.
 *
 * @param options which origins, and what they may send
 * @example fastify.addHook('onRequest', corsHook({ origin: 'https://app.example' }))
 */
export function corsHook(options: CorsOptions): onRequestHookHandler {
  return (request, reply, done) => {
    const { origin } = request.headers
    if (request.raw.method === 'OPTIONS') return preflight(request, reply, options)
    if (origin !== undefined && origin !== `${request.protocol}://${request.host}`) allow(reply, origin, options)
    done()
  }
}

function allow(reply: FastifyReply, origin: string | undefined, options: CorsOptions): void {
  const allowed = allowedOrigin(origin, options.origin ?? true)
  if (allowed !== '*') reply.header('vary', 'Origin')
  if (allowed === undefined) return
  reply.header('access-control-allow-origin', allowed)
  if (options.credentials && allowed !== '*') reply.header('access-control-allow-credentials', 'true')
  if (options.exposedHeaders) reply.header('access-control-expose-headers', listed(options.exposedHeaders))
}

function preflight(request: FastifyRequest, reply: FastifyReply, options: CorsOptions): void {
  allow(reply, request.headers.origin, options)
  reply.header('access-control-allow-methods', listed(options.methods ?? verbs))
  const headers = options.allowedHeaders ?? request.headers['access-control-request-headers']
  if (headers) reply.header('access-control-allow-headers', listed(headers))
  if (options.maxAge !== undefined) reply.header('access-control-max-age', String(options.maxAge))
  reply.code(204).send()
}

/** The origin to name in the reply. `null`, which any sandboxed page can send, has to be named itself. */
export function allowedOrigin(origin: string | undefined, allowed: NonNullable<CorsOptions['origin']>): string | undefined {
  if (allowed === false || origin === undefined) return undefined
  if (allowed === '*') return '*'
  if (allowed === true) return origin === 'null' ? undefined : origin
  const list = Array.isArray(allowed) ? (allowed as readonly (string | RegExp)[]) : [allowed as string | RegExp]
  return list.some((one) => (typeof one === 'string' ? one === origin : one.test(origin))) ? origin : undefined
}

function listed(given: string | readonly string[]): string {
  return typeof given === 'string' ? given : given.join(',')
}
