import type { Contract, ContractType, JsonSchema } from '@reloop/remoting'
import { componentNames } from './document'

/** Schemas of LoopBack's own type names. */
const builtIn: Readonly<Record<string, JsonSchema>> = {
  string: { type: 'string' },
  number: { type: 'number', format: 'double' },
  integer: { type: 'integer', format: 'int64' },
  boolean: { type: 'boolean' },
  date: { type: 'string', format: 'date-time' },
  datestring: { type: 'string', format: 'date' },
  buffer: { type: 'string', format: 'byte' },
  objectid: { type: 'string', pattern: '^[a-fA-F\\d]{24}$' },
  object: { type: 'object' },
  array: { type: 'array', items: {} },
  geopoint: { type: 'object', properties: { lat: { type: 'number' }, lng: { type: 'number' } }, required: ['lat', 'lng'] },
  any: {},
  file: { type: 'string', format: 'binary' },
  readablestream: { type: 'string' },
}

/** Writes types as schemas and remembers which models were named. */
export interface TypeWriter {
  schemaOf(type: ContractType): JsonSchema
  /** Whether a value of the type is written as JSON where text is needed: in a query, header or path. */
  isJson(type: ContractType): boolean
  /** A component name that no model has. */
  freeName(wanted: string): string
  /** Schemas of the models named so far and of the ones given, by component name, sorted. */
  components(more: Readonly<Record<string, JsonSchema>>): Readonly<Record<string, JsonSchema>>
}

/**
 * Makes a writer for one document.
 *
 * @param contract knows the models
 * @param prefix what references begin with, such as `#/definitions/`
 * @param adapt turns a JSON Schema into what the document's language has
 */
export function typeWriter(contract: Contract, prefix: string, adapt: (schema: JsonSchema) => JsonSchema): TypeWriter {
  const keys = componentNames(Object.keys(contract.types))
  const named = new Set<string>()

  const refTo = (name: string): JsonSchema => {
    named.add(name)
    return { $ref: `${prefix}${keys.get(name)!}` }
  }
  const one = (name: string): JsonSchema => {
    if (keys.has(name)) return refTo(name)
    const lower = name.toLowerCase()
    return adapt(Object.hasOwn(builtIn, lower) ? builtIn[lower]! : {})
  }
  const resolve = (schema: JsonSchema): JsonSchema =>
    mapSchema(schema, (inner) => {
      const { $ref } = inner
      if ($ref === undefined) return withoutReferences(inner)
      return typeof $ref === 'string' && keys.has($ref) ? refTo($ref) : {}
    })

  return {
    schemaOf: (type) => (typeof type === 'string' ? one(type) : { type: 'array', items: one(type[0]) }),
    isJson: (type) => typeof type !== 'string' || keys.has(type) || ['object', 'array', 'geopoint'].includes(type.toLowerCase()),
    freeName(wanted) {
      const taken = new Set(keys.values())
      let name = wanted
      while (taken.has(name)) name += '_'
      return name
    },
    components(more) {
      const done = new Map(Object.entries(more))
      // Schemas may name further models, which join the set while it is walked.
      for (const name of named) done.set(keys.get(name)!, adapt(resolve(contract.types[name]!)))
      return Object.fromEntries([...done].sort(([a], [b]) => (a < b ? -1 : 1)))
    },
  }
}

const maps = ['properties', 'patternProperties', '$defs', 'definitions', 'dependentSchemas']
const lists = ['anyOf', 'oneOf', 'allOf', 'prefixItems']
const singles = ['items', 'additionalProperties', 'not', 'if', 'then', 'else', 'contains', 'propertyNames']

/** Applies a change to a schema and, before, to all schemas in it. Data such as `default` and `enum` is not looked into. */
export function mapSchema(schema: JsonSchema, change: (schema: JsonSchema) => JsonSchema): JsonSchema {
  const inner = (value: unknown): unknown => (isSchema(value) ? mapSchema(value, change) : value)
  const copy = Object.entries(schema).map(([keyword, value]): [string, unknown] => {
    if (maps.includes(keyword) && isSchema(value)) {
      return [keyword, Object.fromEntries(Object.entries(value).map(([name, one]) => [name, inner(one)]))]
    }
    if (lists.includes(keyword) && Array.isArray(value)) return [keyword, value.map(inner)]
    return [keyword, singles.includes(keyword) ? inner(value) : value]
  })
  return change(Object.fromEntries(copy))
}

/** Data that holds a `$ref` would make readers of the document fetch what it names, so such a keyword is left out. */
function withoutReferences(schema: JsonSchema): JsonSchema {
  const data = ['default', 'const', 'enum', 'example', 'examples']
  return Object.fromEntries(Object.entries(schema).filter(([keyword, value]) => !data.includes(keyword) || !holdsReference(value)))
}

/** Whether a value holds a key `$ref`, at any depth. */
export function holdsReference(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false
  return Object.entries(value).some(([key, inner]) => key === '$ref' || holdsReference(inner))
}

function isSchema(value: unknown): value is JsonSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
