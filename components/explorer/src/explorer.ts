import { existsSync, realpathSync } from 'node:fs'
import { resolveProfile } from '@reloop/compat'
import { flags } from './compat'
import { makeDocuments } from './documents'
import { errors } from './errors'
import { checkHost, type ExplorerHost } from './host'
import { checkOptions, type ExplorerOptions } from './options/options'
import { addRoutes } from './routes/routes'

/**
 * Serves the explorer of an application: a page to read and try its API, and the OpenAPI 3.1 and Swagger 2.0 documents behind it.
 *
 * A component as `component-config.json` names them. In production nothing is served unless `enabled` is true (the profiles `3.x` and `2.x` serve
 * it, as LoopBack does).
 *
 * @param app the application, before it serves its first request
 * @param options where and what; unknown names are refused
 * @throws CodedError SCHEMA_INVALID, EXPLORER_APP_INVALID or EXPLORER_FOLDER_MISSING
 * @example explorer(app, { mountPath: '/explorer', apiInfo: { title: 'Shop' } })
 */
export function explorer(app: ExplorerHost, options: ExplorerOptions = {}): void {
  checkHost(app)
  const checked = checkOptions(options)
  if (!isEnabled(app, checked)) return
  const mountPath = `/${(checked.mountPath ?? 'explorer').replace(/^\/|\/$/g, '')}`
  const resourcePath = (checked.resourcePath ?? 'swagger.json').replace(/^\/|\/$/g, '')
  const folders = [checked.uiDirs ?? []].flat().map(existing)
  const documents = makeDocuments(app, checked)
  // LoopBack's servers read the path of the explorer from this setting to print where it is.
  app.set('loopback-component-explorer', { ...checked, mountPath, resourcePath })
  app.fastify.register(async (instance) => addRoutes(instance, { options: checked, mountPath, resourcePath, folders, documents }))
}

function isEnabled(app: ExplorerHost, options: ExplorerOptions): boolean {
  if (options.enabled !== undefined) return options.enabled
  const environment = app.get('env') ?? process.env.NODE_ENV
  return environment !== 'production' || flags.of(app.registry?.profile ?? resolveProfile()).inProduction
}

function existing(folder: string): string {
  if (!existsSync(folder)) throw errors.EXPLORER_FOLDER_MISSING({ folder })
  return realpathSync(folder)
}
