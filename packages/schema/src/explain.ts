import { nearest } from '@reloop/errors'
import type { ErrorObject } from 'ajv'
import { found, join, type Problem } from './problem'

type Params = Record<string, unknown>

/** What each keyword expects, to be read after the key path. Others are told in Ajv's words. */
const expectations: Readonly<Record<string, (error: ErrorObject, params: Params) => string>> = {
  type: (error, { type }) => expected(list(type), error),
  typeof: (error) => expected(list(error.schema), error),
  enum: (error, { allowedValues }) => expected(`one of ${values(allowedValues as unknown[])}`, error),
  const: (error, { allowedValue }) => expected(values([allowedValue]), error),
  format: (error, { format }) => expected(`a string of format ${String(format)}`, error),
  pattern: (error, { pattern }) => expected(`a string like ${String(pattern)}`, error),
  minimum: (error, { limit }) => expected(`at least ${String(limit)}`, error),
  exclusiveMinimum: (error, { limit }) => expected(`more than ${String(limit)}`, error),
  maximum: (error, { limit }) => expected(`at most ${String(limit)}`, error),
  exclusiveMaximum: (error, { limit }) => expected(`less than ${String(limit)}`, error),
  multipleOf: (error, { multipleOf }) => expected(`a multiple of ${String(multipleOf)}`, error),
  minLength: (error, { limit }) => expected(`at least ${String(limit)} characters`, error),
  maxLength: (error, { limit }) => expected(`at most ${String(limit)} characters`, error),
  minItems: (error, { limit }) => expected(`at least ${String(limit)} items`, error),
  maxItems: (error, { limit }) => expected(`at most ${String(limit)} items`, error),
  minProperties: (error, { limit }) => expected(`at least ${String(limit)} keys`, error),
  maxProperties: (error, { limit }) => expected(`at most ${String(limit)} keys`, error),
  uniqueItems: (_, { i, j }) => `must not hold the same item twice (items ${String(j)} and ${String(i)})`,
  not: (error) => `must not be ${found(error.data, pathOf(error))}`,
}

/** Tells an error of Ajv as a problem. */
export function explain(error: ErrorObject): Problem {
  const at = pathOf(error)
  const params = error.params as Params
  const unknown = params.additionalProperty ?? params.unevaluatedProperty
  if (typeof unknown === 'string') {
    const known = Object.keys((error.parentSchema?.properties as object | undefined) ?? {})
    return { at: join(at, unknown), problem: 'is an unknown key', ...near(unknown, known) }
  }
  if (error.keyword === 'propertyNames') return { at: join(at, String(params.propertyName)), problem: 'is a name that is not allowed' }
  // The object around the value is ours, see ajv.ts.
  if (error.schemaPath === '#/required') return { at, problem: 'is missing' }
  const missing = params.missingProperty
  if (error.keyword === 'required' && typeof missing === 'string') return { at: join(at, missing), problem: 'is missing' }
  const problem = expectations[error.keyword]?.(error, params) ?? String(error.message)
  return { at, problem, ...(error.keyword === 'enum' ? near(error.data, params.allowedValues as unknown[]) : {}) }
}

/** The key path of an error: from `/pool/max` to `pool.max`. */
export function pathOf(error: ErrorObject): string {
  const keys = error.instancePath.split('/').slice(1)
  return keys.reduce((at, key) => join(at, key.replaceAll('~1', '/').replaceAll('~0', '~')), '')
}

function near(given: unknown, known: readonly unknown[]): { nearest?: string } {
  if (typeof given !== 'string') return {}
  const name = nearest(
    given,
    known.filter((other): other is string => typeof other === 'string'),
  )
  return name === undefined ? {} : { nearest: name }
}

function expected(what: string, error: ErrorObject): string {
  return `must be ${what}, not ${found(error.data, pathOf(error))}`
}

function list(types: unknown): string {
  const names = (Array.isArray(types) ? types : String(types).split(',')).map(String)
  return names.join(' or ')
}

function values(allowed: readonly unknown[]): string {
  return allowed.map((value) => JSON.stringify(value)).join(', ')
}
