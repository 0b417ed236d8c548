import { types } from 'node:util'

/**
 * Whether two values are equal as stores see it: null equals undefined, dates by time, buffers by bytes, objects and lists by content,
 * ids that are objects by what they are in JSON. A number never equals a text.
 *
 * @example sameValue(new Date(0), new Date(0)) // true
 */
export function sameValue(a: unknown, b: unknown): boolean {
  if (a === b) return true
  if (a === null || a === undefined) return b === null || b === undefined
  if (b === null || b === undefined) return false
  if (typeof a !== 'object' && typeof b !== 'object') return sameScalar(a, b)
  return sameObject(a, b)
}

function sameScalar(a: unknown, b: unknown): boolean {
  if (typeof a === typeof b) return false
  return isNumeric(a) && isNumeric(b) && a >= b && a <= b
}

function sameObject(a: unknown, b: unknown): boolean {
  if (types.isDate(a) || types.isDate(b)) return timeOf(a) === timeOf(b)
  if (ArrayBuffer.isView(a) || ArrayBuffer.isView(b)) return isBytes(a) && isBytes(b) && Buffer.compare(a, b) === 0
  if (Array.isArray(a) || Array.isArray(b)) return sameList(a, b)
  const [left, right] = [plain(a), plain(b)]
  if (typeof left !== 'object' || typeof right !== 'object' || left === null || right === null) return left === right
  return sameFields(left as Fields, right as Fields)
}

function sameList(a: unknown, b: unknown): boolean {
  return Array.isArray(a) && Array.isArray(b) && a.length === b.length && a.every((item, index) => sameValue(item, b[index]))
}

type Fields = Record<string, unknown>

function sameFields(a: Fields, b: Fields): boolean {
  const keys = Object.keys(a).filter((key) => a[key] !== undefined)
  if (keys.length !== Object.keys(b).filter((key) => b[key] !== undefined).length) return false
  return keys.every((key) => Object.hasOwn(b, key) && sameValue(a[key], b[key]))
}

/** Ids such as ObjectID equal their text. */
function plain(value: unknown): unknown {
  const toJSON = (value as { toJSON?: unknown } | null)?.toJSON
  return typeof toJSON === 'function' ? (toJSON.call(value) as unknown) : value
}

function isBytes(value: unknown): value is Uint8Array {
  return value instanceof Uint8Array || Buffer.isBuffer(value)
}

/** Whether a value is a number, of either kind. */
export function isNumeric(value: unknown): value is number | bigint {
  return typeof value === 'number' || typeof value === 'bigint'
}

const isoDate = /^\d{4}-\d\d-\d\d(T|$)/

/**
 * Milliseconds of a date, or of a text that is one (dates inside JSON come back as text); NaN for anything else.
 *
 * @example timeOf('1970-01-01T00:00:00.000Z') // 0
 */
export function timeOf(value: unknown): number {
  if (value instanceof Date || types.isDate(value)) return value.getTime()
  return typeof value === 'string' && isoDate.test(value) ? Date.parse(value) : NaN
}
