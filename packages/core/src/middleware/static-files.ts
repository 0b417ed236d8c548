import { resolve } from 'node:path'
import type { Application } from '../app/application'
import { chainOf } from './chains'
import { argumentsOf, firstPath } from './entry-config'
import { optionalPlugin } from './plugins'
import type { TwinEntry } from './twins'

/** Folders that are served below one path, in the order in which they are looked through. */
interface Served {
  readonly root: string[]
  readonly options: object
}

const served = new WeakMap<Application, Map<string, Served>>()

/** Files of a folder, after the API. Several entries for one path are looked through in order. */
export function useStatic(app: Application, { params, paths, place }: TwinEntry): void {
  const [folder, options] = argumentsOf(params) as [string, object | undefined]
  const plugin = chainOf(app).bridge ? undefined : optionalPlugin('@fastify/static')
  if (!plugin) {
    const files = chainOf(app).express('The middleware loopback#static').express.static as (folder: string, options?: object) => unknown
    chainOf(app)
      .slot(place, 'The middleware loopback#static')
      .use(paths ?? '/', [files(folder, options)])
    return
  }
  const folders = served.get(app) ?? new Map<string, Served>()
  served.set(app, folders)
  const path = firstPath(paths, '/')
  const known = folders.get(path)
  if (known) return void known.root.push(resolve(folder))
  const entry = { root: [resolve(folder)], options: options ?? {} }
  folders.set(path, entry)
  // Read when the plugin starts, so that further entries of the path are in it.
  app.fastify.register(plugin, () => ({ ...entry.options, root: entry.root, prefix: path, decorateReply: false }))
}
