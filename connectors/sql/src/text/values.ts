import { types } from 'node:util'
import { earthPoint, errors, type EarthPoint, type Entity, type EntityProperty } from '@reloop/connector'

/** Reads values of JavaScript as the types of properties, and refuses what is none. All throw VALUE_INVALID, naming the property. */
export interface Values {
  /** A finite number, also out of decimal text. */
  readonly number: (value: unknown) => number
  /** An integer of any length, as digits. */
  readonly bigint: (value: unknown) => string
  /** A decimal number of any length, as digits. */
  readonly decimal: (value: unknown) => string
  readonly boolean: (value: unknown) => boolean
  /** Milliseconds of a date, also out of ISO text. */
  readonly time: (value: unknown) => number
  /** `YYYY-MM-DD`, also out of a date. */
  readonly day: (value: unknown) => string
  readonly text: (value: unknown) => string
  readonly bytes: (value: unknown) => Buffer
  readonly point: (value: unknown) => EarthPoint
  /** Text of JSON. */
  readonly json: (value: unknown) => string
}

/**
 * Readers for values of one property.
 *
 * @param entity of the property, for messages
 * @param property for messages
 * @example valuesOf(entity, property).number('12') // 12
 */
export function valuesOf(entity: Pick<Entity, 'name'>, property: Pick<EntityProperty, 'name'>): Values {
  const refuse = (expected: string): never => {
    throw errors.VALUE_INVALID({ model: entity.name, property: property.name, expected })
  }
  const digits = (form: RegExp, expected: string) => (value: unknown) => {
    const text = typeof value === 'number' && Number.isFinite(value) ? plainDigits(value) : String(value)
    return form.test(text) ? text : refuse(expected)
  }
  return Object.freeze({
    number: (value) => {
      if (typeof value === 'number' && Number.isFinite(value)) return value
      const number = isNumeral(value) ? Number(value) : NaN
      return Number.isFinite(number) ? number : refuse('a number')
    },
    bigint: digits(/^-?\d+$/, 'an integer'),
    decimal: digits(/^-?\d+(\.\d+)?$/, 'a decimal number'),
    boolean: (value) => (typeof value === 'boolean' ? value : refuse('true or false')),
    time: (value) => {
      const time = types.isDate(value) ? value.getTime() : typeof value === 'number' ? value : Date.parse(String(value))
      return Number.isFinite(time) ? time : refuse('a date')
    },
    day: (value) => {
      const text = types.isDate(value) && !Number.isNaN(value.getTime()) ? value.toISOString() : String(value)
      return /^\d{4}-\d\d-\d\d/.test(text) ? text.slice(0, 10) : refuse('a day as YYYY-MM-DD')
    },
    text: (value) => {
      if (typeof value === 'string') return value
      if (types.isDate(value)) return value.toISOString()
      return typeof value === 'object' || typeof value === 'function' || typeof value === 'symbol' ? refuse('text') : String(value)
    },
    bytes: (value) => {
      if (Buffer.isBuffer(value)) return value
      if (types.isUint8Array(value)) return Buffer.from(value.buffer, value.byteOffset, value.byteLength)
      return typeof value === 'string' ? Buffer.from(value) : refuse('bytes')
    },
    point: (value) => earthPoint(value) ?? refuse('a point with lat and lng'),
    json: (value) => jsonOf(value) ?? refuse('a value that JSON knows'),
  } satisfies Values)
}

/** Undefined for what JSON does not know: functions, bigints, circles. */
function jsonOf(value: unknown): string | undefined {
  try {
    return JSON.stringify(value)
  } catch {
    return undefined
  }
}

/** Decimal text or a bigint; no hexadecimal, nothing empty. */
function isNumeral(value: unknown): boolean {
  return typeof value === 'bigint' || (typeof value === 'string' && /^\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*$/i.test(value))
}

/** A number without an exponent. */
function plainDigits(value: number): string {
  const text = String(value)
  const [, sign = '', whole = '', part = '', exponent] = /^(-?)(\d+)(?:\.(\d+))?e([+-]\d+)$/.exec(text) ?? []
  if (exponent === undefined) return text
  const shift = Number(exponent)
  if (shift > 0) return `${sign}${whole}${part.padEnd(shift, '0')}`
  return `${sign}0.${'0'.repeat(-shift - 1)}${whole}${part}`
}

/**
 * The way back from JSON: dates in lists of dates are dates again.
 *
 * @param property a list, an object or anything
 */
export function jsonReader(property: Pick<EntityProperty, 'type' | 'items'>): (raw: unknown) => unknown {
  const read = (raw: unknown): unknown => (typeof raw === 'string' ? (JSON.parse(raw) as unknown) : raw)
  if (property.type !== 'list' || property.items !== 'date') return read
  return (raw) => {
    const list = read(raw)
    return Array.isArray(list) ? list.map((item: unknown) => (typeof item === 'string' ? new Date(item) : item)) : list
  }
}
