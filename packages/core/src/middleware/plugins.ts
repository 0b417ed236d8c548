import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { FastifyPluginCallback } from 'fastify'
import type { Application } from '../app/application'
import { errors } from '../errors'
import { chainOf } from './chains'
import { argumentsOf, optionsOf } from './entry-config'
import type { TwinEntry } from './twins'

/** A plugin of Fastify that is installed only where it is wanted. */
export function optionalPlugin(name: string): FastifyPluginCallback<object> | undefined {
  return optionalModule(name) as FastifyPluginCallback<object> | undefined
}

/** Replies of the API and of routes are compressed; what Express answers is compressed only by Express's own middleware. */
export function useCompression(app: Application, entry: TwinEntry): void {
  const plugin = optionalPlugin('@fastify/compress')
  if (plugin) void app.fastify.register(plugin, optionsOf(entry.params))
  else useExpressPackage(app, entry, { name: 'compression', native: '@fastify/compress' })
}

/** Sets headers on Node's response, as the package helmet does. */
type SetHeaders = (req: IncomingMessage, res: ServerResponse, next: (error?: Error) => void) => void

/** Headers that make browsers careful, on every reply, whoever gives it. */
export function useHelmet(app: Application, entry: TwinEntry): void {
  const make = optionalModule('helmet') ?? helmetOfPlugin()
  if (!make) throw errors.APP_PEER_MISSING({ name: '@fastify/helmet' })
  const setHeaders = (make as (options: object) => SetHeaders)(optionsOf(entry.params))
  chainOf(app).preludes.push((request, reply, done) => setHeaders(request.raw, reply.raw, done))
}

/** The plugin's own hook comes too late for what Express answers; what it is made of does not. */
function helmetOfPlugin(): unknown {
  for (const from of [join(process.cwd(), 'noop.js'), __filename]) {
    try {
      return createRequire(createRequire(from).resolve('@fastify/helmet'))('helmet')
    } catch (error) {
      if ((error as { code?: string }).code !== 'MODULE_NOT_FOUND') throw error
    }
  }
  return undefined
}

/** The package of the same name that the application has for Express. */
function useExpressPackage(
  app: Application,
  { params, paths, place }: TwinEntry,
  { name, native }: { name: string; native: string },
): void {
  const make = optionalModule(name) as ((...args: unknown[]) => unknown) | undefined
  if (!make) throw errors.APP_PEER_MISSING({ name: native })
  chainOf(app)
    .slot(place, `The middleware ${name}`)
    .use(paths ?? '/', [make(...argumentsOf(params))])
}

/** A module from the application's folder, or from here; undefined where it is not installed. */
function optionalModule(name: string): unknown {
  for (const load of [createRequire(join(process.cwd(), 'noop.js')), require]) {
    try {
      return load(name)
    } catch (error) {
      const { code, message } = error as { code?: string; message: string }
      if (code !== 'MODULE_NOT_FOUND' || !message.includes(name)) throw error
    }
  }
  return undefined
}
