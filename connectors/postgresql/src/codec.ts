import type { EarthPoint, Entity, EntityProperty } from '@reloop/connector'
import { jsonReader, valuesOf, type Codec } from '@reloop/connector-sql'
import { readTime } from './time'

/**
 * How values travel: as text, read here by the type of the property and not by that of the column, so that each is read once.
 *
 * @param property of the entity
 * @param entity for messages
 */
export function codec(property: EntityProperty, entity: Entity): Codec {
  const values = valuesOf(entity, property)
  switch (property.type) {
    case 'number':
    case 'integer':
      return { encode: values.number, decode: Number }
    case 'boolean':
      return { encode: values.boolean, decode: isYes }
    case 'date':
      return { encode: (value) => new Date(values.time(value)).toISOString(), decode: readTime }
    case 'dateOnly':
      return { encode: values.day }
    case 'bigint':
      return { encode: values.bigint }
    case 'decimal':
      return { encode: values.decimal }
    case 'buffer':
      return { encode: values.bytes, decode: bytesOf }
    case 'geopoint':
      return { encode: (value) => pointText(values.point(value)), decode: pointOf }
    case 'object':
    case 'any':
      return { encode: values.json, decode: jsonReader(property) }
    case 'list':
      return isArrayColumn(property) ? { encode: (value) => value } : { encode: values.json, decode: jsonReader(property) }
    default:
      return { encode: values.text }
  }
}

/** Whether a list is kept in a column of PostgreSQL's own arrays, as `dataType: 'varchar[]'` says. */
export function isArrayColumn({ native }: Pick<EntityProperty, 'native'>): boolean {
  return typeof native.dataType === 'string' && native.dataType.trim().endsWith(']')
}

function isYes(raw: unknown): boolean {
  return raw === 't' || raw === true || raw === 'true' || raw === '1' || raw === 'Y' || raw === 'y'
}

/** `\x` and two digits for each byte. */
function bytesOf(raw: unknown): Buffer {
  const text = String(raw)
  return text.startsWith('\\x') ? Buffer.from(text.slice(2), 'hex') : Buffer.from(text)
}

/** LoopBack keeps the longitude first. */
export function pointText({ lat, lng }: EarthPoint): string {
  return `(${lng},${lat})`
}

function pointOf(raw: unknown): unknown {
  const [, lng, lat] = /^\(([^,]+),([^)]+)\)$/.exec(String(raw)) ?? []
  return lng === undefined ? null : { lat: Number(lat), lng: Number(lng) }
}
