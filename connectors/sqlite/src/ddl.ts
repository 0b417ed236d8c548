import { errors, type EntityProperty } from '@reloop/connector'
import type { ActualColumn, SchemaDialect } from '@reloop/connector-sql'
import { discovery } from './discovery'

/**
 * Names of types. SQLite derives an affinity from parts of a name: what must stay text has TEXT in it, and none has INT that is no integer.
 * Beyond that the names only tell what a column is for.
 */
const types: Readonly<Record<EntityProperty['type'], string>> = Object.freeze({
  string: 'TEXT',
  text: 'TEXT',
  number: 'REAL',
  integer: 'INTEGER',
  bigint: 'BIGINT',
  decimal: 'DECIMAL_TEXT',
  boolean: 'BOOLEAN',
  date: 'DATETIME',
  dateOnly: 'DATE',
  buffer: 'BLOB',
  geopoint: 'GEO_TEXT',
  object: 'JSON_TEXT',
  list: 'JSON_TEXT',
  any: 'JSON_TEXT',
})

/** How SQLite makes and changes tables. */
export const ddl = Object.freeze<SchemaDialect>({
  type,
  // Without AUTOINCREMENT the id of a removed row is made again.
  generated: ({ type: kind }) =>
    kind === 'number' || kind === 'integer' ? { definition: 'INTEGER PRIMARY KEY AUTOINCREMENT', key: true } : undefined,
  default: ({ storeDefault, type: kind }) =>
    storeDefault === undefined || storeDefault === null ? undefined : defaultOf(storeDefault, kind),
  fits: (property, actual) => affinity(type(property)) === affinity(actual.type) || bothNumbers(property, actual),
  index: (keys) => `(${keys.map(({ column, direction }) => indexed(column.quoted, column.property, direction)).join(', ')})`,
  foreignKeysInside: true,
  prepare: () => [],
  drop: (table) => `drop table if exists ${table.sql.text[0]!}`,
  // SQLite adds columns and changes nothing else.
  alter: (table, { missing, retyped, renulled, foreignKeys }, define) => {
    const simple =
      missing.every(({ nullable, property }) => nullable && !property.unique) && retyped.length + renulled.length + foreignKeys.length === 0
    return simple ? missing.map((column) => `alter table ${table.sql.text[0]!} add column ${define(column)}`) : undefined
  },
  nameLength: 1000,
  discovery,
})

function type(property: EntityProperty): string {
  const stated = property.native.dataType
  if (typeof stated === 'string') {
    const length = property.native.dataLength
    return checked(property, typeof length === 'number' || typeof length === 'string' ? `${stated}(${length})` : stated)
  }
  if (property.id !== undefined && property.type === 'number') return 'INTEGER'
  return property.type === 'string' && property.length !== undefined ? `VARCHAR(${Number(property.length)})` : types[property.type]
}

/** Types come from the program's own settings, but they are text in SQL. */
function checked(property: EntityProperty, text: string): string {
  if (/^[a-z_][\w ]*(\(\s*\d+\s*(,\s*\d+\s*)?\))?$/i.test(text)) return text
  throw errors.CONNECTOR_SETTINGS_INVALID({ connector: 'sqlite', problem: `dataType "${text}" of property ${property.name} is no type` })
}

function defaultOf(value: unknown, kind: EntityProperty['type']): string {
  if (kind === 'date' && (value === 'now' || value === 'CURRENT_TIMESTAMP'))
    return "(cast((julianday('now') - 2440587.5) * 86400000 as integer))"
  if (kind === 'date') return String(new Date(value as string).getTime())
  if (typeof value === 'number') return String(value)
  if (typeof value === 'boolean') return value ? '1' : '0'
  return `'${(typeof value === 'string' ? value : JSON.stringify(value)).replaceAll("'", "''")}'`
}

/** The rules by which SQLite reads the name of a type. */
function affinity(name: string): string {
  const text = name.toUpperCase()
  if (text.includes('INT')) return 'INTEGER'
  if (/CHAR|CLOB|TEXT/.test(text)) return 'TEXT'
  if (text.includes('BLOB') || text === '') return 'BLOB'
  return /REAL|FLOA|DOUB/.test(text) ? 'REAL' : 'NUMERIC'
}

/** loopback-connector-sqlite3 has INTEGER for booleans and dates; any number does for any number unless a type is stated. */
function bothNumbers(property: EntityProperty, actual: ActualColumn): boolean {
  const numeric = ['INTEGER', 'REAL', 'NUMERIC']
  return property.native.dataType === undefined && numeric.includes(affinity(type(property))) && numeric.includes(affinity(actual.type))
}

/** A point is indexed by its coordinates, as `near` asks for them. */
function indexed(quoted: string, property: EntityProperty, direction: 'ASC' | 'DESC'): string {
  if (property.type !== 'geopoint') return `${quoted}${direction === 'DESC' ? ' desc' : ''}`
  return `json_extract(${quoted}, '$.lat'), json_extract(${quoted}, '$.lng')`
}
