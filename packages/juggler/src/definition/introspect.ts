import { GeoPoint } from '../value/geo-point'
import { isPlainObject } from '../value/plain'

/** The type that a sample value shows, in the form that `define` takes. */
export function introspect(value: unknown): unknown {
  if (value === null || value === undefined) return 'Any'
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return typeof value
  if (value instanceof Date) return 'date'
  if (value instanceof GeoPoint) return 'GeoPoint'
  if (Buffer.isBuffer(value)) return 'Buffer'
  if (typeof value === 'function') return value.name
  if (Array.isArray(value)) {
    const sample: unknown = value.find((item) => item !== null && item !== undefined)
    return sample === undefined ? 'array' : [introspect(sample)]
  }
  if (!isPlainObject(value)) return value.constructor.name
  const entries = Object.entries(value)
  return entries.length === 0 ? 'object' : Object.fromEntries(entries.map(([key, item]) => [key, introspect(item)]))
}
