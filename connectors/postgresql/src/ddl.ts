import { errors, type EntityProperty } from '@reloop/connector'
import type { ActualColumn, Column, SchemaDialect } from '@reloop/connector-sql'
import { discovery } from './discovery'
import { quote } from './quote'

/** Types of columns. Lists and objects are jsonb; points are PostgreSQL's own, as LoopBack has them. */
const types: Readonly<Record<EntityProperty['type'], string>> = Object.freeze({
  string: 'text',
  text: 'text',
  number: 'double precision',
  integer: 'bigint',
  bigint: 'bigint',
  decimal: 'numeric',
  boolean: 'boolean',
  date: 'timestamp with time zone',
  dateOnly: 'date',
  buffer: 'bytea',
  geopoint: 'point',
  object: 'jsonb',
  list: 'jsonb',
  any: 'jsonb',
})

/** Types that can stand for each other: a model that only says `number` is content with any. */
const families: Readonly<Record<string, string>> = Object.freeze({
  smallint: 'number',
  integer: 'number',
  bigint: 'number',
  numeric: 'number',
  real: 'number',
  'double precision': 'number',
  text: 'text',
  'character varying': 'text',
  character: 'text',
  citext: 'text',
  uuid: 'text',
  name: 'text',
  json: 'json',
  jsonb: 'json',
  'timestamp with time zone': 'time',
  'timestamp without time zone': 'time',
  date: 'time',
})

/** How PostgreSQL makes and changes tables. */
export const ddl = Object.freeze<SchemaDialect>({
  type,
  generated: (property) => {
    const kind = stated(property)?.toLowerCase() ?? type(property)
    if (kind === 'integer' || kind === 'int4') return { definition: 'serial', key: false }
    if (kind === 'bigint' || kind === 'int8') return { definition: 'bigserial', key: false }
    if (kind === 'uuid') return { definition: `uuid not null default ${uuidFunction(property)}()`, key: false }
    return kind === 'text' || kind.startsWith('varchar')
      ? { definition: `${kind} not null default gen_random_uuid()::text`, key: false }
      : undefined
  },
  default: ({ storeDefault }) => defaultOf(storeDefault),
  fits,
  index: (keys) => {
    const [first] = keys
    if (first?.column.property.type === 'geopoint') return `using gist (${first.column.quoted})`
    if (first && isJson(first.column)) return `using gin (${first.column.quoted})`
    return `(${keys.map(({ column, direction }) => `${column.quoted} ${direction === 'ASC' ? (column.nullable ? 'asc nulls first' : 'asc') : column.nullable ? 'desc nulls last' : 'desc'}`).join(', ')})`
  },
  foreignKeysInside: false,
  prepare: (tables) => {
    const schemas = new Set(tables.flatMap(({ schema }) => (schema === undefined || schema === 'public' ? [] : [schema])))
    const extensions = new Set(tables.flatMap(({ columns }) => columns.flatMap(({ property }) => extensionOf(property))))
    return [
      ...[...schemas].map((name) => `create schema if not exists ${quote(name)}`),
      ...[...extensions].map((name) => `create extension if not exists ${quote(name)}`),
    ]
  },
  drop: (table) => `drop table if exists ${table.sql.text[0]!} cascade`,
  alter: (table, { missing, retyped, renulled }, define) => {
    const changes = [
      ...missing.map((column) => `add column ${define(column)}`),
      ...retyped.map(({ quoted, property }) => `alter column ${quoted} type ${type(property)} using ${quoted}::${type(property)}`),
      ...renulled.map(({ quoted, nullable }) => `alter column ${quoted} ${nullable ? 'drop' : 'set'} not null`),
    ]
    return changes.length ? [`alter table ${table.sql.text[0]!} ${changes.join(', ')}`] : []
  },
  nameLength: 63,
  discovery,
})

function type(property: EntityProperty): string {
  const named = stated(property)
  if (named !== undefined) return named
  if (property.id !== undefined && (property.type === 'number' || property.type === 'integer')) return 'integer'
  if (property.type === 'string' && property.length !== undefined) return `varchar(${Number(property.length)})`
  if (property.type === 'decimal' && property.precision !== undefined)
    return `numeric(${Number(property.precision)}, ${Number(property.scale ?? 0)})`
  return types[property.type]
}

/** The type that the property states in its own block, with its size. */
function stated({ name, native }: EntityProperty): string | undefined {
  const { dataType, dataLength, dataPrecision, dataScale } = native
  if (typeof dataType !== 'string') return undefined
  const size =
    dataPrecision !== undefined
      ? [dataPrecision, ...(dataScale === undefined ? [] : [dataScale])]
      : dataLength === undefined
        ? []
        : [dataLength]
  const text = size.length && !dataType.includes('(') ? `${dataType}(${size.map(Number).join(', ')})` : dataType
  // Types come from the program's own settings, but they are text in SQL.
  if (/^[a-z_][\w ."]*(\(\s*\d+\s*(,\s*\d+\s*)?\))?( with(out)? time zone)?(\s*\[\])*$/i.test(text)) return text
  throw errors.CONNECTOR_SETTINGS_INVALID({ connector: 'postgresql', problem: `dataType "${text}" of property ${name} is no type` })
}

function uuidFunction({ native }: EntityProperty): string {
  const given = native.defaultFn
  return typeof given === 'string' && /^[a-z_]\w*$/i.test(given) ? given : 'gen_random_uuid'
}

function extensionOf({ native }: EntityProperty): readonly string[] {
  if (typeof native.extension === 'string') return [native.extension]
  return native.defaultFn === 'uuid_generate_v4' ? ['uuid-ossp'] : []
}

/** LoopBack's `dbDefault` is SQL of the program's own; other values are written as literals. */
function defaultOf(value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined
  if (typeof value === 'string') return value
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  return `'${JSON.stringify(value).replaceAll("'", "''")}'`
}

function fits(property: EntityProperty, { type: actual }: ActualColumn): boolean {
  const wanted = canonical(type(property))
  if (wanted === actual || wanted.replace(/\(.*\)/, '') === actual) return true
  if (stated(property) !== undefined) return false
  const family = families[wanted.replace(/\(.*\)/, '')]
  return family !== undefined && family === families[actual.replace(/\(.*\)/, '')] && !isNarrower(wanted, actual)
}

const shortNames: Readonly<Record<string, string>> = {
  varchar: 'character varying',
  char: 'character',
  int: 'integer',
  int2: 'smallint',
  int4: 'integer',
  int8: 'bigint',
  float4: 'real',
  float8: 'double precision',
  bool: 'boolean',
  decimal: 'numeric',
  timestamptz: 'timestamp with time zone',
  timestamp: 'timestamp without time zone',
  serial: 'integer',
  bigserial: 'bigint',
}

/** The name that PostgreSQL itself writes. */
function canonical(text: string): string {
  const [, name = '', size = '', rest = ''] = /^([^(]*?)\s*(\([^)]*\))?((?:\s*\[\])*)$/.exec(text.toLowerCase()) ?? []
  return `${shortNames[name] ?? name}${size.replaceAll(' ', '')}${rest.trim()}`
}

/** Text of a stated length does not do with a column that is shorter. */
function isNarrower(wanted: string, actual: string): boolean {
  const length = (text: string) => Number(/\((\d+)/.exec(text)?.[1] ?? Infinity)
  return wanted.startsWith('character') && length(actual) < length(wanted)
}

function isJson({ property }: Column): boolean {
  return type(property) === 'jsonb'
}
