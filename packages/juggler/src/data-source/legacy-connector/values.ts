import type { Entity, EntityProperty, PropertyType, Row } from '@reloop/connector'
import type { PlainObject } from '../../value/plain'
import type { LegacyDefinition } from './definitions'

type Convert = (value: unknown) => unknown

/** Brings rows and values from our form to that of a connector of LoopBack, and back. */
export interface Values {
  readonly toStore: (row: Row) => PlainObject
  readonly fromStore: (row: Row) => Row
  readonly operand: (property: EntityProperty, value: unknown) => unknown
}

/**
 * Makes the conversions of one entity.
 *
 * @param entity whose rows
 * @param definition the types that the connector was told
 * @param relational whether objects and lists are handed over as JSON text, as LoopBack did for such stores
 */
export function valuesOf(entity: Entity, definition: LegacyDefinition, relational: boolean): Values {
  const writing = new Map<string, Convert>()
  const reading = new Map<string, Convert>()
  for (const property of entity.properties) {
    const { name } = property
    const write = writerOf(property, relational && isText(definition.properties[name]?.type))
    const read = readerOf(property)
    if (write) writing.set(name, write)
    if (read) reading.set(name, read)
  }
  return {
    toStore: (row) => convert(row, writing),
    fromStore: (row) => convert(row, reading),
    operand: (property, value) => (property.type === 'bigint' && value !== null ? String(value) : value),
  }
}

function convert(row: Row, converters: ReadonlyMap<string, Convert>): PlainObject {
  const converted: PlainObject = {}
  for (const key of Object.keys(row)) {
    const value = row[key]
    const change = value === null || value === undefined ? undefined : converters.get(key)
    if (value !== undefined && key !== '__proto__') converted[key] = change ? change(value) : value
  }
  return converted
}

/** Types whose values LoopBack handed to relational stores as JSON text. */
function isText(type: unknown): boolean {
  return Array.isArray(type) || type === Object || ['JSON', 'Any'].includes((type as { name?: string } | undefined)?.name ?? '')
}

function writerOf({ type, items }: EntityProperty, asText: boolean): Convert | undefined {
  if (type === 'bigint') return String
  if (type === 'list' && items === 'bigint')
    return (value) => finish((value as unknown[]).map((item) => (typeof item === 'bigint' ? String(item) : item)))
  return asText && (type === 'object' || type === 'list' || type === 'any') ? finish : undefined

  function finish(value: unknown): unknown {
    return asText ? JSON.stringify(value) : value
  }
}

/** Stores that know nothing but texts keep an empty one where a value is missing. */
const emptyIsNull: ReadonlySet<PropertyType> = new Set([
  'number',
  'integer',
  'bigint',
  'decimal',
  'boolean',
  'date',
  'dateOnly',
  'geopoint',
])

function readerOf(property: EntityProperty): Convert | undefined {
  const read = convertOf(property)
  return read && emptyIsNull.has(property.type) ? (value) => (value === '' ? null : read(value)) : read
}

function convertOf({ type, items }: EntityProperty): Convert | undefined {
  const item = type === 'list' && items ? readers[items] : undefined
  if (!item || items === 'object' || items === 'any' || items === 'geopoint') return readers[type]
  return (value) => {
    const list = parsed(value)
    return Array.isArray(list) ? list.map((one) => (one === null ? null : item(one))) : list
  }
}

const readers: Partial<Record<PropertyType, Convert>> = {
  string: (value) => (typeof value === 'string' ? value : String(value)),
  text: (value) => (typeof value === 'string' ? value : String(value)),
  number: (value) => (typeof value === 'number' ? value : Number(value)),
  integer: (value) => (typeof value === 'number' ? value : Number(value)),
  bigint: (value) => (typeof value === 'bigint' ? value : BigInt(value as string)),
  decimal: String,
  boolean: (value) => (typeof value === 'string' ? value === '1' || value === 'true' : Boolean(value)),
  date: (value) => (value instanceof Date ? value : new Date(value as string)),
  dateOnly: (value) => (value instanceof Date ? value.toISOString().slice(0, 10) : String(value)),
  buffer: (value) => (isJsonBuffer(value) ? Buffer.from(value.data) : value),
  geopoint: parsed,
  object: parsed,
  list: parsed,
  any: parsed,
}

/** JSON text becomes what it says; other text was written by somebody else, and stays. */
function parsed(value: unknown): unknown {
  if (typeof value !== 'string') return value
  try {
    return JSON.parse(value) as unknown
  } catch {
    return value
  }
}

function isJsonBuffer(value: unknown): value is { data: number[] } {
  return (
    typeof value === 'object' &&
    value !== null &&
    (value as { type?: unknown }).type === 'Buffer' &&
    Array.isArray((value as { data?: unknown }).data)
  )
}
