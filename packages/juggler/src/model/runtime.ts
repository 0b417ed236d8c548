import { EventEmitter } from 'node:events'
import type { Call, CrudConnector, Entity } from '@reloop/connector'
import type { JugglerFlags } from '../compat'
import type { Compiled } from '../definition/compiled'
import { compileModel } from '../definition/compile'
import type { ModelDefinition } from '../definition/model-definition'
import { jsonSchemaOf, type JsonSchema } from '../definition/json-schema'
import type { DataSourceCore } from '../data-source/core'
import { errors } from '../errors'
import { preparedById } from '../filter/plan-by-id'
import { PlanCache } from '../filter/plan-cache'
import { Observers, runHooks, type Hook, type HookContext } from '../hooks/observers'
import { mergeLimits, type Limits } from '../limits'
import type { RelationDefinition } from '../relations/relation-definition'
import { kModel } from '../symbols'
import type { JugglerOptions } from './options'
import type { PlainObject } from '../value/plain'
import type { CompiledValidations } from '../validation/compile'
import type { ModelBuilderCore } from './registry'
import type { Rows } from './rows'
import type { ModelConstructor } from './types'

/** Which hooks a model has; recomputed when somebody observes, so that an idle operation asks booleans. */
export interface Has {
  readonly access: boolean
  readonly beforeSave: boolean
  readonly persist: boolean
  readonly loaded: boolean
  readonly afterSave: boolean
  readonly beforeDelete: boolean
  readonly afterDelete: boolean
  /** A deprecated model hook such as `beforeCreate`. */
  readonly modelHooks: boolean
  readonly initialize: boolean
}

/** What a runtime is made with. */
export interface RuntimeParts {
  readonly name: string
  readonly ctor: ModelConstructor
  readonly definition: ModelDefinition
  readonly builder: ModelBuilderCore
  readonly base?: ModelRuntime
  readonly makeRows: (model: ModelRuntime) => Rows
  readonly findAccessors: (model: ModelRuntime) => boolean
}

/** The hidden slot of a model class: everything compiled from its definition, and where it is stored. */
export class ModelRuntime {
  readonly name: string
  readonly ctor: ModelConstructor
  readonly definition: ModelDefinition
  readonly builder: ModelBuilderCore
  readonly base?: ModelRuntime
  readonly derived = new Set<ModelRuntime>()
  readonly observers = new Observers()
  readonly relations: Record<string, RelationDefinition> = {}
  readonly scopes: Record<string, unknown> = {}
  readonly plans = new PlanCache()
  readonly events = new EventEmitter().setMaxListeners(0)
  dataSource?: DataSourceCore
  unresolved = false

  #compiled?: Compiled
  #has?: Has
  #hooks = new Map<string, readonly Hook[]>()
  #schema?: JsonSchema
  #limits?: Limits
  #rows?: Rows
  #byId?: ReturnType<typeof preparedById>
  #custom?: boolean
  readonly #makeRows: (model: ModelRuntime) => Rows
  readonly #findAccessors: (model: ModelRuntime) => boolean
  validations?: CompiledValidations

  constructor(parts: RuntimeParts) {
    this.name = parts.name
    this.ctor = parts.ctor
    this.definition = parts.definition
    this.builder = parts.builder
    this.base = parts.base
    this.#makeRows = parts.makeRows
    this.#findAccessors = parts.findAccessors
    this.base?.derived.add(this)
  }

  get settings(): PlainObject {
    return this.definition.settings
  }

  get flags(): JugglerFlags {
    return this.dataSource?.flags ?? this.builder.flags
  }

  /** Everything compiled; made at first use and again after a change. */
  get compiled(): Compiled {
    return this.#compiled ?? this.#compile()
  }

  get entity(): Entity {
    return this.compiled.entity
  }

  get has(): Has {
    return this.#has ?? this.#findHooks()
  }

  get limits(): Limits {
    return (this.#limits ??= mergeLimits(this.dataSource?.limits ?? this.builder.limits, this.settings.limits))
  }

  /** JSON Schema of the wire shape: every property nullable, undeclared ones allowed for open models. */
  get jsonSchema(): JsonSchema {
    return (this.#schema ??= jsonSchemaOf(this))
  }

  /** Plain rows in wire shape, for replies: no instance is made unless something needs one. */
  get rows(): Rows {
    return (this.#rows ??= this.#makeRows(this))
  }

  /** Whether a property is read through a getter of user code. */
  get hasCustomAccessors(): boolean {
    return (this.#custom ??= this.#findAccessors(this))
  }

  /** The plan of finding one row by its only id. */
  get byId(): ReturnType<typeof preparedById> {
    return (this.#byId ??= preparedById(this))
  }

  /** The store; throws when there is none. */
  get connector(): CrudConnector {
    return this.source('find').connector as unknown as CrudConnector
  }

  /** The data source; throws an error naming the method when the model is not attached. */
  source(method: string): DataSourceCore {
    if (this.dataSource) return this.dataSource
    if (this.unresolved) throw errors.MODEL_NOT_DEFINED({ model: this.name })
    throw errors.MODEL_NOT_ATTACHED({ model: this.name, method })
  }

  /** Whether calls may start at once; else `await whenReady(method)` first. */
  get ready(): boolean {
    return this.dataSource !== undefined && this.dataSource.connected
  }

  whenReady(method: string): Promise<void> {
    return this.source(method).whenConnected()
  }

  /** Whether it has relations, its own or of the classes that it extends. */
  get hasRelations(): boolean {
    for (const _ in this.relations) return true
    return this.base?.hasRelations ?? false
  }

  /** A relation by name: its own, or one of the classes that it extends. */
  relation(name: string): RelationDefinition | undefined {
    return Object.hasOwn(this.relations, name) ? this.relations[name] : this.base?.relation(name)
  }

  hooks(operation: string): readonly Hook[] {
    let hooks = this.#hooks.get(operation)
    if (!hooks)
      this.#hooks.set(operation, (hooks = Object.freeze([...(this.base?.hooks(operation) ?? []), ...this.observers.of(operation)])))
    return hooks
  }

  run(operation: string, context: HookContext): Promise<void> {
    return runHooks(this.hooks(operation), context)
  }

  /** What accompanies a call of the connector. */
  call(options: JugglerOptions): Call {
    return this.dataSource!.callFor(options)
  }

  on(event: 'changed', listener: () => void): this {
    this.events.on(event, listener)
    return this
  }

  /** Forgets what was compiled, here and in subclasses, and tells who listens. */
  invalidate(): void {
    this.#compiled = undefined
    this.#has = undefined
    this.#schema = undefined
    this.#limits = undefined
    this.#rows = undefined
    this.#byId = undefined
    this.#custom = undefined
    this.validations = undefined
    this.#hooks.clear()
    this.plans.clear()
    this.events.emit('changed')
    for (const model of this.derived) model.invalidate()
  }

  #compile(): Compiled {
    const source = this.dataSource
    const capabilities = source?.connector?.capabilities
    const compiled = compileModel(this.definition, {
      flags: this.flags,
      connector: source?.connector?.name ?? '',
      relational: capabilities?.relational ?? false,
      openStore: source === undefined || (capabilities?.open ?? false),
      generatedIds: capabilities?.generatedIds ?? 'number',
      runtimeOf,
      tableOf: (name) => this.builder.tableOf(name, source?.connector?.name ?? ''),
    })
    this.#compiled = compiled
    source?.connector?.define?.(compiled.entity)
    return compiled
  }

  #findHooks(): Has {
    const some = (operation: string) => this.hooks(operation).length > 0
    const legacy = this.builder.modelHooks.of(this.ctor)
    this.#has = Object.freeze({
      access: some('access'),
      beforeSave: some('before save'),
      persist: some('persist'),
      loaded: some('loaded'),
      afterSave: some('after save'),
      beforeDelete: some('before delete'),
      afterDelete: some('after delete'),
      modelHooks: legacy.some((name) => name !== 'afterInitialize'),
      initialize: legacy.includes('afterInitialize'),
    })
    return this.#has
  }
}

/**
 * The runtime of a model class or instance: what is compiled from its definition, and where it is stored.
 *
 * @param model a model class, an instance, or anything else
 * @returns its runtime; undefined for what is no model
 * @example runtimeOf(Product)?.entity.table
 */
export function runtimeOf(model: { readonly modelName: string }): ModelRuntime
// Anything at all: `unknown` here would win over the first signature for values of type `any`.
// eslint-disable-next-line @typescript-eslint/no-empty-object-type
export function runtimeOf(model: {} | null | undefined): ModelRuntime | undefined
export function runtimeOf(model: unknown): ModelRuntime | undefined {
  if (typeof model !== 'function' && (typeof model !== 'object' || model === null)) return undefined
  return (model as { [kModel]?: ModelRuntime })[kModel]
}
