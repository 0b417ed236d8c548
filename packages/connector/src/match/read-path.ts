import type { Row } from '../connector'
import type { Path } from '../query/ast'

/**
 * A member of an object, if it is its own: nothing inherited, no length of a text.
 *
 * @example ownValue({ a: 1 }, 'a') // 1
 */
function ownValue(value: unknown, key: string): unknown {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return undefined
  return Object.hasOwn(value, key) ? (value as Record<string, unknown>)[key] : undefined
}

/**
 * Whether a value at a path passes a test; on the way through lists, any element's.
 *
 * @param row where to start
 * @param path parts
 * @param test asked for values that are neither null nor undefined
 * @example anyValueAt({ items: [{ sku: 'a' }] }, ['items', 'sku'], (sku) => sku === 'a') // true
 */
export function anyValueAt(row: Row, path: Path, test: (value: unknown) => boolean): boolean {
  return descend(row, { path, test }, 0)
}

function descend(from: unknown, goal: { readonly path: Path; readonly test: (value: unknown) => boolean }, start: number): boolean {
  let value = from
  for (let index = start; index < goal.path.length; index++) {
    if (Array.isArray(value)) return value.some((item) => descend(item, goal, index))
    value = ownValue(value, goal.path[index]!)
    if (value === undefined || value === null) return false
  }
  return goal.test(value)
}

/**
 * The first value at a path that is not null, or undefined.
 *
 * @example firstValueAt({ items: [{}, { sku: 'a' }] }, ['items', 'sku']) // 'a'
 */
export function firstValueAt(row: Row, path: Path): unknown {
  let found: unknown
  anyValueAt(row, path, (value) => {
    found = value
    return true
  })
  return found
}
