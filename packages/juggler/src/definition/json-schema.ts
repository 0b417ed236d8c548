import type { ModelRuntime } from '../model/runtime'
import type { Codec } from './compiled'
import type { Kind } from './property-types'

export type JsonSchema = Readonly<Record<string, unknown>>

const types: Readonly<Record<Kind, JsonSchema>> = Object.freeze({
  string: { type: ['string', 'null'] },
  text: { type: ['string', 'null'] },
  dateString: { type: ['string', 'null'] },
  number: { type: ['number', 'null'] },
  integer: { type: ['integer', 'null'] },
  bigint: { type: ['string', 'null'], format: 'int64' },
  decimal: { type: ['string', 'null'], format: 'decimal' },
  boolean: { type: ['boolean', 'null'] },
  date: { type: ['string', 'null'], format: 'date-time' },
  dateOnly: { type: ['string', 'null'], format: 'date' },
  buffer: {},
  geopoint: { type: ['object', 'null'], properties: { lat: { type: 'number' }, lng: { type: 'number' } } },
  object: {},
  list: { type: ['array', 'null'] },
  any: {},
  model: {},
  custom: {},
})

/** Under this key a schema names what is not to be written, should a value have it; no document shows it. */
const kHidden = Symbol.for('@reloop/hidden')

/** JSON Schema of what a model's rows look like in a reply: hidden properties left out, everything nullable. */
export function jsonSchemaOf(model: ModelRuntime): JsonSchema {
  return schemaOf(model, new Set())
}

function schemaOf(model: ModelRuntime, above: Set<ModelRuntime>): JsonSchema {
  if (above.has(model)) return { type: ['object', 'null'], additionalProperties: true }
  const { compiled } = model
  const nested = above.size > 0
  const shown = compiled.properties.filter((property) => !property.hidden && !(nested && property.protected))
  const inside = new Set([...above, model])
  const hidden = compiled.properties.filter((property) => !shown.includes(property)).map(({ name }) => name)
  return Object.freeze({
    ...(hidden.length > 0 && { [kHidden]: Object.freeze(hidden) }),
    type: nested ? ['object', 'null'] : 'object',
    title: model.name,
    properties: Object.freeze(Object.fromEntries(shown.map((property) => [property.name, codecSchema(property, inside)]))),
    additionalProperties: compiled.open || compiled.strict === false,
  })
}

function codecSchema(codec: Codec, above: Set<ModelRuntime>): JsonSchema {
  if (codec.kind === 'model') {
    const model = codec.model?.()
    return model ? schemaOf(model, above) : {}
  }
  if (codec.kind === 'list' && codec.items) return { type: ['array', 'null'], items: codecSchema(codec.items, above) }
  return types[codec.kind]
}
