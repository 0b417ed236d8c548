import { and, type Join, type Where } from '@reloop/connector'
import type { Filter } from '../filter/filter'
import { mergeFilters, mergeWhere } from '../filter/merge'
import { planWhere } from '../filter/plan'
import { ours } from '../guard/ours'
import { extra } from '../model/instance'
import type { ModelRuntime } from '../model/runtime'
import { kModel } from '../symbols'
import type { ModelConstructor, ModelInstance } from '../model/types'
import { isPlainObject, type PlainObject } from '../value/plain'
import type { JoinTarget, RelationDefinition, RelationKind, RelationType, ThroughTarget } from './relation-definition'

export interface Polymorphic {
  readonly foreignKey: string
  readonly discriminator: string
  readonly as?: string
  readonly idType?: unknown
  /** The discriminator's value on the other side; the name of the source model unless inverted. */
  readonly value?: string
}

/** What a relation is made with. */
export interface RelationParts {
  readonly name: string
  readonly type: RelationType
  readonly kind: RelationKind
  readonly multiple: boolean
  readonly embed?: boolean
  readonly from: ModelRuntime
  readonly modelTo?: ModelConstructor
  readonly keyFrom: string
  readonly keyTo: string
  readonly modelThrough?: ModelConstructor
  readonly keyThrough?: string
  readonly through?: () => ThroughTarget | undefined
  readonly params: PlainObject
  readonly polymorphic?: Polymorphic
}

type ScopeFunction = (this: unknown, instance: unknown, filter: Filter) => Filter | undefined

/** A relation of one model to another. */
export class Relation implements RelationDefinition {
  readonly name: string
  readonly type: RelationType
  readonly kind: RelationKind
  readonly multiple: boolean
  readonly embed: boolean
  readonly keyFrom: string
  readonly keyTo: string
  readonly keyThrough?: string
  readonly polymorphic?: Polymorphic
  readonly options: PlainObject
  readonly #parts: RelationParts

  constructor(parts: RelationParts) {
    this.#parts = parts
    this.name = parts.name
    this.type = parts.type
    this.kind = parts.kind
    this.multiple = parts.multiple
    this.embed = parts.embed ?? false
    this.keyFrom = parts.keyFrom
    this.keyTo = parts.keyTo
    this.keyThrough = parts.keyThrough
    this.polymorphic = parts.polymorphic
    this.options = isPlainObject(parts.params.options) ? parts.params.options : {}
  }

  get modelFrom(): ModelConstructor {
    return this.#parts.from.ctor
  }

  get modelTo(): ModelConstructor | undefined {
    return this.#parts.modelTo
  }

  get modelThrough(): ModelConstructor | undefined {
    return this.#parts.modelThrough
  }

  get scope(): unknown {
    return this.#parts.params.scope
  }

  get properties(): unknown {
    return this.#parts.params.properties
  }

  get methods(): unknown {
    return this.#parts.params.methods ?? this.#parts.params.scopeMethods
  }

  get params(): PlainObject {
    return this.#parts.params
  }

  get includeNeeds(): readonly string[] {
    return this.kind === 'polymorphic' ? [this.keyFrom, this.polymorphic!.discriminator] : [this.keyFrom]
  }

  target(): ModelRuntime | undefined {
    return this.#parts.modelTo?.[kModel]
  }

  targetOfType(type: string): ModelRuntime | undefined {
    const { builder, dataSource } = this.#parts.from
    const found = builder.getModel(type) ?? dataSource?.modelBuilder.getModel(type)
    return found?.[kModel]
  }

  throughTarget(): ThroughTarget | undefined {
    return this.#parts.through?.()
  }

  /** Data that was given under the relation's name; a belongsTo takes its foreign key from it. */
  take(instance: ModelInstance, value: unknown): void {
    if (value === undefined) return
    ;(extra(instance).cachedRelations ??= {})[this.name] = value
    if (this.type !== 'belongsTo' || typeof value !== 'object' || value === null) return
    const key = (value as PlainObject)[this.keyTo]
    if (key !== undefined && key !== null) instance[this.keyFrom] = key
    if (this.polymorphic && (value as Partial<ModelInstance>)[kModel])
      instance[this.polymorphic.discriminator] = (value as ModelInstance)[kModel].name
    this.#embedCopy(instance, value as PlainObject)
  }

  #embedCopy(instance: ModelInstance, value: PlainObject): void {
    if (!this.options.embedsProperties) return
    const names = namesOf(this.properties)
    instance[this.name] ??= Object.fromEntries(names.map(([from, to]) => [to, value[from]]))
  }

  applyScope(instance: ModelInstance | null, filter: Filter): Filter {
    let scoped = filter
    if (this.polymorphic && this.type !== 'belongsTo' && this.kind !== 'through') {
      scoped = { ...scoped, where: mergeWhere(scoped.where, ours({ [this.polymorphic.discriminator]: this.polymorphic.value })) }
    }
    const { scope } = this
    const over = typeof scope === 'function' ? (scope as ScopeFunction).call(this, instance, scoped) : scope
    if (!isPlainObject(over)) return scoped
    ours(over.where)
    return mergeFilters(scoped, over, over)
  }

  /** Copies what `properties` says from one side to the other, and the discriminator. */
  applyProperties(source: ModelInstance, target: ModelInstance | PlainObject): void {
    const { properties } = this
    const [from, to] = this.options.invertProperties ? [target, source] : [source, target]
    if (typeof properties === 'function')
      Object.assign(target, (properties as (source: unknown, target: unknown) => PlainObject | undefined).call(this, source, target))
    else for (const [name, as] of namesOf(properties)) to[as] = from[name]
    if (this.polymorphic && this.kind !== 'through' && (this.type === 'hasMany' || this.type === 'hasOne'))
      target[this.polymorphic.discriminator] = this.polymorphic.value
  }

  joinTarget(): JoinTarget | undefined {
    const model = this.target()
    if (!model || this.embed || this.kind === 'polymorphic' || this.kind === 'references' || !model.dataSource) return undefined
    return { model, join: (also) => this.#join(model, also) }
  }

  #join(model: ModelRuntime, also: { readonly where?: Where; readonly between?: Where } = {}): Join {
    const { softDelete } = model.compiled
    const scope = mergeWhere(this.applyScope(null, {}).where, softDelete && { [softDelete.property]: null })
    const where = allOf([scope === undefined ? undefined : planWhere(model, scope), also.where])
    const between = this.throughTarget()
    const links = between && allOf([between.where && planWhere(between.model, between.where), also.between])
    return {
      entity: model.entity,
      from: [this.keyFrom],
      to: [this.keyTo],
      ...(where && { where }),
      ...(between && {
        through: {
          entity: between.model.entity,
          from: [between.from],
          to: [between.to],
          ...(links && { where: links }),
        },
      }),
    }
  }

  /** Adds a method to the relation's accessors. */
  defineMethod(name: string, fn: Function): void {
    const { params } = this.#parts
    params.methods = { ...(isPlainObject(params.methods) ? params.methods : {}), [name]: fn }
  }

  toJSON(): PlainObject {
    const { modelTo, modelThrough } = this
    return {
      name: this.name,
      type: this.type,
      modelFrom: this.modelFrom.modelName,
      keyFrom: this.keyFrom,
      modelTo: modelTo?.modelName ?? '<polymorphic>',
      keyTo: this.keyTo,
      multiple: this.multiple,
      ...(modelThrough && { modelThrough: modelThrough.modelName, keyThrough: this.keyThrough }),
    }
  }
}

/** Conditions that all hold; undefined without any. */
function allOf(conditions: readonly (Where | undefined)[]): Where | undefined {
  const given = conditions.filter((where) => where !== undefined)
  return given.length > 1 ? and(given) : given[0]
}

/** `['a']` and `{ a: 'b' }` as pairs. */
function namesOf(properties: unknown): readonly (readonly [string, string])[] {
  if (Array.isArray(properties)) return properties.map((name) => [String(name), String(name)] as const)
  return isPlainObject(properties) ? Object.entries(properties).map(([from, to]) => [from, String(to)] as const) : []
}
