import { deserialize, serialize } from 'node:v8'

/** A value that nobody else can change: each reader gets a copy of its own. Dates, buffers, maps, sets and cycles keep what they are. */
export type KeptValue = () => unknown

/**
 * Keeps a value by structured clone.
 *
 * @throws DataCloneError for what has no content to copy, such as functions
 */
export function keepValue(value: unknown): KeptValue {
  if (typeof value !== 'object' && typeof value !== 'function' && typeof value !== 'symbol') return () => value
  if (value === null) return () => null
  const bytes = serialize(value)
  return (): unknown => deserialize(bytes)
}
