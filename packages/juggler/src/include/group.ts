import type { Row } from '@reloop/connector'
import type { Related } from './related'

/** Text by which keys are the same: 1 and '1', an id object and its text. */
export function keyText(key: unknown): string {
  return typeof key === 'string' ? key : key instanceof Date ? key.toISOString() : String(key)
}

/** Distinct values of a key among rows, without nothing. */
export function distinct(rows: readonly Row[], key: string): readonly unknown[] {
  const found = new Map<string, unknown>()
  for (const row of rows) {
    const value = row[key]
    if (value !== null && value !== undefined) found.set(keyText(value), value)
  }
  return [...found.values()]
}

/** Values by key, in the order in which they came. */
export function groupBy(related: Related, key: string): Map<string, unknown[]> {
  const groups = new Map<string, unknown[]>()
  related.rows.forEach((row, index) => {
    const text = keyText(row[key])
    const group = groups.get(text)
    if (group) group.push(related.values[index])
    else groups.set(text, [related.values[index]])
  })
  return groups
}
