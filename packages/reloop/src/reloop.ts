import { join } from 'node:path'
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
import { resolveProfile } from '@reloop/compat'
import { builtInStatics, type BuiltInStatics } from './built-ins'
import { connectorStatics, fillConnectors, type ConnectorStatics } from './connectors'
import { legacyStatics, type LegacyStatics } from './legacy-statics'
import { middlewareStatics, requireExpress, type MiddlewareStatics } from './middleware'

/** How `reloop()` makes an application. */
export interface ReloopOptions extends ApplicationOptions {
  /** Give the application a registry of its own instead of the process's. @default false */
  readonly localRegistry?: boolean
  /** Whether a registry of its own has User, ACL and the other built-in models. @default true; false in the profiles of LoopBack, as there */
  readonly loadBuiltinModels?: boolean
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
  const registry = options.registry ?? registryFor(options.localRegistry ?? alwaysLocal, options)
  const app = createApplication({ express: requireExpress, ...options, registry })
  fillConnectors(app)
  return Object.assign(app, { loopback: reloop })
}

function registryFor(isLocal: boolean, { compat, settings, loadBuiltinModels }: ReloopOptions): Registry {
  if (!isLocal && !compat) return defaultRegistry()
  const profile = resolveProfile({ option: compat })
  return createRegistry({
    compat: profile,
    limits: settings?.limits as Settings | undefined,
    loadBuiltinModels: loadBuiltinModels ?? (profile === 'modern' || !isLocal),
  })
}

/** LoopBack's statics, over the process's registry. */
export interface ReloopStatics extends BuiltInStatics, ConnectorStatics, MiddlewareStatics, LegacyStatics {
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
  /** LB2: another name of `PersistedModel`. */
  readonly DataModel: SharedModel
  /** Path of an icon, for `favicon`. */
  readonly faviconFile: string
  createModel(name: string | ModelDefinitionObject, properties?: Settings, options?: Settings): SharedModel
  configureModel(model: SharedModel, config: ModelConfig): void
  findModel(model: string | SharedModel): SharedModel | undefined
  getModel(model: string | SharedModel): SharedModel
  getModelByType(type: string | SharedModel): SharedModel
  createDataSource(name: string | Settings, settings?: Settings): ReturnType<Registry['createDataSource']>
  memory(name?: string): ReturnType<Registry['memory']>
  remoteMethod<F extends (...args: never[]) => unknown>(fn: F, options?: Record<string, unknown>): F
}

const own: Omit<ReloopStatics, keyof BuiltInStatics | keyof ConnectorStatics | keyof MiddlewareStatics | keyof LegacyStatics> = {
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
  get DataModel(): SharedModel {
    return defaultRegistry().PersistedModel
  },
  faviconFile: join(__dirname, '../assets/favicon.ico'),
  createModel: (name, properties, options) => defaultRegistry().createModel(name, properties, options),
  configureModel: (model, config) => defaultRegistry().configureModel(model, config),
  findModel: (model) => defaultRegistry().findModel(model),
  getModel: (model) => defaultRegistry().getModel(model),
  getModelByType: (type) => defaultRegistry().getModelByType(type),
  createDataSource: (name, settings) => defaultRegistry().createDataSource(name, settings),
  memory: (name) => defaultRegistry().memory(name),
  remoteMethod,
}

/** All statics; getters stay getters, so that nothing is made or loaded before it is asked for. */
export const statics = {} as ReloopStatics
const parts = [own, builtInStatics(defaultRegistry), connectorStatics(), middlewareStatics(defaultRegistry), legacyStatics(defaultRegistry)]
for (const part of parts) Object.defineProperties(statics, Object.getOwnPropertyDescriptors(part))

/** Marks a function as callable from outside, with LoopBack's default of GET. */
function remoteMethod<F extends (...args: never[]) => unknown>(fn: F, options: Record<string, unknown> = {}): F {
  return Object.assign(fn, { shared: true, http: { verb: 'get' } }, options)
}
