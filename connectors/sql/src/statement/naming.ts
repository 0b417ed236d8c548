import type { Entity, EntityProperty } from '@reloop/connector'
import type { Dialect } from '../dialect'

/**
 * Name of a model's table: the one that the model states, else the dialect's form of the model's name.
 *
 * @example tableName(postgresql, defineEntity({ name: 'OrderLine', … })) // 'orderline'
 */
export function tableName(dialect: Pick<Dialect, 'dbName'>, entity: Entity): string {
  return (
    text(entity.native.table) ??
    text(entity.native.tableName) ??
    (entity.table === entity.name ? dialect.dbName(entity.name) : entity.table)
  )
}

/** Schema that the model states, if it does. */
export function schemaName(entity: Entity): string | undefined {
  return entity.schema ?? text(entity.native.schema) ?? text(entity.native.schemaName)
}

/** Name of a property's column: the one that the property states, else the dialect's form of its name. */
export function columnName(dialect: Pick<Dialect, 'dbName'>, property: EntityProperty): string {
  const { native, column, name } = property
  const stated = text(native.column) ?? text(native.columnName) ?? text(native.field) ?? text(native.fieldName)
  return stated ?? (column === name ? dialect.dbName(name) : column)
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}
