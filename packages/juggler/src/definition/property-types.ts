import type { PropertyType } from '@reloop/connector'
import { GeoPoint } from '../value/geo-point'
import { Any, DateOnly, DateString, Decimal, Integer, Json, Text } from '../value/markers'

/** What a property holds: the store's types, and those that only the model knows. */
export type Kind = PropertyType | 'dateString' | 'model' | 'custom'

const kinds = new Map<unknown, Kind>([
  [String, 'string'],
  [Text, 'text'],
  [Number, 'number'],
  [Integer, 'integer'],
  [BigInt, 'bigint'],
  [Decimal, 'decimal'],
  [Boolean, 'boolean'],
  [Date, 'date'],
  [DateString, 'dateString'],
  [DateOnly, 'dateOnly'],
  [Buffer, 'buffer'],
  [GeoPoint, 'geopoint'],
  [Object, 'object'],
  [Json, 'object'],
  [JSON, 'object'],
  [Array, 'list'],
  [Any, 'any'],
  [Symbol, 'any'],
])

/** The kind that a built-in type stands for, or undefined when it is none. */
export function kindOf(type: unknown): Kind | undefined {
  return kinds.get(type)
}

/** Names of built-in types, lower-cased. */
export const builtInTypes: ReadonlyMap<string, unknown> = new Map<string, unknown>([
  ['string', String],
  ['text', Text],
  ['number', Number],
  ['integer', Integer],
  ['bigint', BigInt],
  ['decimal', Decimal],
  ['boolean', Boolean],
  ['date', Date],
  ['datestring', DateString],
  ['dateonly', DateOnly],
  ['buffer', Buffer],
  ['binary', Buffer],
  ['geopoint', GeoPoint],
  ['object', Object],
  ['json', Json],
  ['array', Array],
  ['any', Any],
])

/** Name of a type as LoopBack writes it in JSON. */
export function typeName(type: unknown): string {
  if (Array.isArray(type)) return 'Array'
  const named = type as { modelName?: string; name?: string } | null | undefined
  return named?.modelName ?? named?.name ?? String(type)
}
