import type { Entity, EntityProperty, PropertyType } from '@reloop/connector'
import { ModelDefinition } from '../../definition/model-definition'
import { runtimeOf } from '../../model/runtime'
import { GeoPoint } from '../../value/geo-point'
import { Any, Text } from '../../value/markers'
import type { PlainObject } from '../../value/plain'
import type { LegacyHost } from './raw'

/** What LoopBack's `connector.define` takes. */
export interface LegacyDefinition {
  readonly model: unknown
  readonly properties: Readonly<Record<string, PlainObject>>
  readonly settings: PlainObject
}

/** The definitions that a connector of LoopBack knows. */
export class Definitions {
  readonly #host: LegacyHost
  readonly #connector: () => string
  readonly #made = new Map<string, ModelDefinition>()
  readonly #known = new Map<string, { readonly entity: Entity; readonly definition: LegacyDefinition }>()

  constructor(host: LegacyHost, connector: () => string) {
    this.#host = host
    this.#connector = connector
  }

  /** The definition made here for an entity without a class; classes have their own. */
  readonly lookUp = (model: string): ModelDefinition | undefined => this.#made.get(model)

  get(entity: Entity): LegacyDefinition | undefined {
    const known = this.#known.get(entity.name)
    return known?.entity === entity ? known.definition : undefined
  }

  /** Describes an entity as LoopBack would: with its class, or with a stand-in when nobody made one. */
  define(entity: Entity, dataSource: object): LegacyDefinition {
    const Model = this.#host.modelBuilder?.models?.[entity.name]
    const runtime = runtimeOf(Model)
    const isIts = runtime !== undefined && runtime.entity === entity
    const definition = isIts ? runtime.definition : synthesized(entity, this.#connector())
    if (isIts) this.#made.delete(entity.name)
    else this.#made.set(entity.name, definition)
    const properties = Object.fromEntries(
      entity.properties.map((property) => [property.name, described(property, definition.properties[property.name])]),
    )
    const legacy = {
      model: isIts
        ? Model
        : { modelName: entity.name, pluralModelName: entity.name, dataSource, definition, settings: definition.settings },
      properties,
      settings: { ...definition.settings },
    }
    this.#known.set(entity.name, { entity, definition: legacy })
    return legacy
  }
}

function described(property: EntityProperty, source: PlainObject = {}): PlainObject {
  return { ...source, type: typeOf(property, source.type) }
}

const types: Partial<Record<PropertyType, unknown>> = {
  string: String,
  number: Number,
  integer: Number,
  bigint: String,
  decimal: String,
  boolean: Boolean,
  date: Date,
  dateOnly: String,
  buffer: Buffer,
  geopoint: GeoPoint,
}

/** The type as connectors of LoopBack know it: its own ones, none of ours. */
function typeOf(property: EntityProperty, declared: unknown): unknown {
  const known = types[property.type]
  if (known) return known
  if (property.type === 'list') return property.items ? [types[property.items] ?? Object] : [Any]
  if (typeof declared === 'function') return declared
  return property.type === 'text' ? Text : property.type === 'object' ? Object : Any
}

function synthesized(entity: Entity, connector: string): ModelDefinition {
  const properties = Object.fromEntries(entity.properties.map((property) => [property.name, long(property, connector)]))
  const indexes = Object.fromEntries(entity.indexes.map((index) => [index.name, indexOf(index)]))
  const settings = {
    idInjection: false,
    strict: !entity.open,
    indexes,
    [connector]: { ...entity.native, table: entity.table, ...(entity.schema && { schema: entity.schema }) },
  }
  return new ModelDefinition({ name: entity.name, rawProperties: properties, properties, settings, changed: () => undefined })
}

function long(property: EntityProperty, connector: string): PlainObject {
  const { length, precision, scale, required, generated, index } = property
  return {
    type: typeOf(property, undefined),
    ...(property.id && { id: property.id }),
    ...(generated && { generated }),
    ...(required && { required }),
    ...(index && { index }),
    ...(length && { length }),
    ...(precision && { precision, scale }),
    [connector]: { ...property.native, columnName: property.column },
  }
}

function indexOf(index: Entity['indexes'][number]): PlainObject {
  const keys = Object.fromEntries(index.keys.map((key) => [key.property, key.direction === 'DESC' ? -1 : 1]))
  return { keys, options: { unique: index.unique } }
}
