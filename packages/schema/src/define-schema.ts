import type { ErrorObject, ValidateFunction } from 'ajv'
import { compile } from './ajv'
import { collect } from './collect'
import { copyPlain, freezePlain } from './copy'
import { errors } from './errors'
import type { Problem } from './problem'

/** A JSON Schema, draft 2020-12. One keyword more: `typeof: 'function'` for settings that JSON cannot hold. */
export type JsonSchema = Readonly<Record<string, unknown>>

/** How a schema is applied. */
export interface SchemaOptions {
  /** Turn text into numbers and booleans where the schema wants those, as values of environment variables need. @default false */
  readonly coerce?: boolean
}

/** Where a value stands, for messages. */
export interface Place {
  /** Name of the file. */
  readonly file?: string
  /** Key path inside of it, such as `db` or `models.Note`. */
  readonly at?: string
}

/** A schema that values can be checked against. */
export interface Schema<T> {
  readonly jsonSchema: JsonSchema
  /**
   * Checks a value and fills in defaults; the value given is not touched.
   *
   * A text with `${NAME}` in it is taken for any type and kept: its value is not known yet.
   *
   * @param value anything; functions and instances of classes in it are handed through
   * @param place where it stands, for messages
   * @returns a frozen copy with defaults
   * @throws CodedError SCHEMA_INVALID that lists all problems; `details` holds them one by one
   */
  check(value: unknown, place?: Place): T
}

/**
 * Declares what settings or a JSON file may hold; the schema is compiled when the first value is checked.
 *
 * Keys `__proto__`, `constructor` and `prototype` are refused at any depth.
 *
 * @param jsonSchema the schema; say `additionalProperties: false` to have mistyped keys reported with the nearest known one
 * @param options whether text is coerced
 * @throws Error (on first use) when the schema itself is not valid
 * @example
 * const settings = defineSchema<{ port: number }>({
 *   type: 'object', properties: { port: { type: 'integer', default: 3000 } }, additionalProperties: false,
 * })
 * settings.check({ prot: 80 }, { file: 'config.json' })
 * // SCHEMA_INVALID: config.json is not valid: prot is an unknown key; did you mean "port"?
 */
export function defineSchema<T = Readonly<Record<string, unknown>>>(jsonSchema: JsonSchema, options: SchemaOptions = {}): Schema<T> {
  let validate: ValidateFunction | undefined
  return Object.freeze({
    jsonSchema,
    check(value: unknown, place: Place = {}): T {
      const problems: Problem[] = []
      const copy = { value: copyPlain(value, problems) }
      validate ??= compile(jsonSchema, options.coerce === true)
      // Wrapped, so that a coerced or defaulted top-level value has a parent to be written to.
      if (!validate(copy)) problems.push(...collect(unwrapped(validate.errors ?? [])))
      if (problems.length > 0) throw invalid(problems, place)
      return freezePlain(copy.value) as T
    },
  })
}

/**
 * Refuses forbidden keys in a value that has no schema and freezes a copy of it.
 *
 * @throws CodedError SCHEMA_INVALID
 */
export function checkPlain(value: unknown, place: Place): unknown {
  const problems: Problem[] = []
  const copy = copyPlain(value, problems)
  if (problems.length > 0) throw invalid(problems, place)
  return freezePlain(copy)
}

function unwrapped(found: readonly ErrorObject[]): readonly ErrorObject[] {
  return found.map((error) => ({ ...error, instancePath: error.instancePath.replace(/^\/value/, '') }))
}

function invalid(problems: readonly Problem[], { file, at }: Place): Error {
  const placed = at === undefined ? problems : problems.map((problem) => ({ ...problem, at: under(at, problem.at) }))
  return errors.SCHEMA_INVALID({ what: file ?? at ?? 'The value', problems: placed }, { details: { file, problems: placed } })
}

function under(at: string, inner: string): string {
  return inner === '' || inner.startsWith('[') ? `${at}${inner}` : `${at}.${inner}`
}
