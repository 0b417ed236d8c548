import type { Entity, EntityProperty } from '@reloop/connector'
import type { Codec, Dialect } from '../dialect'
import { literal, type Sql } from '../text/sql'
import { columnName, schemaName, tableName } from './naming'

/** A property as SQL sees it. */
export interface Column {
  readonly property: EntityProperty
  /** Name in the database, unquoted. */
  readonly name: string
  readonly quoted: string
  readonly codec: Codec
  /** May be null. */
  readonly nullable: boolean
}

/** An entity as SQL sees it, made once. */
export interface Table {
  readonly entity: Entity
  readonly schema?: string
  /** Name in the database, unquoted, without the schema. */
  readonly name: string
  readonly sql: Sql
  readonly columns: readonly Column[]
  readonly byName: ReadonlyMap<string, Column>
  readonly ids: readonly Column[]
}

/**
 * Makes the tables of entities, each once; a changed model is another entity.
 *
 * @param dialect names and codecs
 * @returns function from entity to table
 */
export function createTables(dialect: Dialect, schema?: string): (entity: Entity) => Table {
  const known = new WeakMap<Entity, Table>()
  return (entity) => {
    let table = known.get(entity)
    if (!table) known.set(entity, (table = defineTable(dialect, entity, schema)))
    return table
  }
}

function defineTable(dialect: Dialect, entity: Entity, defaultSchema: string | undefined): Table {
  const schema = schemaName(entity) ?? defaultSchema ?? dialect.schema
  const name = tableName(dialect, entity)
  const columns = entity.properties.map((property) => defineColumn(dialect, property, entity))
  const byName = new Map(columns.map((column) => [column.property.name, column]))
  return Object.freeze({
    entity,
    ...(schema !== undefined && { schema }),
    name,
    sql: literal(schema === undefined ? dialect.quote(name) : `${dialect.quote(schema)}.${dialect.quote(name)}`),
    columns: Object.freeze(columns),
    byName,
    ids: Object.freeze(entity.ids.map((property) => byName.get(property.name)!)),
  })
}

function defineColumn(dialect: Dialect, property: EntityProperty, entity: Entity): Column {
  const name = columnName(dialect, property)
  return Object.freeze({
    property,
    name,
    quoted: dialect.quote(name),
    codec: dialect.codec(property, entity),
    nullable: property.id === undefined && !property.required,
  })
}
