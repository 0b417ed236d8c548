import type { EventEmitter } from 'node:events'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { FastifyInstance } from 'fastify'
import type { DataSource } from '@reloop/juggler'
import type { Contract, RemoteObjects } from '@reloop/remoting'
import type { Registry } from '../registry/registry'
import type { ModelConfig, SharedModel, Settings } from '../types'

/** A handler of a plain route: `(req, res, next)`, with requests and responses as Express has them. */
export type RouteHandler = (req: never, res: never, next: (error?: unknown) => void) => unknown

/** All models of an application: a function that lists them, with a property for each name. */
export interface ModelMap {
  (): SharedModel[]
  [name: string]: SharedModel
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
  /** The handler of a kind of transport: `rest`. */
  handler(type: string): RequestListener
  /** Everything that is shared, as plain JSON. */
  contract(): Contract

  /** A setting; or, with a handler, a plain GET route (before the start). */
  get(name: string): unknown
  get(path: string, handler: RouteHandler): this
  set(name: string, value: unknown): this
  enable(name: string): this
  disable(name: string): this
  enabled(name: string): boolean
  disabled(name: string): boolean
  post(path: string, handler: RouteHandler): this
  put(path: string, handler: RouteHandler): this
  patch(path: string, handler: RouteHandler): this
  delete(path: string, handler: RouteHandler): this
  all(path: string, handler: RouteHandler): this
  /**
   * Takes an entry of middleware.json that has a native twin: `loopback#rest`, `#status`, `#favicon`, `#urlNotFound`, `#errorHandler`,
   * `strong-error-handler`, `cors`.
   *
   * @throws APP_MIDDLEWARE_UNSUPPORTED for anything else
   */
  middlewareFromConfig(factory: unknown, config: object): Application
  /** Takes no Express middleware yet; throws and says what to do instead. */
  use(...args: unknown[]): never

  /** Makes everything ready to answer, without listening. */
  ready(): Promise<void>
  /** Listens where the settings say; resolves when it does. */
  start(): Promise<Server>
  /** Stops listening, lets running requests end, and disconnects the data sources. */
  stop(): Promise<void>
  /** Listens; gives the server at once. Arguments as those of Node's `server.listen`, the settings `port` and `host` where left out. */
  listen(...args: unknown[]): Server
  /** Throws: booting is the business of @reloop/boot. */
  boot(): never
}
