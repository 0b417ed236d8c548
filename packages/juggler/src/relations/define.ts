import { pluralize } from 'inflection'
import { errors } from '../errors'
import { kModel } from '../symbols'
import type { ModelConstructor } from '../model/types'
import { isPlainObject, type PlainObject } from '../value/plain'
import { camel, defineForeignKey, keyType, mustLookUp, primaryKey } from './look-up'
import { Relation, type Polymorphic } from './relation'
import type { RelationType } from './relation-definition'
import { hasAndBelongsToMany, hasManyThrough } from './define-through'

export type Params = PlainObject & { readonly as?: string; readonly foreignKey?: string; readonly primaryKey?: string }

/** Makes the relation of one type; declares the properties that it needs. */
type Definer = (Model: ModelConstructor, target: unknown, params: Params) => Relation

function belongsTo(Model: ModelConstructor, target: unknown, params: Params): Relation {
  if (params.polymorphic) return polymorphicBelongsTo(Model, params)
  const modelTo = mustLookUp(Model[kModel], target)
  const name = params.as ?? camel(modelTo.modelName)
  const keyTo = params.primaryKey ?? primaryKey(modelTo)
  const keyFrom = params.foreignKey ?? `${name}Id`
  defineForeignKey(Model, keyFrom, keyType(modelTo, keyTo))
  return new Relation({ name, type: 'belongsTo', kind: 'one', multiple: false, from: Model[kModel], modelTo, keyFrom, keyTo, params })
}

/** Names of the foreign key and of the discriminator. */
function polymorphicOf(given: unknown, fallback: string): Polymorphic {
  const options: PlainObject = typeof given === 'string' ? { as: given } : isPlainObject(given) ? given : {}
  const as = String(options.as ?? options.selector ?? fallback)
  return {
    as,
    foreignKey: String(options.foreignKey ?? `${as}Id`),
    discriminator: String(options.discriminator ?? `${as}Type`),
    idType: options.idType,
  }
}

function polymorphicBelongsTo(Model: ModelConstructor, params: Params): Relation {
  const polymorphic = polymorphicOf(params.polymorphic, params.as ?? 'reference')
  const name = params.as ?? polymorphic.as!
  const runtime = Model[kModel]
  defineForeignKey(Model, polymorphic.foreignKey, runtime.builder.resolveType(polymorphic.idType) ?? keyType(Model, primaryKey(Model)))
  if (!runtime.definition.properties[polymorphic.discriminator])
    runtime.definition.defineProperty(polymorphic.discriminator, { type: String, index: true })
  return new Relation({
    name,
    type: 'belongsTo',
    kind: 'polymorphic',
    multiple: false,
    from: runtime,
    keyFrom: polymorphic.foreignKey,
    keyTo: String(params.idName ?? 'id'),
    polymorphic,
    params,
  })
}

/** hasOne and hasMany: the key stands on the other side. */
function has(
  type: 'hasOne' | 'hasMany',
  { Model, target, params }: { Model: ModelConstructor; target: unknown; params: Params },
): Relation {
  const modelTo = mustLookUp(Model[kModel], target)
  const single = type === 'hasOne'
  const name = params.as ?? (single ? camel(modelTo.modelName) : camel(pluralize(modelTo.modelName)))
  const keyFrom = params.primaryKey ?? primaryKey(Model)
  const polymorphic = params.polymorphic ? { ...polymorphicOf(params.polymorphic, name), value: Model.modelName } : undefined
  const keyTo = params.foreignKey ?? polymorphic?.foreignKey ?? `${camel(Model.modelName)}Id`
  defineForeignKey(modelTo, keyTo, keyType(Model, keyFrom))
  if (polymorphic && !modelTo[kModel].definition.properties[polymorphic.discriminator]) {
    modelTo[kModel].definition.defineProperty(polymorphic.discriminator, { type: String, index: true })
  }
  return new Relation({
    name,
    type,
    kind: single ? 'one' : 'many',
    multiple: !single,
    from: Model[kModel],
    modelTo,
    keyFrom,
    keyTo,
    polymorphic,
    params,
  })
}

function referencesMany(Model: ModelConstructor, target: unknown, params: Params): Relation {
  const modelTo = mustLookUp(Model[kModel], target)
  const name = params.as ?? camel(pluralize(modelTo.modelName))
  const keyTo = primaryKey(modelTo)
  const keyFrom = params.foreignKey ?? `${camel(modelTo.modelName)}Ids`
  const { definition } = Model[kModel]
  // LB: a list that is declared gets the default as well.
  definition.defineProperty(keyFrom, { default: () => [], ...(definition.properties[keyFrom] ?? { type: [keyType(modelTo, keyTo)] }) })
  return new Relation({
    name,
    type: 'referencesMany',
    kind: 'references',
    multiple: true,
    from: Model[kModel],
    modelTo,
    keyFrom,
    keyTo,
    params,
  })
}

/** embedsOne and embedsMany: the other side stands in a property. */
function embeds(
  type: 'embedsOne' | 'embedsMany',
  { Model, target, params }: { Model: ModelConstructor; target: unknown; params: Params },
): Relation {
  const modelTo = mustLookUp(Model[kModel], target)
  const many = type === 'embedsMany'
  const single = camel(modelTo.modelName)
  const name = params.as ?? (many ? `${single}List` : `${single}Item`)
  const wanted = String(params.property ?? (many ? camel(pluralize(modelTo.modelName)) : single))
  const keyFrom = wanted === name ? `_${wanted}` : wanted
  const { definition } = Model[kModel]
  const omit = isPlainObject(params.options) && params.options.omitDefaultEmbeddedItem === true
  const value = many ? (omit ? undefined : () => []) : embeddedDefault(modelTo, params.default)
  // LB: what a property that holds embedded items is declared as does not matter; its column and other options do.
  definition.defineProperty(keyFrom, {
    ...definition.properties[keyFrom],
    type: many ? [modelTo] : modelTo,
    ...(value && { default: value }),
  })
  return new Relation({
    name,
    type,
    kind: type,
    multiple: many,
    embed: true,
    from: Model[kModel],
    modelTo,
    keyFrom,
    keyTo: primaryKey(modelTo),
    params,
  })
}

function embeddedDefault(modelTo: ModelConstructor, given: unknown): (() => unknown) | undefined {
  if (given === true) return () => new modelTo()
  return isPlainObject(given) ? () => new modelTo(given) : undefined
}

const definers: Readonly<Record<RelationType, Definer>> = Object.freeze({
  belongsTo,
  hasOne: (Model, target, params) => has('hasOne', { Model, target, params }),
  hasMany: (Model, target, params) => (params.through ? hasManyThrough(Model, target, params) : has('hasMany', { Model, target, params })),
  hasAndBelongsToMany,
  referencesMany,
  embedsOne: (Model, target, params) => embeds('embedsOne', { Model, target, params }),
  embedsMany: (Model, target, params) => embeds('embedsMany', { Model, target, params }),
})

/** Makes a relation of any type; it is not installed yet. */
export function makeRelation(type: string, given: { Model: ModelConstructor; target: unknown; params: Params }): Relation {
  const { Model, target, params } = given
  if (params.as === 'trigger') throw errors.RELATION_NAME_INVALID({ name: params.as })
  if (!Object.hasOwn(definers, type)) throw errors.RELATION_TYPE_INVALID({ type })
  if (params.polymorphic && type !== 'belongsTo' && !target) throw errors.POLYMORPHIC_MODEL_MISSING({ type, relation: String(params.as) })
  return definers[type as RelationType](Model, target, params)
}
