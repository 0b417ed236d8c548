import type { JsonSchema } from '@reloop/remoting'
import { mapSchema } from './types'

/** The keywords that Swagger 2.0 has, besides its own. */
const known = new Set(
  (
    '$ref title description type format default enum multipleOf maximum exclusiveMaximum minimum exclusiveMinimum maxLength minLength pattern ' +
    'maxItems minItems uniqueItems maxProperties minProperties required properties additionalProperties items allOf readOnly example'
  ).split(' '),
)

/** A JSON Schema in the smaller language of Swagger 2.0: what it cannot say is left out, so that a document never says more than holds. */
export function toSwaggerSchema(schema: JsonSchema): JsonSchema {
  return mapSchema(mapSchema(schema, choice), (given) => {
    const { type, ...rest } = given
    const kinds = [type].flat().filter((kind) => kind !== undefined && kind !== 'null')
    const kept = Object.entries(rest).filter(([keyword, value]) => known.has(keyword) && !isNewer(keyword, value))
    return {
      ...(kinds.length === 1 ? { type: kinds[0] } : {}),
      ...Object.fromEntries(kept),
      ...(kinds.length === 1 && kinds[0] === 'array' && rest.items === undefined ? { items: {} } : {}),
    }
  })
}

/** The one branch of a choice that is not null, merged into its schema. */
function choice(schema: JsonSchema): JsonSchema {
  const { anyOf, oneOf, const: only, ...rest } = schema
  if (only !== undefined) return { ...rest, enum: [only] }
  const branches = ((anyOf ?? oneOf ?? []) as readonly JsonSchema[]).filter((branch) => branch.type !== 'null')
  return branches.length === 1 ? { ...rest, ...branches[0] } : rest
}

/** Bounds that are numbers and `additionalProperties` of 2020-12 mean something else, or nothing, in 2.0. */
function isNewer(keyword: string, value: unknown): boolean {
  if (keyword === 'exclusiveMaximum' || keyword === 'exclusiveMinimum') return typeof value !== 'boolean'
  return keyword === 'required' && Array.isArray(value) && value.length === 0
}
