import { resolveProfile, type Profile } from '@reloop/compat'
import { DataSource, ModelBuilder, type ModelConstructor } from '@reloop/juggler'
import type { MethodOptions } from '@reloop/remoting'
import { flags, type CoreFlags } from '../compat'
import { errors } from '../errors'
import { addModelMembers } from '../models/model'
import { builtIns } from './built-ins'
import type { BuiltIn } from '../models/shared-class'
import { addReplicationMembers } from '../replication/members'
import type { ModelConfig, SharedModel, ModelDefinitionObject, Settings } from '../types'
import { configureModel } from './configure-model'

/** What a registry is made with. */
export interface RegistryOptions {
  /** `modern`, `3.x` or `2.x`. @default what RELOOP_COMPAT and the alias packages say, else modern */
  readonly compat?: Profile
  /** Bounds of filters and includes, as `limits.filter` and `limits.include`. */
  readonly limits?: Settings
  /** Offer User, AccessToken, ACL, Role and the other built-in models. @default true */
  readonly loadBuiltinModels?: boolean
}

const own: ReadonlySet<string> = new Set(['name', 'properties', 'options'])

/**
 * Model classes by name. Each registry has its own built-in bases `Model`, `PersistedModel` and `KeyValueModel`.
 *
 * @example
 * const registry = createRegistry()
 * const Note = registry.createModel({ name: 'Note', properties: { title: 'string' } })
 */
export class Registry {
  readonly profile: Profile
  readonly flags: CoreFlags
  readonly modelBuilder: ModelBuilder
  readonly limits: Settings | undefined
  readonly Model: SharedModel
  readonly PersistedModel: SharedModel
  readonly KeyValueModel: SharedModel

  constructor(options: RegistryOptions = {}) {
    this.profile = resolveProfile({ option: options.compat })
    this.flags = flags.of(this.profile)
    this.limits = options.limits
    this.#loadsBuiltIns = options.loadBuiltinModels !== false
    this.modelBuilder = new ModelBuilder({ compat: this.profile, limits: options.limits })
    const define = (name: string, base?: SharedModel) =>
      this.modelBuilder.define(name, {}, { ...(base ? {} : { idInjection: false }) }, base) as SharedModel
    this.Model = define('Model')
    addModelMembers(this.Model, { flags: this.flags, builtInOf: (Model) => this.#builtInOf(Model) })
    this.PersistedModel = this.modelBuilder.define('PersistedModel', {}, { idInjection: true }, this.Model) as SharedModel
    addReplicationMembers(this.PersistedModel, this)
    this.KeyValueModel = this.modelBuilder.define('KeyValueModel', {}, { idInjection: false }, this.Model) as SharedModel
  }

  /**
   * Makes a model class.
   *
   * @param given name, or the whole configuration in one object (then what is not `name`, `properties` or `options` counts as option)
   * @param properties its properties
   * @param options its settings; `base` names the class that it extends. @default base: PersistedModel
   * @throws REGISTRY_BASE_UNKNOWN when the base is not known, and what the data layer throws for bad properties
   * @example registry.createModel('Note', { title: { type: 'string', required: true } }, { plural: 'notes' })
   */
  createModel(given: string | ModelDefinitionObject, properties: Settings = {}, options: Settings = {}): SharedModel {
    if (typeof given === 'object') return this.createModel(given.name, given.properties, optionsOf(given))
    const base = this.#base(given, options.base ?? options.super)
    const { methods, ...settings } = options as { methods?: Record<string, MethodOptions> }
    const Model = (base.extend as (name: string, properties: Settings, settings: Settings) => SharedModel)(given, properties, settings)
    defineMethods(Model, methods)
    return Model
  }

  /**
   * Attaches a class to its data source and lays configuration over its settings.
   *
   * @param Model the class
   * @param config `dataSource` (a data source), `relations`, `acls`, `options`, `methods`
   * @throws what the data layer throws for a data source of the wrong kind
   */
  configureModel(Model: SharedModel, config: ModelConfig): void {
    configureModel(Model, config)
    defineMethods(Model, config.methods)
  }

  /** The class of a name, or undefined; a class is returned as it is. */
  findModel(name: string | ModelConstructor): SharedModel | undefined {
    if (typeof name === 'function') return name as SharedModel
    return (this.modelBuilder.getModel(name) as SharedModel | undefined) ?? this.#builtIn(name)
  }

  /**
   * The class of a name.
   *
   * @throws REGISTRY_MODEL_UNKNOWN
   */
  getModel(name: string | ModelConstructor): SharedModel {
    const found = this.findModel(name)
    if (!found) throw errors.REGISTRY_MODEL_UNKNOWN({ model: String(name) })
    return found
  }

  /**
   * The first class that extends the given one, else the given one itself: the application's own `User`, for instance.
   *
   * @throws REGISTRY_TYPE_INVALID for anything but a name or a class, REGISTRY_MODEL_UNKNOWN
   */
  getModelByType(type: string | ModelConstructor): SharedModel {
    if (typeof type !== 'string' && typeof type !== 'function') throw errors.REGISTRY_TYPE_INVALID({ given: typeof type })
    const wanted = this.getModel(type)
    const known = this.#byType.get(wanted)
    if (known?.made === this.modelBuilder.made && this.modelBuilder.models[known.Model.modelName] === known.Model) return known.Model
    const all = Object.values(this.modelBuilder.models) as SharedModel[]
    const Model = all.find((one) => (one.prototype as object) instanceof (wanted as unknown as abstract new () => object)) ?? wanted
    this.#byType.set(wanted, { Model, made: this.modelBuilder.made })
    return Model
  }

  /**
   * Makes a data source whose models belong to this registry.
   *
   * @param name its name
   * @param settings `connector` and what the connector needs
   */
  createDataSource(name: string | Settings, settings?: Settings): DataSource {
    const given = typeof name === 'string' ? { name, ...settings } : name
    const limits = { ...this.limits, ...(given.limits as Settings | undefined) }
    const dataSource = new DataSource({ compat: this.profile, ...given, limits }, undefined, this.modelBuilder)
    const create = (model: string, properties?: Settings, options?: Settings) => {
      const stored = dataSource.supportTypes('db')
      const Model = this.createModel(model, properties, { base: stored ? this.PersistedModel : this.Model, ...options })
      dataSource.attach(Model)
      return Model
    }
    return Object.assign(dataSource, { createModel: create })
  }

  /**
   * A memory data source that is made once per name.
   *
   * @param name its name. @default 'default'
   */
  memory(name = 'default'): DataSource {
    const known = this.#memories.get(name)
    if (known) return known
    const made = this.createDataSource(name, { connector: 'memory' })
    this.#memories.set(name, made)
    return made
  }

  readonly #loadsBuiltIns: boolean
  /** What was found for a type, and how many classes there were by then. */
  readonly #byType = new Map<SharedModel, { readonly Model: SharedModel; readonly made: number }>()
  readonly #memories = new Map<string, DataSource>()

  #base(model: string, base: unknown): SharedModel {
    if (base === undefined || base === null) return this.PersistedModel
    const found = this.findModel(base as string | ModelConstructor)
    if (!found) throw errors.REGISTRY_BASE_UNKNOWN({ model, base: String(base) })
    return found
  }

  #builtIn(name: string): SharedModel | undefined {
    return this.#loadsBuiltIns && Object.hasOwn(builtIns, name) ? builtIns[name]!(this) : undefined
  }

  #builtInOf(Model: SharedModel): BuiltIn {
    const descends = (Base: SharedModel) => Model === Base || Object.prototype.isPrototypeOf.call(Base, Model)
    if (descends(this.PersistedModel)) return 'PersistedModel'
    return descends(this.KeyValueModel) ? 'KeyValueModel' : undefined
  }
}

function optionsOf(config: ModelDefinitionObject): Settings {
  const further = Object.fromEntries(Object.entries(config).filter(([key]) => !own.has(key)))
  return { ...further, ...config.options }
}

function defineMethods(Model: SharedModel, methods: Readonly<Record<string, MethodOptions>> | undefined): void {
  for (const [name, options] of Object.entries(methods ?? {})) Model.remoteMethod(name, options)
}

/**
 * Makes a registry of model classes.
 *
 * @param options profile and bounds
 * @example const registry = createRegistry({ compat: '2.x' })
 */
export function createRegistry(options: RegistryOptions = {}): Registry {
  return new Registry(options)
}
