import { pluralize } from 'inflection'
import { kModel } from '../symbols'
import type { ModelRuntime } from '../model/runtime'
import type { ModelConstructor } from '../model/types'
import { isPlainObject, type PlainObject } from '../value/plain'
import { camel, lookUp, mustLookUp, primaryKey } from './look-up'
import { Relation, type Polymorphic } from './relation'
import type { ThroughTarget } from './relation-definition'

type Params = PlainObject & { readonly as?: string; readonly foreignKey?: string; readonly primaryKey?: string }

/** hasMany through another model: two keys there, found by its belongsTo relations or by name. */
export function hasManyThrough(Model: ModelConstructor, target: unknown, params: Params): Relation {
  const type = params.isManyToMany ? 'hasAndBelongsToMany' : 'hasMany'
  const from = Model[kModel]
  const modelTo = mustLookUp(from, target)
  const modelThrough = mustLookUp(from, params.through)
  const name = params.as ?? camel(pluralize(modelTo.modelName))
  const keys = throughKeys({ Model, modelTo, modelThrough, params })
  return new Relation({
    name,
    type,
    kind: 'through',
    multiple: true,
    from,
    modelTo,
    modelThrough,
    keyFrom: params.primaryKey ?? primaryKey(Model),
    keyTo: primaryKey(modelTo),
    keyThrough: keys().to,
    through: () => ({ model: modelThrough[kModel], ...keys() }),
    polymorphic: polymorphicThrough(Model, params),
    params,
  })
}

interface Sides {
  readonly Model: ModelConstructor
  readonly modelTo: ModelConstructor
  readonly modelThrough: ModelConstructor
  readonly params: Params
}

function polymorphicThrough(Model: ModelConstructor, params: Params): Polymorphic | undefined {
  if (!params.polymorphic) return undefined
  const options: PlainObject =
    typeof params.polymorphic === 'string' ? { as: params.polymorphic } : isPlainObject(params.polymorphic) ? params.polymorphic : {}
  const as = String(options.as ?? options.selector ?? params.as ?? 'reference')
  const value = params.invert ? undefined : Model.modelName
  return { as, foreignKey: String(options.foreignKey ?? `${as}Id`), discriminator: String(options.discriminator ?? `${as}Type`), value }
}

/** Which properties of the model in between hold the keys of either side; asked late, for its relations may come late. */
function throughKeys({ Model, modelTo, modelThrough, params }: Sides): () => Omit<ThroughTarget, 'model'> {
  const polymorphic = polymorphicThrough(Model, params)
  const usual = { from: `${camel(Model.modelName)}Id`, to: `${camel(modelTo.modelName)}Id` }
  return () => {
    const through = modelThrough[kModel]
    if (polymorphic && params.invert) {
      const from = params.foreignKey ?? keyTowards(through, Model) ?? usual.from
      return { from, to: polymorphic.foreignKey, where: { [polymorphic.discriminator]: modelTo.modelName } }
    }
    const to = (params.keyThrough as string | undefined) ?? keyTowards(through, modelTo, params.foreignKey) ?? usual.to
    if (polymorphic)
      return { from: params.foreignKey ?? polymorphic.foreignKey, to, where: { [polymorphic.discriminator]: polymorphic.value } }
    return { from: params.foreignKey ?? keyTowards(through, Model, to) ?? usual.from, to }
  }
}

/** The foreign key of a belongsTo from the model in between to one side. */
function keyTowards(through: ModelRuntime, side: ModelConstructor, except?: string): string | undefined {
  for (const relation of Object.values(through.relations)) {
    if (relation.type === 'belongsTo' && relation.modelTo === side && relation.keyFrom !== except) return relation.keyFrom
  }
  return undefined
}

/** Many to many over a model that is made when there is none. */
export function hasAndBelongsToMany(Model: ModelConstructor, target: unknown, params: Params): Relation {
  const from = Model[kModel]
  const modelTo = mustLookUp(from, target)
  const names = [`${Model.modelName}${modelTo.modelName}`, `${modelTo.modelName}${Model.modelName}`]
  const found = params.through ? mustLookUp(from, params.through) : (existing(from, names[0]!) ?? existing(from, names[1]!))
  const through = found ?? makeThrough(Model, names[0]!, params)
  const belongsTo = (through as unknown as Record<string, Function>).belongsTo!
  if (!params.polymorphic) belongsTo.call(through, Model, params.foreignKey ? { foreignKey: params.foreignKey } : {})
  belongsTo.call(
    through,
    modelTo,
    params.keyThrough ? { foreignKey: params.keyThrough, ...(modelTo === Model && { as: `${camel(modelTo.modelName)}Through` }) } : {},
  )
  return hasManyThrough(Model, modelTo, { ...params, through, isManyToMany: true })
}

function existing(from: ModelRuntime, name: string): ModelConstructor | undefined {
  const found = lookUp(from, name)
  return found && found.modelName.toLowerCase() === name.toLowerCase() ? found : undefined
}

/** A model with an id and nothing else, beside the source. */
function makeThrough(Model: ModelConstructor, name: string, params: Params): ModelConstructor {
  const from = Model[kModel]
  const table = typeof params.throughTable === 'string' ? { [from.connector.name]: { table: params.throughTable } } : {}
  const source = from.source('hasAndBelongsToMany') as unknown as {
    define?: (name: string, properties: object, settings: object) => ModelConstructor
  }
  return source.define!(name, {}, table)
}
