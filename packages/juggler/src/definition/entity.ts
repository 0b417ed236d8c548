import {
  defineEntity,
  type Entity,
  type EntityDefinition,
  type EntityForeignKey,
  type EntityIndex,
  type PropertyType,
} from '@reloop/connector'
import { isPlainObject, type PlainObject } from '../value/plain'
import type { Codec, CompiledProperty } from './compiled'
import type { ModelDefinition } from './model-definition'

/** Describes a model to its connector. */
export function entityOf(
  definition: ModelDefinition,
  properties: readonly CompiledProperty[],
  at: { readonly connector: string; readonly open: boolean; readonly tableOf: (model: string) => string },
): Entity {
  const settings = definition.settings
  const block = isPlainObject(settings[at.connector]) ? (settings[at.connector] as PlainObject) : {}
  const schema = block.schema ?? block.schemaName
  const living = markOf(settings.softDelete)
  const stated = indexesOf(settings.indexes, properties)
  return defineEntity({
    name: definition.name,
    table: definition.tableName(at.connector),
    schema: typeof schema === 'string' ? schema : undefined,
    properties: Object.fromEntries(
      properties.map((property) => [
        property.name,
        propertyOf(property, { definition, connector: at.connector, living: living !== undefined }),
      ]),
    ),
    indexes: living ? livingIndexes(stated, { properties, property: living }) : stated,
    foreignKeys: foreignKeysOf(settings.foreignKeys, at.tableOf),
    open: at.open,
    native: block,
  })
}

function storedType(codec: Codec): PropertyType {
  if (codec.kind === 'dateString') return 'string'
  if (codec.kind === 'model') return 'object'
  return codec.kind === 'custom' ? 'any' : codec.kind
}

interface At {
  readonly definition: ModelDefinition
  readonly connector: string
  /** Rows are only marked as deleted: values are unique among the others. */
  readonly living: boolean
}

function propertyOf(property: CompiledProperty, { definition, connector, living }: At): EntityDefinition['properties'][string] {
  const source = property.source
  const native = isPlainObject(source[connector]) ? source[connector] : {}
  const index = source.index
  const unique = isUniqueProperty(property)
  const among = living && unique && !property.id
  const number = (...given: unknown[]) => given.find((value): value is number => typeof value === 'number')
  return {
    type: storedType(property),
    items: property.items && storedType(property.items),
    column: definition.columnName(connector, property.name)!,
    id: property.id,
    generated: property.generated,
    required: property.required,
    unique: unique && !among,
    index: Boolean(index) && !among,
    length: number(native.dataLength, source.length, source.limit),
    precision: number(native.dataPrecision, source.precision),
    scale: number(native.dataScale, source.scale),
    storeDefault: native.default ?? native.dbDefault,
    native,
  }
}

function isUniqueProperty({ source }: CompiledProperty): boolean {
  return source.unique === true || isUnique(source.index)
}

/** The property that says when a row was deleted, where rows are only marked. */
function markOf(softDelete: unknown): string | undefined {
  return isPlainObject(softDelete) && typeof softDelete.property === 'string' ? softDelete.property : undefined
}

/** Unique indexes hold among the rows that are not marked as deleted. */
function livingIndexes(
  stated: readonly EntityIndex[],
  { properties, property }: { properties: readonly CompiledProperty[]; property: string },
): EntityIndex[] {
  const where = Object.freeze({ [property]: null })
  const own = properties
    .filter((one) => isUniqueProperty(one) && !one.id)
    .map(({ name }) => ({ name: `${name}_living`, keys: [{ property: name, direction: 'ASC' as const }], unique: true, where, native: {} }))
  return [...own, ...stated.map((index) => (index.unique ? { ...index, where } : index))]
}

function isUnique(index: unknown): boolean {
  return isPlainObject(index) && (index.unique === true || index.kind === 'UNIQUE')
}

function indexesOf(given: unknown, properties: readonly CompiledProperty[]): EntityIndex[] {
  const names = new Set(properties.map((property) => property.name))
  const indexes: EntityIndex[] = []
  for (const [name, form] of Object.entries(isPlainObject(given) ? given : {})) {
    if (!isPlainObject(form)) continue
    const keys = keysOf(form).filter((key) => names.has(key.property))
    const options = isPlainObject(form.options) ? form.options : {}
    if (keys.length)
      indexes.push({ name, keys, unique: options.unique === true || form.kind === 'UNIQUE' || form.unique === true, native: form })
  }
  return indexes
}

function keysOf(form: PlainObject): EntityIndex['keys'] {
  if (typeof form.columns === 'string') return form.columns.split(/\s*,\s*/).map((property) => ({ property, direction: 'ASC' as const }))
  if (Array.isArray(form.keys)) return form.keys.map((key) => ({ property: String(key), direction: 'ASC' as const }))
  const entries = Object.entries(isPlainObject(form.keys) ? form.keys : form)
  return entries.map(([property, way]) => ({ property, direction: Number(way) < 0 ? ('DESC' as const) : ('ASC' as const) }))
}

function foreignKeysOf(given: unknown, tableOf: (model: string) => string): EntityForeignKey[] {
  return Object.entries(isPlainObject(given) ? given : {}).flatMap(([key, form]) => {
    if (!isPlainObject(form)) return []
    return [
      {
        name: String(form.name ?? key),
        properties: [String(form.foreignKey)],
        references: { table: tableOf(String(form.entity)), columns: [String(form.entityKey ?? 'id')] },
        onDelete: form.onDelete as string | undefined,
        onUpdate: form.onUpdate as string | undefined,
      },
    ]
  })
}
