import type { ModelConstructor, ModelInstance } from '../model/types'
import type { PlainObject } from '../value/plain'
import { relationStatics } from './definers'
import { Relation } from './relation'

type Method = (...args: unknown[]) => unknown

/** `Relation` of `lib/relation-definition`: one relation of one instance. */
class RelationOfInstance {
  readonly definition: Relation
  readonly modelInstance: ModelInstance

  constructor(definition: Relation, modelInstance: ModelInstance) {
    this.definition = definition
    this.modelInstance = modelInstance
  }

  getCache(): unknown {
    return this.#cached[this.definition.name]
  }

  resetCache(value?: unknown): void {
    this.#cached[this.definition.name] = value
  }

  /** The rows on the other side, as a call of the accessor answers them. */
  fetch(...args: unknown[]): unknown {
    return this.callScopeMethod('getAsync', ...args)
  }

  /** Calls a method of the accessor that the instance has for the relation. */
  callScopeMethod(method: string, ...args: unknown[]): unknown {
    return (this.modelInstance[this.definition.name] as Record<string, Method>)[method]!(...args)
  }

  get #cached(): PlainObject {
    return this.modelInstance.__cachedRelations as PlainObject
  }
}

type RelationClass = typeof RelationOfInstance

/** A class of relations whose methods are those of the accessor; `related` is a call of it. */
function relationClass(name: string, Parent: RelationClass, methods: readonly string[]): RelationClass {
  const made = { [name]: class extends Parent {} }[name]!
  for (const method of methods)
    Object.defineProperty(made.prototype, method, {
      value(this: RelationOfInstance, ...args: unknown[]) {
        if (method === 'related') return (this.modelInstance[this.definition.name] as Method)(...args)
        return this.callScopeMethod(method === 'get' ? 'getAsync' : method, ...args)
      },
      writable: true,
      configurable: true,
    })
  return made
}

const one = ['related', 'create', 'build', 'update', 'destroy']
const many = ['findById', 'exists', 'updateById', 'destroyById', 'create', 'build']
const held = ['related', 'at', 'add', 'remove']

const HasMany = relationClass('HasMany', RelationOfInstance, many)
const HasManyThrough = relationClass('HasManyThrough', HasMany, ['add', 'remove'])
const classes = {
  belongsTo: relationClass('BelongsTo', RelationOfInstance, [...one, 'get']),
  hasMany: HasMany,
  hasManyThrough: HasManyThrough,
  hasOne: relationClass('HasOne', RelationOfInstance, [...one, 'get']),
  hasAndBelongsToMany: relationClass('HasAndBelongsToMany', HasManyThrough, []),
  referencesMany: relationClass('ReferencesMany', RelationOfInstance, [...many, ...held]),
  embedsOne: relationClass('EmbedsOne', RelationOfInstance, one),
  embedsMany: relationClass('EmbedsMany', RelationOfInstance, [...many, ...held, 'get', 'set', 'unset', 'destroyAll']),
}

const defining = Object.fromEntries(
  Object.entries(relationStatics).map(([type, define]) => [
    type,
    (Model: ModelConstructor, target: unknown, params?: PlainObject) => define.call(Model, target, params),
  ]),
)

/**
 * `lib/relation-definition`: what the relations of models are instances of, the names of their types, and for each type a class that
 * works on one instance. What is changed here has no effect on models.
 */
export const relationDefinition = Object.freeze({
  RelationDefinition: Object.assign(Relation, defining),
  RelationTypes: Object.freeze(Object.fromEntries(Object.keys(relationStatics).map((type) => [type, type]))),
  RelationClasses: Object.freeze(classes),
  Relation: RelationOfInstance,
  BelongsTo: classes.belongsTo,
  HasMany,
  HasManyThrough,
  HasOne: classes.hasOne,
  HasAndBelongsToMany: classes.hasAndBelongsToMany,
  ReferencesMany: classes.referencesMany,
  EmbedsOne: classes.embedsOne,
  EmbedsMany: classes.embedsMany,
})
