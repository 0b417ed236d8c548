import type { JsonSchema } from '../contract/contract'
import { quote, writeDate, writeValue } from './write'

/** Writes a value as JSON text; undefined where JSON has no text for it. */
export type Serializer = (value: unknown) => string | undefined

type Kind = 'number' | 'string' | 'boolean' | 'date' | 'object' | 'list' | 'any'

/**
 * Compiles a serializer for values of a schema. What it writes is what `JSON.stringify` writes, faster where a value has the
 * declared shape: nothing is converted, no null, date, or property that the schema does not know is lost.
 *
 * @param schema JSON Schema of the values
 * @example compileSerializer({ type: 'object', properties: { id: { type: 'number' } } })({ id: 1, more: null }) // '{"id":1,"more":null}'
 */
export function compileSerializer(schema: JsonSchema): Serializer {
  const parts: string[] = []
  const main = writerOf(schema, parts)
  if (main === 'writeValue') return writeValue
  const source = `'use strict'\n${parts.join('\n')}\nreturn ${main}`
  // The text is made of numbers, names of ours and strings written by JSON.stringify.
  // eslint-disable-next-line @typescript-eslint/no-implied-eval -- the one place where code is made
  const make = new Function('quote', 'writeValue', 'writeDate', 'isPlain', source) as (...tools: unknown[]) => Serializer
  return make(quote, writeValue, writeDate, isPlain)
}

/** The serializer of a list of what another one writes. */
export function listSerializer(item: Serializer): Serializer {
  return (value) => {
    if (!Array.isArray(value)) return writeValue(value)
    let text = '['
    for (let index = 0; index < value.length; index++) text += (index === 0 ? '' : ',') + (item(value[index]) ?? 'null')
    return `${text}]`
  }
}

/** The name of the function that writes values of a schema; functions that must be made are added to `parts`. */
function writerOf(schema: JsonSchema, parts: string[]): string {
  switch (kindOf(schema)) {
    case 'number':
      return add(parts, (name) => `function ${name}(v) { return typeof v === 'number' && v - v === 0 ? '' + v : writeValue(v) }`)
    case 'string':
      return add(parts, (name) => `function ${name}(v) { return typeof v === 'string' ? quote(v) : writeValue(v) }`)
    case 'boolean':
      return add(parts, (name) => `function ${name}(v) { return v === true ? 'true' : v === false ? 'false' : writeValue(v) }`)
    case 'date':
      return 'writeDate'
    case 'object':
      return objectWriter(schema, parts)
    case 'list':
      return listWriter(schema.items as JsonSchema, parts)
    default:
      return 'writeValue'
  }
}

function kindOf(schema: JsonSchema): Kind {
  if (schema.anyOf || schema.oneOf || schema.allOf || schema.$ref) return 'any'
  const types = (Array.isArray(schema.type) ? schema.type : [schema.type]).filter((type) => type !== 'null') as unknown[]
  if (types.length !== 1) return 'any'
  const [type] = types
  if (type === 'object') return isRecord(schema.properties) ? 'object' : 'any'
  if (type === 'array') return isRecord(schema.items) ? 'list' : 'any'
  if (type === 'string') return schema.format === 'date-time' || schema.format === 'date' ? 'date' : 'string'
  return type === 'number' || type === 'integer' ? 'number' : type === 'boolean' ? 'boolean' : 'any'
}

function listWriter(items: JsonSchema, parts: string[]): string {
  const item = writerOf(items, parts)
  return add(
    parts,
    (name) => `function ${name}(list) {
  if (!Array.isArray(list)) return writeValue(list)
  let text = '['
  for (let i = 0; i < list.length; i++) { const part = ${item}(list[i]); text += (i === 0 ? '' : ',') + (part === undefined ? 'null' : part) }
  return text + ']'
}`,
  )
}

/** Names of properties that are not written, should a plain object have them: those that a model hides. */
const kHidden = Symbol.for('@reloop/hidden')

/** Known properties one by one, then, where it has more, what else the object has; anything but a plain object is left to JSON.stringify. */
function objectWriter(schema: JsonSchema & { readonly [kHidden]?: readonly string[] }, parts: string[]): string {
  const properties = schema.properties as Readonly<Record<string, JsonSchema>>
  const names = Object.keys(properties)
  const passed = [...names, ...(schema[kHidden] ?? [])]
  const lines = names.map((property) => {
    const key = JSON.stringify(property)
    const label = JSON.stringify(`${key}:`)
    return `  v = row[${key}]; if (v !== undefined) { count++; part = ${writerOf(properties[property]!, parts)}(v); if (part !== undefined) { text += comma + ${label} + part; comma = ',' } }`
  })
  // What every object inherits could be taken for a property of the row.
  const counted = names.every((property) => !(property in Object.prototype))
  const known = `known${parts.length}`
  parts.push(`const ${known} = new Set(${JSON.stringify(passed)})`)
  return add(
    parts,
    (name) => `function ${name}(row) {
  if (!isPlain(row)) { if (row !== null && typeof row === 'object' && typeof row.toJSON === 'function') { row = row.toJSON() } if (!isPlain(row)) return writeValue(row) }
  let text = '{', comma = '', count = 0, v, part
${lines.join('\n')}
${counted ? '  for (const key in row) count--\n  if (count < 0)' : ''}  for (const key in row) if (!${known}.has(key)) { part = writeValue(row[key]); if (part !== undefined) { text += comma + quote(key) + ':' + part; comma = ',' } }
  return text + '}'
}`,
  )
}

function add(parts: string[], source: (name: string) => string): string {
  const name = `write${parts.length}`
  parts.push(source(name))
  return name
}

function isPlain(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false
  const prototype = Object.getPrototypeOf(value) as unknown
  return (prototype === Object.prototype || prototype === null) && typeof (value as { toJSON?: unknown }).toJSON !== 'function'
}

function isRecord(value: unknown): value is Readonly<Record<string, JsonSchema>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
