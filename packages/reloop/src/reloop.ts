import {
  createApplication,
  createRegistry,
  type Application,
  type ApplicationOptions,
  type ModelConfig,
  type ModelDefinitionObject,
  type Registry,
  type Settings,
  type SharedModel,
} from '@reloop/core'
import { DataSource, GeoPoint, ModelBaseClass, ModelBuilder, ValidationError, defineModel } from '@reloop/juggler'
import { boot } from '@reloop/boot'

/** How `reloop()` makes an application. */
export interface ReloopOptions extends ApplicationOptions {
  /** Give the application a registry of its own instead of the process's. @default false */
  readonly localRegistry?: boolean
}

// An import would pull the file into the build's output tree.
// eslint-disable-next-line @typescript-eslint/no-require-imports
const manifest = require('../package.json') as { readonly version: string }

let shared: Registry | undefined
let alwaysLocal = false

/** The registry that `reloop()` and the statics use; made at first use, so that the profile is settled by then. */
function defaultRegistry(): Registry {
  return (shared ??= createRegistry())
}

/** Makes an application over the process's registry, or over one of its own. */
export function reloop(options: ReloopOptions = {}): Application {
  const { localRegistry = alwaysLocal, ...rest } = options
  return createApplication(localRegistry || rest.registry || rest.compat ? rest : { ...rest, registry: defaultRegistry() })
}

/** LoopBack's statics, over the process's registry. */
export interface ReloopStatics {
  /** Makes every later `reloop()` use a registry of its own. @default false */
  localRegistry: boolean
  readonly isServer: boolean
  readonly isBrowser: boolean
  readonly version: string
  readonly boot: typeof boot
  readonly defineModel: typeof defineModel
  readonly DataSource: typeof DataSource
  readonly GeoPoint: typeof GeoPoint
  readonly ModelBuilder: typeof ModelBuilder
  readonly ModelBaseClass: typeof ModelBaseClass
  readonly ValidationError: typeof ValidationError
  readonly registry: Registry
  readonly modelBuilder: Registry['modelBuilder']
  readonly Model: SharedModel
  readonly PersistedModel: SharedModel
  readonly KeyValueModel: SharedModel
  createModel(name: string | ModelDefinitionObject, properties?: Settings, options?: Settings): SharedModel
  configureModel(model: SharedModel, config: ModelConfig): void
  findModel(model: string | SharedModel): SharedModel | undefined
  getModel(model: string | SharedModel): SharedModel
  getModelByType(type: string | SharedModel): SharedModel
  createDataSource(name: string | Settings, settings?: Settings): ReturnType<Registry['createDataSource']>
  memory(name?: string): ReturnType<Registry['memory']>
  remoteMethod<F extends (...args: never[]) => unknown>(fn: F, options?: Record<string, unknown>): F
}

export const statics: ReloopStatics = {
  get localRegistry(): boolean {
    return alwaysLocal
  },
  set localRegistry(local: boolean) {
    alwaysLocal = local
  },
  isServer: true,
  isBrowser: false,
  version: manifest.version,
  boot,
  defineModel,
  DataSource,
  GeoPoint,
  ModelBuilder,
  ModelBaseClass,
  ValidationError,
  get registry(): Registry {
    return defaultRegistry()
  },
  get modelBuilder() {
    return defaultRegistry().modelBuilder
  },
  get Model(): SharedModel {
    return defaultRegistry().Model
  },
  get PersistedModel(): SharedModel {
    return defaultRegistry().PersistedModel
  },
  get KeyValueModel(): SharedModel {
    return defaultRegistry().KeyValueModel
  },
  createModel: (name, properties, options) => defaultRegistry().createModel(name, properties, options),
  configureModel: (model, config) => defaultRegistry().configureModel(model, config),
  findModel: (model) => defaultRegistry().findModel(model),
  getModel: (model) => defaultRegistry().getModel(model),
  getModelByType: (type) => defaultRegistry().getModelByType(type),
  createDataSource: (name, settings) => defaultRegistry().createDataSource(name, settings),
  memory: (name) => defaultRegistry().memory(name),
  remoteMethod,
}

/** Marks a function as callable from outside, with LoopBack's default of GET. */
function remoteMethod<F extends (...args: never[]) => unknown>(fn: F, options: Record<string, unknown> = {}): F {
  return Object.assign(fn, { shared: true, http: { verb: 'get' } }, options)
}
