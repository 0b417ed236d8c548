import type { PropertyType } from '@reloop/connector'
import { types } from 'node:util'

/** What stands for a value in a Map: equal values have equal hashes. */
export type Hash = string | number | boolean | bigint | null

/**
 * The hash of a value: numbers, texts and booleans are their own, null and undefined are null,
 * and everything else is a text that begins with NUL and a letter for its kind.
 */
export function hash(value: unknown): Hash {
  if (typeof value === 'number') return value
  if (typeof value === 'string') return value.charCodeAt(0) === 0 ? `\0s${value}` : value
  if (value === null || value === undefined) return null
  if (typeof value === 'boolean') return value
  if (typeof value === 'bigint') return BigInt(Number(value)) === value ? Number(value) : value
  if (types.isDate(value)) return `\0d${value.getTime()}`
  if (ArrayBuffer.isView(value)) return `\0b${Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('latin1')}`
  const plain = plainOf(value)
  return plain === value ? `\0o${canonical(value)}` : hash(plain)
}

/** The hash of several hashes together; of one, itself. */
export function hashAll(hashes: readonly Hash[]): Hash {
  return hashes.length === 1 ? hashes[0]! : `\0c${canonical(hashes)}`
}

/** The hash that fits the equality of a type: numbers that may be texts have that of the number, texts that are dates that of the date. */
export function hasherOf(type: PropertyType): (value: unknown) => Hash {
  if (type === 'bigint' || type === 'decimal') return hashNumber
  return type === 'date' ? hashDate : hash
}

/** Whether all values equal to the given one, as conditions see it, have its hash. */
export function isTold(type: PropertyType, value: unknown): boolean {
  switch (type) {
    case 'object':
    case 'list':
    case 'geopoint':
      return value === null || value === undefined
    case 'date':
      return typeof value !== 'object' || value === null || types.isDate(value)
    case 'buffer':
      return typeof value !== 'object' || value === null || ArrayBuffer.isView(value)
    case 'any':
      return typeof value === 'number' || typeof value === 'boolean' || (typeof value === 'string' && !isoDate.test(value))
    default:
      return typeof value !== 'object' || value === null
  }
}

const isoDate = /^\d{4}-\d\d-\d\d(T|$)/
const decimal = /^([+-]?)0*(\d*)(?:\.(\d*?)0*)?$/

function hashDate(value: unknown): Hash {
  return typeof value === 'string' ? hash(new Date(value)) : hash(value)
}

function hashNumber(value: unknown): Hash {
  const text = typeof value === 'number' && !Number.isInteger(value) ? textOf(value) : value
  const parts = typeof text === 'string' && text !== '' ? decimal.exec(text) : null
  if (!parts) return hash(value)
  const [, sign, whole = '', part = ''] = parts
  if (part !== '') return `\0n${sign === '-' ? '-' : ''}${whole}.${part}`
  return hash(BigInt(`${sign === '-' && whole !== '' ? '-' : ''}${whole || '0'}`))
}

function textOf(value: number): string {
  const text = String(value)
  return text.includes('e') ? value.toFixed(20) : text
}

/** Ids such as ObjectID equal their text. */
function plainOf(value: unknown): unknown {
  const toJSON = (value as { toJSON?: unknown }).toJSON
  return typeof toJSON === 'function' ? (toJSON.call(value) as unknown) : value
}

/** Equal texts for equal values, whatever the order of keys. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`
  if (typeof value !== 'object' || value === null || types.isDate(value) || ArrayBuffer.isView(value)) {
    const own = hash(value)
    return typeof own === 'string' ? JSON.stringify(own) : typeof own === 'bigint' ? `${own}n` : String(own)
  }
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${canonical(item)}`).join()}}`
}
