import type { JugglerFlags } from '../compat'
import { errors } from '../errors'
import { GeoPoint, type PointLike } from '../value/geo-point'
import { clonePlain, isPlainObject } from '../value/plain'
import type { Codec } from './compiled'
import type { Kind } from './property-types'

type Scalar = Pick<Codec, 'assign' | 'problem'>

const same = <T>(value: T): T => value
const fine = () => undefined
const decimalForm = /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i
const dayForm = /^\d{4}-\d{2}-\d{2}$/

/** A number that a value stands for without doubt, or undefined. */
function numberOf(value: unknown): number | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined
  if (typeof value === 'boolean' || value instanceof Date) return numberOf(Number(value))
  if (typeof value === 'bigint' || value instanceof Number) return numberOf(Number(value))
  if (typeof value !== 'string' || !decimalForm.test(value.trim())) return undefined
  return numberOf(Number(value))
}

/** LoopBack's table of truth: 'true' and '1', 'false' and '0', else what JavaScript says. */
function booleanOf(value: unknown): boolean {
  if (value === 'true' || value === '1') return true
  if (value === 'false' || value === '0') return false
  return Boolean(value instanceof Boolean ? value.valueOf() : value)
}

/** A date that a value stands for, or undefined. */
function dateOf(value: unknown): Date | undefined {
  if (typeof value === 'string' && decimalForm.test(value) && value.length > 4) return dateOf(Number(value))
  if (typeof value !== 'string' && typeof value !== 'number' && !(value instanceof Date)) return undefined
  const date = value instanceof Date ? value : new Date(value)
  return Number.isNaN(date.getTime()) ? undefined : date
}

/** A text that a value stands for, or undefined: arrays and plain objects stand for none. */
function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value
  if (Array.isArray(value) || isPlainObject(value) || typeof value === 'function' || typeof value === 'symbol') return undefined
  if (value instanceof Date) return value.toISOString()
  return String(value)
}

function digits(value: unknown): string | undefined {
  if (typeof value === 'bigint') return String(value)
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : undefined
  return typeof value === 'string' && decimalForm.test(value.trim()) ? value.trim() : undefined
}

function whole(value: unknown): bigint | undefined {
  if (typeof value === 'bigint') return value
  if (typeof value === 'number') return Number.isSafeInteger(value) ? BigInt(value) : undefined
  return typeof value === 'string' && /^[-+]?\d+$/.test(value.trim()) ? BigInt(value.trim()) : undefined
}

function dayOf(value: unknown): string | undefined {
  if (typeof value === 'string' && dayForm.test(value)) return dateOf(value) && value
  return dateOf(value)?.toISOString().slice(0, 10)
}

function bufferOf(value: unknown): Buffer | undefined {
  if (Buffer.isBuffer(value)) return value
  if (value instanceof Uint8Array) return Buffer.from(value)
  if (typeof value === 'string') return Buffer.from(value)
  const data: unknown = isPlainObject(value) && value.type === 'Buffer' ? value.data : value
  return Array.isArray(data) && data.every((byte) => Number.isInteger(byte)) ? Buffer.from(data as number[]) : undefined
}

function pointOf(value: unknown): GeoPoint | undefined {
  if (value instanceof GeoPoint) return value
  try {
    return new GeoPoint(value as PointLike)
  } catch {
    return undefined
  }
}

/** What a value of each kind becomes, or undefined when it can not be of that kind. */
const readers: Partial<Record<Kind, (value: unknown) => unknown>> = {
  string: textOf,
  text: textOf,
  dateString: textOf,
  number: numberOf,
  integer: (value) => {
    const number = numberOf(value)
    return Number.isInteger(number) ? number : undefined
  },
  bigint: whole,
  decimal: digits,
  boolean: booleanOf,
  date: dateOf,
  dateOnly: dayOf,
  buffer: bufferOf,
  geopoint: pointOf,
}

/** Reads a value as one kind; undefined means that it can not be. Kinds without a form of their own take anything. */
export function readAs(kind: Kind): (value: unknown) => unknown {
  return readers[kind] ?? same
}

const expectations: Partial<Record<Kind, string>> = {
  string: 'is not a string',
  text: 'is not a string',
  dateString: 'is not a string',
  number: 'is not a number',
  integer: 'is not an integer',
  bigint: 'is not an integer',
  decimal: 'is not a decimal number',
  date: 'is not a valid date',
  dateOnly: 'is not a valid date',
  buffer: 'is not binary data',
  geopoint: 'is not a valid GeoPoint',
}

/** How an assigned value gets its type where invalid values are kept for validation to find. */
function keeping(kind: Kind): Scalar {
  const read = readAs(kind)
  const expected = expectations[kind]
  if (!expected) return { assign: read, problem: fine }
  return {
    assign: (value) => {
      const typed = read(value)
      return typed === undefined ? value : typed
    },
    problem: (value) => (read(value) === undefined ? expected : undefined),
  }
}

/** How LoopBack converted: NaN for what is no number, a throw for what is no date. */
function converting(kind: Kind, flags: JugglerFlags): Scalar {
  if (kind === 'string' || kind === 'text') return { assign: String, problem: fine }
  if (kind === 'number') return { assign: (value) => Number(value), problem: fine }
  if (kind === 'boolean') return { assign: booleanOf, problem: fine }
  if (kind === 'date') return flags.keepInvalidDates ? { assign: newDate, problem: dateProblem } : { assign: dateOrThrow, problem: fine }
  if (kind === 'geopoint')
    return { assign: (value) => (value instanceof GeoPoint ? value : new GeoPoint(value as PointLike)), problem: fine }
  return keeping(kind)
}

function newDate(value: unknown): Date {
  return new Date(value as string)
}

function dateProblem(value: unknown): string | undefined {
  return value instanceof Date && Number.isNaN(value.getTime()) ? expectations.date : undefined
}

function dateOrThrow(value: unknown): Date {
  const date = newDate(value)
  if (Number.isNaN(date.getTime())) throw errors.DATE_INVALID({ value })
  return date
}

const copies: Partial<Record<Kind, Pick<Codec, 'complex' | 'hydrate' | 'store'>>> = {
  date: {
    complex: true,
    hydrate: (value) => new Date(value as Date),
    store: (value) => (value instanceof Date ? new Date(value) : value),
  },
  buffer: { complex: true, hydrate: (value) => Buffer.from(value as Uint8Array), store: (value) => value },
  geopoint: {
    complex: true,
    hydrate: (value) => pointOf(value) ?? value,
    store: (value) => (value instanceof GeoPoint ? { lat: value.lat, lng: value.lng } : value),
  },
  object: { complex: true, hydrate: clonePlain, store: plainOf },
  any: { complex: true, hydrate: clonePlain, store: plainOf },
  list: { complex: true, hydrate: clonePlain, store: plainOf },
}

/** A copy for the store of whatever an object property holds: instances and lists as plain data. */
export function plainOf(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  const toObject = (value as { toObject?: (onlySchema?: boolean) => unknown }).toObject
  if (typeof toObject === 'function') return plainOf(toObject.call(value, false))
  if (value instanceof GeoPoint) return { lat: value.lat, lng: value.lng }
  if (Array.isArray(value)) return Array.from(value, plainOf)
  if (!isPlainObject(value)) return clonePlain(value)
  const copy: Record<string, unknown> = {}
  for (const key of Object.keys(value)) if (key !== '__proto__' && value[key] !== undefined) copy[key] = plainOf(value[key])
  return copy
}

const simple = { complex: false, hydrate: same, store: same } as const

/** The codec of a kind that is neither a list nor a model. */
export function scalarCodec(kind: Kind, flags: JugglerFlags): Codec {
  const scalar = flags.keepInvalid ? keeping(kind) : converting(kind, flags)
  const copy = copies[kind] ?? simple
  return Object.freeze({ kind, ...scalar, ...copy, ...(kind === 'bigint' ? { wire: String } : {}) })
}
