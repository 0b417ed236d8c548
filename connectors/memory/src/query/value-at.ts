import type { Path, Row } from '@reloop/connector'

/** The value at a path of own members, or undefined. */
export function valueAt(row: Row, path: Path): unknown {
  let value: unknown = row
  for (const part of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, part)) return undefined
    value = (value as Row)[part]
  }
  return value
}
