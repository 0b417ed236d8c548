import type { Entity, EntityProperty } from '@reloop/connector'
import { jsonReader, valuesOf, type Codec } from '@reloop/connector-sql'

/**
 * How values are stored. The forms are those of loopback-connector-sqlite3, so that its files can be read: dates as milliseconds, booleans as 0 and 1,
 * lists, objects and points as JSON.
 *
 * @param property of the entity
 * @param entity for messages
 */
export function codec(property: EntityProperty, entity: Entity): Codec {
  const values = valuesOf(entity, property)
  switch (property.type) {
    case 'string':
    case 'text':
      return { encode: values.text }
    case 'number':
    case 'integer':
      return { encode: values.number }
    case 'boolean':
      return { encode: (value) => (values.boolean(value) ? 1 : 0), decode: isYes }
    case 'date':
      return { encode: values.time, decode: (raw) => new Date(raw as number) }
    case 'dateOnly':
      return { encode: values.day }
    case 'bigint':
      return { encode: (value) => BigInt(values.bigint(value)), decode: String }
    case 'decimal':
      return { encode: values.decimal, decode: String }
    case 'buffer':
      return { encode: values.bytes, decode: (raw) => (Buffer.isBuffer(raw) ? raw : Buffer.from(String(raw))) }
    case 'geopoint':
      return { encode: (value) => JSON.stringify(values.point(value)), decode: jsonReader(property) }
    default:
      return { encode: values.json, decode: jsonReader(property) }
  }
}

/** loopback-connector-sqlite3 takes these for true. */
function isYes(raw: unknown): boolean {
  return raw === 1 || raw === '1' || raw === 't' || raw === 'T' || raw === 'y' || raw === 'Y'
}
