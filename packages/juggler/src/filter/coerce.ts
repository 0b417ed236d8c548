import type { Operator, Pattern } from '@reloop/connector'
import type { JugglerFlags } from '../compat'
import { readAs } from '../definition/codecs'
import type { Codec } from '../definition/compiled'
import { errors } from '../errors'
import { metersPer, GeoPoint, type PointLike } from '../value/geo-point'
import { isPlainObject, type PlainObject } from '../value/plain'
import type { Walk } from './walk'

/** The condition whose operand gets its type. */
export interface Condition {
  readonly property: string
  readonly codec?: Codec
  readonly flags: JugglerFlags
  readonly walk: Walk
  /** The object in which the operator stands: `options`, `maxDistance` and `unit` are beside it. */
  readonly beside: PlainObject
}

/** The clause that is told is the whole one, with its operator. */
const invalid = (condition: Condition, _value: unknown, problem: string) =>
  errors.CLAUSE_INVALID({ property: condition.property, value: condition.beside, problem })

/** Gives the operand of an operator the type of its property, in a new value. */
export function coerceOperand(op: Operator, value: unknown, condition: Condition): unknown {
  switch (op) {
    case 'between':
      return pair(value, condition)
    case 'inq':
    case 'nin':
    case 'containsAny':
    case 'containedBy':
      return listOf(value, condition)
    case 'contains':
      return condition.codec?.kind === 'list' ? listOf(Array.isArray(value) ? value : [value], condition) : text(value, condition)
    case 'like':
    case 'nlike':
    case 'ilike':
    case 'nilike':
    case 'startsWith':
    case 'endsWith':
      return text(value, condition)
    case 'regexp':
      return patternOf(value, condition)
    case 'exists':
      return exists(value, condition)
    case 'near':
      return near(value, condition)
    default:
      return one(value, condition)
  }
}

/** One value in the type of its property. */
export function one(value: unknown, condition: Condition): unknown {
  if (value === null) return null
  if (typeof value === 'string') bounded(value, condition)
  const codec = condition.codec
  if (!codec) return untyped(value, condition)
  if (codec.kind === 'list')
    return Array.isArray(value)
      ? value.map((item) => one(item, { ...condition, codec: codec.items }))
      : one(value, { ...condition, codec: codec.items })
  if (codec.kind === 'model' || codec.kind === 'object' || codec.kind === 'any' || codec.kind === 'custom') return untyped(value, condition)
  if (codec.kind === 'geopoint') return pointOf(value, condition)
  const typed = readAs(codec.kind)(value)
  if (typed !== undefined) return typed
  if (condition.flags.refuseBadValues || codec.kind === 'date') throw invalid(condition, value, `${codec.problem(value) ?? 'is not valid'}`)
  return typeof value === 'object' ? String(value) : value
}

/** A value of a property without a type: scalars only, so that no object is ever spliced into a query. */
function untyped(value: unknown, condition: Condition): unknown {
  if (typeof value !== 'object' || value instanceof Date || Buffer.isBuffer(value)) return value
  if (Array.isArray(value)) return value.map((item) => one(item, condition))
  if (!isPlainObject(value)) return typeof (value as object).toString === 'function' ? String(value) : value
  throw invalid(condition, value, 'Expected a value or an operator')
}

function bounded(value: string, { walk, property }: Condition): string {
  if (value.length > walk.limits.string)
    throw errors.QUERY_STRING_TOO_LONG({ property, limit: walk.limits.string, setting: 'limits.filter.string' })
  return value
}

/** A real array, or in old profiles an object with the keys 0 … n-1. */
export function arrayOf(value: unknown, flags: JugglerFlags): unknown[] | undefined {
  if (Array.isArray(value)) return value as unknown[]
  if (flags.refuseBadValues || !isPlainObject(value)) return undefined
  const keys = Object.keys(value)
  return keys.every((key, index) => key === String(index)) ? Object.values(value) : undefined
}

function listOf(value: unknown, condition: Condition): unknown[] {
  const list = arrayOf(value, condition.flags)
  if (!list) throw invalid(condition, value, 'Expected an array')
  const limit = condition.walk.limits.list
  if (list.length > limit) throw errors.QUERY_LIST_TOO_LONG({ property: condition.property, limit })
  const element = condition.codec?.kind === 'list' ? { ...condition, codec: condition.codec.items } : condition
  return list.map((item) => {
    if (Array.isArray(item) || isPlainObject(item)) throw invalid(condition, value, 'Expected a list of values')
    return item === undefined ? null : one(item, element)
  })
}

function pair(value: unknown, condition: Condition): unknown[] {
  const list = arrayOf(value, condition.flags)
  if (!list) throw invalid(condition, value, 'Expected an array')
  if (list.length !== 2) throw invalid(condition, value, `Expected precisely 2 values, received ${list.length}`)
  const [low, high] = list.map((item) => (item === undefined ? null : one(item, condition)))
  return [low, high]
}

function text(value: unknown, condition: Condition): string {
  if (typeof value !== 'string') throw invalid(condition, value, 'Expected a string or RegExp')
  return bounded(value, condition)
}

function exists(value: unknown, condition: Condition): boolean {
  if (typeof value === 'boolean') return value
  if (value === 'true' || value === 'false') return value === 'true'
  throw invalid(condition, value, 'Expected true or false')
}

function pointOf(value: unknown, condition: Condition): { lat: number; lng: number } {
  try {
    const point = value instanceof GeoPoint ? value : new GeoPoint(value as PointLike)
    return { lat: point.lat, lng: point.lng }
  } catch (cause) {
    throw invalid(condition, value, cause instanceof Error ? cause.message : 'is not a point')
  }
}

function near(value: unknown, condition: Condition): unknown {
  const unit = condition.beside.unit ?? 'miles'
  const meters = typeof unit === 'string' ? metersPer(unit) : undefined
  if (meters === undefined) throw invalid(condition, unit, 'Expected a unit of miles, kilometers, meters, feet, radians or degrees')
  const distance = (name: 'maxDistance' | 'minDistance') => {
    const given = condition.beside[name]
    if (given === undefined || given === null) return {}
    const number = Number(given)
    if (!Number.isFinite(number) || number < 0) throw invalid(condition, given, `Expected ${name} to be a number`)
    return { [name]: number * meters }
  }
  return { ...pointOf(value, condition), ...distance('maxDistance'), ...distance('minDistance') }
}

const slashed = /^\/(.+)\/([a-z]*)$/s

/** A pattern from a RegExp, a text, or a text of the form `/source/flags`. */
function patternOf(value: unknown, condition: Condition): Pattern {
  if (value instanceof RegExp) return compiled(value.source, value.flags, condition)
  if (typeof value !== 'string')
    throw errors.REGEXP_INVALID({ problem: 'Invalid argument, must be a string, regex literal, or RegExp object' })
  const literal = slashed.exec(value)
  const beside = typeof condition.beside.options === 'string' ? condition.beside.options : ''
  return literal ? compiled(literal[1]!, literal[2]! + beside, condition) : compiled(value, beside, condition)
}

function compiled(source: string, given: string, { walk, property }: Condition): Pattern {
  const flags = [...new Set(given)].filter((flag) => flag !== 'g').join('')
  if (/[^ims]/.test(flags)) throw errors.REGEXP_INVALID({ problem: `Invalid regex flags: ${given}` })
  if (source.length > walk.limits.regexp)
    throw errors.QUERY_STRING_TOO_LONG({ property, limit: walk.limits.regexp, setting: 'limits.filter.regexp' })
  try {
    new RegExp(source, flags)
  } catch {
    throw errors.REGEXP_INVALID({ problem: `The regular expression of the ${property} property is not valid` })
  }
  return { source, flags }
}
