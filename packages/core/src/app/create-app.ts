import { EventEmitter } from 'node:events'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { FastifyInstance } from 'fastify'
import type { Profile } from '@reloop/compat'
import { localBroker, type Broker } from '@reloop/connector'
import { accessMembers } from '../access/members'
import type { LoadExpress } from '../middleware/bridge'
import { MiddlewareChain } from '../middleware/chain'
import { setChain } from '../middleware/chains'
import { expressMembers } from '../middleware/express-members'
import { middlewareMembers } from '../middleware/members'
import { Registry } from '../registry/registry'
import type { Settings } from '../types'
import type { Application, ModelMap } from './application'
import { rememberCaller } from './callers'
import { makeFastify } from './fastify'
import { lifeMembers } from './life'
import { modelMembers } from './attach-model'
import { remoteMembers } from './remotes'
import { settingMembers } from './settings'

/** What an application is made with. */
export interface ApplicationOptions {
  /** The registry of its models. @default a new one */
  readonly registry?: Registry
  /** `modern`, `3.x` or `2.x`. @default that of the registry */
  readonly compat?: Profile
  /** First settings, as `app.set` would set them. */
  readonly settings?: Settings
  /** Carries events between processes. @default one inside this process */
  readonly broker?: Broker
  /** Loads `@reloop/express`; false: there is none. @default looked for in the application's folder */
  readonly express?: LoadExpress
}

/**
 * Makes an application: a function `(req, res, next?)` with the members of LoopBack's `app`.
 *
 * @param options registry, profile, first settings
 * @example
 * const app = createApplication()
 * app.dataSource('db', { connector: 'memory' })
 * app.model(app.registry.createModel({ name: 'Note', properties: { title: 'string' } }), { dataSource: 'db' })
 * app.listen(3000)
 */
export function createApplication(options: ApplicationOptions = {}): Application {
  const registry = options.registry ?? new Registry({ compat: options.compat, limits: options.settings?.limits as Settings | undefined })
  const app = function application(req: IncomingMessage, res: ServerResponse, next?: (error?: unknown) => void): void {
    if (next) rememberCaller(req, next)
    handle(app, req, res)
  } as unknown as Application

  Object.setPrototypeOf(app, Object.create(Function.prototype, Object.getOwnPropertyDescriptors(EventEmitter.prototype)) as object)
  EventEmitter.call(app)
  app.setMaxListeners(0)
  Object.assign(app, { registry, models: modelMap(), dataSources: {}, connectors: {}, isAuthEnabled: false })
  Object.assign(app, { datasources: app.dataSources })
  setChain(app, new MiddlewareChain(app, options.express))
  let fastify: FastifyInstance | undefined
  Object.defineProperty(app, 'fastify', { get: () => (fastify ??= makeFastify(app)), enumerable: true })
  for (const members of [settingMembers, modelMembers, remoteMembers, middlewareMembers, expressMembers, accessMembers, lifeMembers])
    Object.assign(app, members(app))
  app.set('env', process.env.NODE_ENV ?? 'development')
  let broker: Broker | undefined
  Object.defineProperty(app, 'broker', {
    get: () => (app.get('broker') as Broker | undefined) ?? (broker ??= localBroker()),
    enumerable: true,
  })
  app.set('restApiRoot', '/api')
  if (options.broker) app.set('broker', options.broker)
  for (const [name, value] of Object.entries(options.settings ?? {})) app.set(name, value)
  return app
}

/** Requests that come before everything is ready wait for it. */
function handle(app: Application, req: IncomingMessage, res: ServerResponse): void {
  app.ready().then(
    () => app.fastify.routing(req, res),
    (error: unknown) => {
      res.statusCode = 503
      res.end()
      app.emit('error', error)
    },
  )
}

function modelMap(): ModelMap {
  const list: ModelMap[string][] = []
  const map = (() => [...list]) as unknown as ModelMap
  Object.defineProperty(map, 'list', { value: list })
  // Names of functions must not hide models: `name` and `length` are free for them.
  Object.defineProperties(map, {
    name: { value: undefined, writable: true, configurable: true },
    length: { value: undefined, writable: true, configurable: true },
  })
  return map
}
