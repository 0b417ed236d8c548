import { errors, fold, type Compare, type Where } from '@reloop/connector'
import { join, literal, place, type Sql } from '../text/sql'
import { compareColumn } from './compare-column'
import { compareJson } from './compare-json'
import { relatedCondition } from './related'
import type { Scope } from './scope'

/**
 * Writes a condition. What it gives is true, false or null; null counts as false.
 *
 * @param scope the table that the condition is about
 * @param where condition
 * @throws OPERATOR_INVALID, VALUE_INVALID, PATTERN_INVALID
 */
export function condition(scope: Scope, where: Where): Sql {
  return fold<Sql>(where, {
    compare: (node) => compare(scope, node),
    and: (items) => all(items),
    or: (items) => (items.length ? group(items, ' or ') : literal('1 = 0')),
    not: (item) => scope.making.dialect.isNotTrue(item),
    related: (node) => relatedCondition(scope, node, condition),
    native: (value) => native(scope, value),
  })
}

/** All of some conditions; of none, true. */
export function all(items: readonly Sql[]): Sql {
  return items.length ? group(items, ' and ') : literal('1 = 1')
}

function group(items: readonly Sql[], separator: string): Sql {
  return items.length === 1 ? items[0]! : join([literal('('), join(items, separator), literal(')')], '')
}

const json = new Set(['list', 'object', 'any'])

function compare(scope: Scope, node: Compare): Sql {
  const column = scope.table.byName.get(node.path[0]!)
  if (!column)
    throw errors.OPERATOR_INVALID({
      property: node.path.join('.'),
      operator: node.op,
      problem: `${scope.table.entity.name} has no such property`,
    })
  return node.path.length > 1 || json.has(column.property.type) ? compareJson(scope, column, node) : compareColumn(scope, column, node)
}

/** A condition in SQL, from the program itself: `{ sql, values }` with `?` for each value, or text alone. */
function native(scope: Scope, value: unknown): Sql {
  const given = typeof value === 'string' ? { sql: value } : (value as { sql?: unknown; values?: readonly unknown[] } | null)
  if (typeof given?.sql !== 'string')
    throw errors.CONNECTOR_NOT_SUPPORTED({ connector: scope.making.dialect.name, what: 'a native condition without sql' })
  const values = 'values' in given ? (given.values ?? []) : []
  const parts = given.sql.split('?')
  if (parts.length !== values.length + 1) {
    throw errors.CONNECTOR_NOT_SUPPORTED({
      connector: scope.making.dialect.name,
      what: 'a native condition with other than one value for each ?',
    })
  }
  const pieces = parts.flatMap((text, index) => (index ? [place(() => values[index - 1]), literal(text)] : [literal(text)]))
  return join([literal('('), ...pieces, literal(')')], '')
}
