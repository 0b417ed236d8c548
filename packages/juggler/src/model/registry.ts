import { resolveProfile, type Profile } from '@reloop/compat'
import { flags, type JugglerFlags } from '../compat'
import { errors } from '../errors'
import { copy, inheritProperties, inheritSettings } from '../definition/inherit'
import { introspect } from '../definition/introspect'
import { ModelDefinition } from '../definition/model-definition'
import { injectId, parseProperties, parseProperty, type ParseContext } from '../definition/parse'
import { builtInTypes } from '../definition/property-types'
import { modelHooks } from '../hooks/legacy-model-hooks'
import { defaultLimits, mergeLimits, type Limits } from '../limits'
import { kModel } from '../symbols'
import { Any, DateString, Json, Text } from '../value/markers'
import { GeoPoint } from '../value/geo-point'
import { isPlainObject, type PlainObject } from '../value/plain'
import { installAccessors } from './accessors'
import { callable } from './callable'
import { createClass } from './create-class'
import { attachRuntime } from './class-slots'
import { installMixins, MixinRegistry } from './mixins'
import { ModelBaseClass } from './model-base-class'
import { services } from './services'
import { ModelRuntime } from './runtime'
import type { ModelConstructor } from './types'
import { watched } from './watch'

/** Settings of a builder. */
export interface BuilderSettings {
  readonly compat?: Profile
  readonly limits?: unknown
  readonly strictEmbeddedModels?: unknown
  readonly [name: string]: unknown
}

let anonymous = 0

/** A registry of model classes by name, and the maker of them. */
export class ModelBuilderCore {
  static readonly Text = Text
  static readonly JSON = Json
  static readonly Any = Any
  static readonly GeoPoint = GeoPoint
  static readonly DateString = DateString
  static readonly schemaTypes: Record<string, unknown> = Object.fromEntries(builtInTypes)

  readonly models: Record<string, ModelConstructor> = {}
  readonly definitions: Record<string, ModelDefinition> = {}
  readonly settings: BuilderSettings
  readonly mixins: MixinRegistry
  readonly modelHooks = modelHooks
  readonly flags: JugglerFlags
  readonly limits: Limits
  defaultModelBaseClass: ModelConstructor = ModelBaseClass
  /** Counts the classes as they come, for whoever keeps what was found among them. */
  made = 0

  constructor(settings: BuilderSettings = {}) {
    this.settings = settings
    this.flags = flags.of(resolveProfile({ option: settings.compat }))
    this.limits = mergeLimits(defaultLimits, settings.limits)
    this.mixins = new MixinRegistry(this)
  }

  /**
   * Makes a model class.
   *
   * @param name name of the class
   * @param properties its properties, in any form of LoopBack's
   * @param settings its settings; `base` names the class it extends
   * @param parent the class it extends, instead of `settings.base`
   * @throws MODEL_NAME_REQUIRED, MODEL_BASE_NOT_FOUND, PROPERTY_TYPE_INVALID, PROPERTY_NAME_INVALID
   * @example builder.define('Product', { name: String, price: Number })
   */
  // LoopBack's signature.
  // eslint-disable-next-line @typescript-eslint/max-params
  define(name: string, properties: PlainObject = {}, settings: PlainObject = {}, parent?: ModelConstructor): ModelConstructor {
    if (!name) throw errors.MODEL_NAME_REQUIRED()
    const base = this.#baseOf(settings, parent)
    const own = copy(settings) as PlainObject
    const inherited = base[kModel]
    const merged = inherited
      ? inheritSettings(inherited.settings, own, this.flags.inheritPlural ? notInherited : [...notInherited, 'plural', 'http'])
      : own
    const excluded = Array.isArray(own.excludeBaseProperties) ? (own.excludeBaseProperties as string[]) : []
    const given = inherited ? inheritProperties(inherited.definition.properties, properties, excluded) : properties
    let parsed = parseProperties(given, this.#context(name))
    if (merged.idInjection !== false) parsed = injectId(parsed)
    return this.#register(name, { raw: { ...properties }, parsed, settings: merged, base })
  }

  #baseOf(settings: PlainObject, parent?: ModelConstructor): ModelConstructor {
    const given = parent ?? settings.base ?? settings.super ?? this.defaultModelBaseClass
    if (typeof given === 'function') return given as ModelConstructor
    const found = this.getModel(String(given))
    if (!found) throw errors.MODEL_BASE_NOT_FOUND({ base: String(given) })
    return found
  }

  #register(
    name: string,
    parts: { raw: PlainObject; parsed: Record<string, PlainObject>; settings: PlainObject; base: ModelConstructor },
  ): ModelConstructor {
    const installed = new Map<string, string>()
    const state: { made?: ModelConstructor } = {}
    const refresh = () => {
      if (!state.made) return
      installAccessors(state.made[kModel], installed)
      state.made[kModel].invalidate()
    }
    const definition = new ModelDefinition({
      name,
      rawProperties: parts.raw,
      properties: parts.parsed,
      settings: parts.settings,
      changed: refresh,
    })
    const placeholder = Object.hasOwn(this.models, name) ? this.models[name]! : undefined
    const Model = placeholder?.[kModel].unresolved
      ? complete(placeholder, { base: parts.base, definition, builder: this })
      : createClass({ name, base: parts.base, definition, builder: this })
    state.made = Model
    definition.relations = watched(Model[kModel].relations as unknown as PlainObject, () => Model[kModel].invalidate())
    Object.assign(Model, { getter: watchedMap(refresh), setter: watchedMap(refresh) })
    installAccessors(Model[kModel], installed)
    this.models[name] = Model
    this.made++
    this.definitions[name] = definition
    installMixins(Model[kModel])
    for (const [as, target] of Object.entries(isPlainObject(parts.settings.models) ? parts.settings.models : {}))
      Model[as] = this.getModel(String(target))
    ;(Model.emit as (event: string, model: unknown) => void)('defined', Model)
    return Model
  }

  #context(model: string): ParseContext {
    return { model, resolveType: (type) => this.resolveType(type), dotInNames: this.flags.dotInNames }
  }

  /** The class a type stands for: a built-in, a model by name or class, a list of either, or an anonymous embedded model. */
  resolveType(type: unknown): unknown {
    if (type === undefined || type === null || typeof type === 'function') return type ?? undefined
    if (Array.isArray(type)) return type.length === 0 ? Array : [this.resolveType(unwrap(type[0])) ?? Any]
    if (typeof type === 'string') {
      const name = type.toLowerCase()
      const shared = Object.hasOwn(ModelBuilderCore.schemaTypes, name) ? ModelBuilderCore.schemaTypes[name] : undefined
      const known = this.#types.get(name) ?? shared
      return known ?? this.getModel(type, true)
    }
    if (type === JSON) return Json
    if (!isPlainObject(type)) return undefined
    const settings = { anonymous: true, idInjection: false, strict: this.settings.strictEmbeddedModels ?? false }
    return this.define(this.getSchemaName(), type, settings, ModelBaseClass)
  }

  /** Registers a constructor as a property type of all builders, under names, without regard to case; by default under its own. */
  static registerType(type: Function, names: readonly string[] | string = [type.name]): void {
    for (const name of [names].flat()) ModelBuilderCore.schemaTypes[name.toLowerCase()] = type
  }

  readonly #types = new Map<string, unknown>()

  /** Registers a constructor as a property type, under its name and aliases, without regard to case. */
  defineValueType(type: Function, aliases: readonly string[] = []): void {
    for (const name of [type.name, ...aliases]) this.#types.set(name.toLowerCase(), type)
  }

  /** A class by name; with `forceCreate` a placeholder that a later `define` completes. */
  getModel(name: string, forceCreate = false): ModelConstructor | undefined {
    if (Object.hasOwn(this.models, name)) return this.models[name]
    if (!forceCreate) return undefined
    const placeholder = this.define(name, {}, { unresolved: true, idInjection: false }, ModelBaseClass)
    placeholder[kModel].unresolved = true
    return placeholder
  }

  getModelDefinition(name: string): ModelDefinition | undefined {
    return Object.hasOwn(this.definitions, name) ? this.definitions[name] : undefined
  }

  /** Adds a property to a class. */
  defineProperty(model: string, property: string, definition: unknown): void {
    const found = this.definitions[model]
    if (!found) throw errors.MODEL_NOT_DEFINED({ model })
    found.defineProperty(property, parseProperty(property, definition, this.#context(model)))
  }

  extendModel(model: string, properties: PlainObject): void {
    for (const [name, definition] of Object.entries(properties)) this.defineProperty(model, name, definition)
  }

  /** A subclass of the same name in this builder. */
  copyModel(Master: ModelConstructor): ModelConstructor {
    const copied = createCopy(Master, this)
    this.models[copied.modelName] = copied
    this.made++
    this.definitions[copied.modelName] = copied[kModel].definition
    return copied
  }

  getSchemaName(name?: string): string {
    return name ?? `AnonymousModel_${anonymous++}`
  }

  /** Makes a set of models that refer to each other. */
  buildModels(
    schemas: unknown,
    create?: (name: string, properties: PlainObject, options: PlainObject) => ModelConstructor,
  ): Record<string, ModelConstructor> {
    const list = (Array.isArray(schemas) ? schemas : isSchema(schemas) ? [schemas] : Object.values(schemas as object)) as PlainObject[]
    const make = create ?? ((name, properties, options) => this.define(name, properties, options))
    const built: Record<string, ModelConstructor> = {}
    for (const schema of list) {
      const name = this.getSchemaName(schema.name as string | undefined)
      built[name] = make(name, (schema.properties ?? {}) as PlainObject, { ...((schema.options ?? schema.settings ?? {}) as PlainObject) })
    }
    return built
  }

  /** Makes a model from a sample of its data. */
  buildModelFromInstance(name: string, json: PlainObject, options: PlainObject = {}): ModelConstructor {
    return this.define(name, introspect(json) as PlainObject, options)
  }

  /** Table of a model of this builder. */
  tableOf(model: string, connector: string): string {
    return this.getModelDefinition(model)?.tableName(connector) ?? model
  }
}

/** Settings that belong to one class alone. */
const notInherited = ['base', 'super', 'unresolved', 'anonymous', 'abstract', 'excludeBaseProperties']

function unwrap(item: unknown): unknown {
  return isPlainObject(item) && 'type' in item && !isPlainObject(item.type) ? item.type : item
}

function isSchema(given: unknown): boolean {
  return isPlainObject(given) && isPlainObject(given.properties) && (given.name === undefined || typeof given.name === 'string')
}

function watchedMap(changed: () => void): PlainObject {
  return watched({}, changed)
}

function complete(
  Model: ModelConstructor,
  parts: { base: ModelConstructor; definition: ModelDefinition; builder: ModelBuilderCore },
): ModelConstructor {
  const { base, definition, builder } = parts
  const old = Model[kModel]
  Object.setPrototypeOf(Model, base)
  Object.setPrototypeOf(Model.prototype, base.prototype)
  const runtime = new ModelRuntime({ name: definition.name, ctor: Model, definition, builder, base: base[kModel], ...services })
  for (const derived of old.derived) runtime.derived.add(derived)
  attachRuntime(Model, runtime)
  return Model
}

function createCopy(Master: ModelConstructor, builder: ModelBuilderCore): ModelConstructor {
  const { definition } = Master[kModel]
  const { plural, http } = definition.settings
  return builder.define(definition.name, {}, { plural, http }, Master)
}

/**
 * A registry of model classes by name, and the maker of them.
 *
 * @example const Product = new ModelBuilder().define('Product', { name: String })
 */
export const ModelBuilder = Object.assign(callable(Object.defineProperty(ModelBuilderCore, 'name', { value: 'ModelBuilder' })), {
  defaultInstance: new ModelBuilderCore(),
})
export type ModelBuilder = ModelBuilderCore
