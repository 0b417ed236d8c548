import type { Row } from '@reloop/connector'
import type { Codec } from '../definition/compiled'
import { isPlainObject, type PlainObject } from '../value/plain'
import type { ModelRuntime } from './runtime'

/** From a stored row to its form in a reply. */
export type Wire = (row: Row) => Row

/** The function that makes replies of rows; undefined when a row is its own reply. */
export function wireOf(model: ModelRuntime, nested = false, above: ReadonlySet<ModelRuntime> = new Set()): Wire | undefined {
  const { hidden, protectedNames, properties } = model.compiled
  const withheld = new Set([...hidden, ...(nested ? protectedNames : [])])
  const inside = new Set([...above, model])
  const changed = new Map<string, (value: unknown) => unknown>()
  for (const property of properties) {
    const change = withheld.has(property.name) ? undefined : changeOf(property, inside)
    if (change) changed.set(property.name, change)
  }
  if (withheld.size === 0 && changed.size === 0) return undefined
  return (row) => {
    const shown: PlainObject = {}
    for (const key in row) {
      if (withheld.has(key)) continue
      const value = row[key]
      const change = changed.get(key)
      shown[key] = change && value !== null && value !== undefined ? change(value) : value
    }
    return shown
  }
}

function changeOf(codec: Codec, above: ReadonlySet<ModelRuntime>): ((value: unknown) => unknown) | undefined {
  if (codec.wire) return codec.wire
  if (codec.kind === 'model') {
    const model = codec.model?.()
    const wire = model && !above.has(model) ? wireOf(model, true, above) : undefined
    return wire && ((value) => (isPlainObject(value) ? wire(value) : value))
  }
  const item = codec.kind === 'list' && codec.items ? changeOf(codec.items, above) : undefined
  return (
    item &&
    ((value) => (Array.isArray(value) ? value.map((one) => (one === null || one === undefined ? (one as unknown) : item(one))) : value))
  )
}
