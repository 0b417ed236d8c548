import type { EventEmitter } from 'node:events'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { FastifyInstance } from 'fastify'
import type { Broker } from '@reloop/connector'
import type { DataSource } from '@reloop/juggler'
import type { Contract, RemoteObjects } from '@reloop/remoting'
import type { MiddlewarePath } from '../middleware/bridge'
import type { MiddlewareConfig } from '../middleware/entry-config'
import type { TenantResolver } from '../access/access-state'
import type { EnableAuthOptions } from '../access/members'
import type { Registry } from '../registry/registry'
import type { ModelConfig, SharedModel, Settings } from '../types'

/** A handler of a route: `(req, res, next)`, with requests and responses as Express has them. */
export type RouteHandler = (req: never, res: never, next: (error?: unknown) => void) => unknown

/** Handlers of a route, or lists of them. */
export type RouteHandlers = RouteHandler | readonly RouteHandlers[]

/** All models of an application: a function that lists them, with a property for each name. */
export interface ModelMap {
  (): SharedModel[]
  [name: string]: SharedModel
}

/** How an application has stopped: what listeners of its event `stopped` are given. */
export interface Stopped {
  /** Connections whose requests did not end in time (`limits.time.stop`). */
  readonly cut: number
}

/** What hands requests to the application. */
export type RequestListener = (req: IncomingMessage, res: ServerResponse, next?: (error?: unknown) => void) => void

/**
 * An application: models, data sources and settings behind one HTTP door. It is a function that can be given to `http.createServer`
 * or mounted in Express.
 */
export interface Application extends RequestListener, Omit<EventEmitter, never> {
  /** The Fastify instance behind it; register plugins before the start. */
  readonly fastify: FastifyInstance
  readonly registry: Registry
  readonly models: ModelMap
  readonly dataSources: Record<string, DataSource>
  readonly datasources: Record<string, DataSource>
  readonly connectors: Record<string, unknown>
  readonly isAuthEnabled: boolean
  /**
   * Switches access control on: tokens say who calls, and access rules decide. May be called at any time.
   *
   * @param options `dataSource` (or its name): attaches those of User, AccessToken, ACL, Role and RoleMapping that have none
   * @throws ACCESS_MODEL_MISSING when one of them is not defined
   * @example app.enableAuth({ dataSource: 'db' })
   */
  enableAuth(options?: EnableAuthOptions): void
  /**
   * Says which tenant a request belongs to. Models with a tenant property then exist for their own tenant only, and new rows get it.
   *
   * @param resolver `(ctx) => value`, or a promise; `true` for all tenants, nothing for none
   * @throws ACCESS_TENANT_INVALID for anything but a function
   * @example app.tenant((ctx) => ctx.req.accessToken && ctx.req.accessToken.tenantId)
   */
  tenant(resolver: TenantResolver): this
  /** Carries events between the parts of the application, and between its processes where the setting `broker` is one that does. */
  readonly broker: Broker

  /**
   * Adds a model: attaches it and, unless `public` is false, shares it.
   *
   * @param Model a class (in 2.x also a name: the model is then built from the configuration)
   * @param config `dataSource` (name or data source), `public`, and what lies over the model's settings
   */
  model(Model: SharedModel | string, config?: ModelConfig): SharedModel
  /** Removes a model by name, from the registry and from the API. */
  deleteModelByName(name: string): void
  /** Makes a data source and keeps it under its name. */
  dataSource(name: string, config: Settings): DataSource
  /** Registers a connector for data sources that name it. */
  connector(name: string, connector: unknown): void

  /** The shared classes; made with the setting `remoting` at the first call. */
  remotes(): RemoteObjects
  /** The shared model classes by name. */
  remoteObjects(): Record<string, SharedModel>
  /** The handler of a kind of transport: `rest` or `jsonrpc`. */
  handler(type: string): RequestListener
  /** Everything that is shared, as plain JSON. */
  contract(): Contract

  /** All settings by name. */
  readonly settings: Record<string, unknown>
  /** A setting; or, with handlers, a route of GET. */
  get(name: string): unknown
  get(path: MiddlewarePath, ...handlers: readonly RouteHandlers[]): this
  set(name: string): unknown
  set(name: string, value: unknown): this
  enable(name: string): this
  disable(name: string): this
  enabled(name: string): boolean
  disabled(name: string): boolean

  /**
   * Routes of Express: handlers `(req, res, next)`. Where `@reloop/express` is not installed one handler for a plain path is taken, before
   * the start.
   *
   * @throws APP_EXPRESS_MISSING, APP_ROUTE_LATE
   */
  post(path: MiddlewarePath, ...handlers: readonly RouteHandlers[]): this
  put(path: MiddlewarePath, ...handlers: readonly RouteHandlers[]): this
  patch(path: MiddlewarePath, ...handlers: readonly RouteHandlers[]): this
  delete(path: MiddlewarePath, ...handlers: readonly RouteHandlers[]): this
  del(path: MiddlewarePath, ...handlers: readonly RouteHandlers[]): this
  head(path: MiddlewarePath, ...handlers: readonly RouteHandlers[]): this
  options(path: MiddlewarePath, ...handlers: readonly RouteHandlers[]): this
  all(path: MiddlewarePath, ...handlers: readonly RouteHandlers[]): this
  /** Express's route of several verbs; needs `@reloop/express`. */
  route(path: MiddlewarePath): unknown
  /** Handles a parameter of paths; needs `@reloop/express`. */
  param(name: string | readonly string[], handler: Function): this

  /**
   * Adds middleware, or another application, right before the API: `([path], …handlers)`; needs `@reloop/express`.
   *
   * @throws APP_EXPRESS_MISSING, APP_MIDDLEWARE_INVALID
   */
  use(...args: readonly unknown[]): this
  /**
   * Adds middleware to a phase: `(phase, [paths], handler)`.
   *
   * @throws APP_PHASE_UNKNOWN, APP_EXPRESS_MISSING, APP_MIDDLEWARE_INVALID
   */
  middleware(phase: string, ...args: readonly unknown[]): this
  /** Adds phases: a list is merged by its order, a name alone goes before `parse`. */
  defineMiddlewarePhases(given: string | readonly string[]): this
  /**
   * Adds middleware as middleware.json has it.
   *
   * @param factory makes the handler; or a name that the application does by itself, such as `loopback#static` or `cors`
   * @param config `phase`, `enabled`, `params`, `paths`, `methods`
   * @throws APP_PHASE_UNKNOWN, APP_EXPRESS_MISSING, APP_PEER_MISSING, APP_MIDDLEWARE_INVALID
   */
  middlewareFromConfig(factory: unknown, config: MiddlewareConfig): this
  /** Takes out what was used for a path, or a route. */
  disuse(route: unknown): this

  /** Registers a template engine for `res.render`; needs `@reloop/express`. */
  engine(extension: string, render: Function): this
  /** Renders a view: `(name, [locals], callback)`; needs `@reloop/express`. */
  render(view: string, ...rest: readonly unknown[]): unknown
  /** What every view sees. */
  locals: Record<string, unknown>
  /** Where this application is mounted in another one. */
  mountpath: string
  /** The application that this one is mounted in. */
  parent: unknown
  /** The path of this application from the outermost one. */
  path(): string
  /** Answers a request, as a part of another application. */
  handle: RequestListener

  /** Makes everything ready to answer, without listening. */
  ready(): Promise<void>
  /** Listens where the settings say; resolves when it does. */
  start(): Promise<Server>
  /** Whether `started` was emitted, by `start` or by the application's own script, and it was not stopped since. */
  isStarted(): boolean
  /**
   * Stops listening, closes connections without a request at once, lets running requests end, and disconnects the data sources. What still
   * runs after `limits.time.stop` is cut, and counted in the event `stopped`; whether that is a failure is for the caller to say.
   *
   * @example
   * app.once('stopped', ({ cut }) => { if (cut > 0) process.exitCode = 1 })
   * process.once('SIGTERM', () => app.stop())
   */
  stop(): Promise<void>
  /** Listens; gives the server at once. Arguments as those of Node's `server.listen`, the settings `port` and `host` where left out. */
  listen(...args: unknown[]): Server
  /** Throws: booting is the business of @reloop/boot. */
  boot(): never
}
