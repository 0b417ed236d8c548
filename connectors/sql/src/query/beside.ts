import type { Order, Path, Where } from '@reloop/connector'
import type { Table } from '../statement/table'

/** Types whose values are looked into by a query of their own. */
export const opened: ReadonlySet<string> = new Set(['list', 'object', 'any'])

/**
 * Whether a condition needs something beside its table: another table, or the rows that a JSON value is opened into. Columns are written with the
 * table's name then, so that no name of the others can stand for them.
 *
 * @param table of the condition
 * @param where the condition
 */
export function asksOthers(table: Table, where: Where | undefined): boolean {
  switch (where?.kind) {
    case 'compare':
      return opens(table, where.path)
    case 'and':
    case 'or':
      return where.items.some((item) => asksOthers(table, item))
    case 'not':
      return asksOthers(table, where.item)
    case 'related':
      return true
    default:
      return false
  }
}

/** Whether an order needs something beside its table. */
export function sortsByOthers(table: Table, order: readonly Order[] | undefined): boolean {
  return (order ?? []).some((item) => item.join !== undefined || opens(table, item.path))
}

function opens(table: Table, path: Path): boolean {
  return path.length > 1 || opened.has(table.byName.get(path[0]!)?.property.type ?? '')
}
