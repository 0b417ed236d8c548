import { cleanBody } from '../http/poison'
import { defaultLimits } from '../limits'

/** Returned, not thrown, by a rule whose value does not fit: what to tell the client. */
export class Unfit {
  readonly problem: string
  /** Whether LoopBack found it only at the call, and therefore names the argument. */
  readonly late: boolean

  constructor(problem: string, late = false) {
    this.problem = problem
    this.late = late
  }
}

/** How one type reads a value. */
export interface TypeRule {
  /** A single value: lists and objects in its place may be refused. */
  readonly scalar: boolean
  /** From text: query, path, headers, forms. Gives the value, undefined for a missing one, or an `Unfit`. */
  readonly sloppy: (value: unknown) => unknown
  /** From JSON. Gives the value or an `Unfit`. */
  readonly typed: (value: unknown) => unknown
}

/** A rule that reads text first and then treats what it read like JSON; undefined means that nothing was sent. */
export function rule(scalar: boolean, read: (value: unknown) => unknown, typed: (value: unknown) => unknown): TypeRule {
  const sloppy = (value: unknown) => {
    const found = read(value)
    return found === undefined ? undefined : typed(found)
  }
  return { scalar, sloppy, typed }
}

const notString = new Unfit('Value is not a string.')
const notNumber = new Unfit('Value is not a number.')
const notInteger = new Unfit('Value is not a safe integer.')
const notBoolean = new Unfit('Value is not a boolean.')
const notDate = new Unfit('Value is not a valid date.')
const noDate = new Unfit('Value is not a valid date.', true)
const notObject = new Unfit('Value is not an object.')
const notObjects = new Unfit('Some of array items are not an object.')

const decimal = /^-?(?:0|[1-9]\d*)(?:\.\d+)?$|^-?\.\d+$/
const numeral = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i
const integral = /^-?\d+$/

/** Guesses what text means: numbers within the safe range, true, false, null, JSON. */
const any = rule(
  false,
  (value) => (typeof value === 'string' ? guess(value) : value),
  (value) => value,
)

function guess(text: string): unknown {
  if (text === '') return undefined
  const first = text.charCodeAt(0)
  if (first === 0x7b || first === 0x5b) return parsed(text) ?? text
  if (decimal.test(text)) {
    const number = Number(text)
    return Number.isSafeInteger(Math.trunc(number)) ? number : text
  }
  if (text.length > 5) return text
  const lower = text.toLowerCase()
  return lower === 'true' ? true : lower === 'false' ? false : text === 'null' ? null : text
}

const string = rule(
  true,
  (value) => (value === '' ? undefined : value === null || value === undefined ? value : String(value)),
  (value) => (typeof value === 'string' ? value : notString),
)

/** Numbers from any text that JavaScript takes for one (3.x). */
const looseNumber = (value: unknown) => (value === '' || value === undefined ? undefined : Number(value))

/** Numbers from decimal text only: neither blanks nor hexadecimal, never infinite. */
const strictNumber = (value: unknown) => {
  if (value === '' || value === undefined) return undefined
  if (typeof value === 'number') return value
  return typeof value === 'string' && numeral.test(value) ? Number(value) : NaN
}

const isNumber = (value: unknown) => (typeof value === 'number' && !Number.isNaN(value) ? value : notNumber)
const isFiniteNumber = (value: unknown) => (typeof value === 'number' && Number.isFinite(value) ? value : notNumber)
const isInteger = (value: unknown) => (Number.isSafeInteger(value) ? value : isNumber(value) === notNumber ? notNumber : notInteger)

const boolean = rule(
  true,
  (value) => {
    if (value === '') return undefined
    if (typeof value !== 'string') return value
    const lower = value.toLowerCase()
    return lower === 'true' || lower === '1' ? true : lower === 'false' || lower === '0' ? false : value
  },
  (value) => (typeof value === 'boolean' ? value : notBoolean),
)

const date = rule(
  true,
  (value) => {
    const text = Array.isArray(value) && value.length === 1 ? (value[0] as unknown) : value
    if (text === '' || text === undefined) return undefined
    return typeof text === 'string' && integral.test(text) ? Number(text) : text
  },
  (value) => {
    if (value instanceof Date) return Number.isNaN(value.getTime()) ? noDate : value
    if (typeof value !== 'string' && typeof value !== 'number') return notDate
    const made = new Date(value)
    return Number.isNaN(made.getTime()) ? noDate : made
  },
)

const fromJsonText = (value: unknown): unknown => {
  if (value === '') return undefined
  if (typeof value !== 'string') return value
  if (value === 'null') return null
  return parsed(value) ?? value
}

const isObject = (value: unknown) => typeof value === 'object' && !Array.isArray(value) && !(value instanceof Date)

/** An object; null is one. */
const object = rule(false, fromJsonText, (value) => (isObject(value) ? value : notObject))

/** An object, or a list of them. */
export const objectOrList = rule(false, fromJsonText, (value) =>
  !Array.isArray(value) ? object.typed(value) : value.every(isObject) ? value : notObjects,
)

const geopoint = rule(
  false,
  (value) => {
    const given = typeof value === 'string' && /^[^[{]*,/.test(value) ? value.split(',') : fromJsonText(value)
    if (Array.isArray(given)) return given.map(Number)
    if (given === null || typeof given !== 'object' || !('lat' in given && 'lng' in given)) return given
    return { ...given, lat: Number(given.lat), lng: Number(given.lng) }
  },
  (value) => (value === null ? null : pointOf(typeof value === 'string' && value.includes(',') ? value.split(',').map(Number) : value)),
)

/** A place on earth, or LoopBack's words for why it is none. */
function pointOf(given: unknown): unknown {
  if (typeof given === 'string') return new Unfit('must provide a "lat,lng" string when creating a GeoPoint with string')
  if (typeof given !== 'object') return new Unfit('must provide valid geo-coordinates array [lat, lng] or object or a "lat, lng" string')
  if (Array.isArray(given)) {
    if (given.length !== 2) return new Unfit('must provide valid geo-cordinates array [lat, lng]')
    return checkedPoint({ lat: given[0] as unknown, lng: given[1] as unknown })
  }
  const point = given as { lat?: unknown; lng?: unknown }
  if (point.lat === undefined || point.lng === undefined) return new Unfit('must provide a lat and lng object when creating a GeoPoint')
  return checkedPoint(point)
}

function checkedPoint(point: { readonly lat?: unknown; readonly lng?: unknown }): unknown {
  for (const [name, bound] of [
    ['lng', 180],
    ['lat', 90],
  ] as const) {
    const degrees = point[name]
    if (typeof degrees !== 'number' || Number.isNaN(degrees)) continue
    if (degrees > bound) return new Unfit(`${name} must be <= ${bound}`)
    if (degrees < -bound) return new Unfit(`${name} must be >= -${bound}`)
  }
  for (const name of ['lat', 'lng'] as const) {
    const degrees = point[name]
    if (typeof degrees !== 'number' || Number.isNaN(degrees)) return new Unfit(`${name} must be a number when creating a GeoPoint`)
  }
  return point
}

/**
 * Text that looks like a JSON object or list, parsed; undefined when it is none.
 *
 * @throws what `cleanBody` throws for keys that could reach a prototype and for nesting over the bound
 */
export function parsed(text: string): unknown {
  const ends = text.trim()
  const looks = (ends.startsWith('{') && ends.endsWith('}')) || (ends.startsWith('[') && ends.endsWith(']'))
  if (!looks) return undefined
  let value: unknown
  try {
    value = JSON.parse(ends)
  } catch {
    return undefined
  }
  return cleanBody(value, defaultLimits.body.depth)
}

/**
 * The rules of the built-in types by name.
 *
 * @param strict numbers are read from decimal text only and must be finite
 */
export function builtInRules(strict: boolean): ReadonlyMap<string, TypeRule> {
  const read = strict ? strictNumber : looseNumber
  return new Map<string, TypeRule>([
    ['any', any],
    ['string', string],
    ['number', rule(true, read, strict ? isFiniteNumber : isNumber)],
    ['integer', rule(true, read, isInteger)],
    ['boolean', boolean],
    ['date', date],
    ['object', object],
    ['geopoint', geopoint],
    ['buffer', any],
  ])
}
