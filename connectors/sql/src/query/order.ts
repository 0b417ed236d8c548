import { nearOf, type Order, type Query, type Where } from '@reloop/connector'
import { join, literal, sql, type Sql } from '../text/sql'
import { columnAt, jsonPlace } from './column-at'
import { chord, nearOperand, pointInside } from './near'
import { reach } from './related'
import type { Scope } from './scope'

/** Sorting of a statement: expressions with their direction, and tables that they need beside the first. */
export interface Sorting {
  readonly items: readonly Sql[]
  readonly joins: readonly Sql[]
}

type Condition = (scope: Scope, where: Where) => Sql

/**
 * Writes the order of a query: the one stated, else nearest first, else ascending ids.
 *
 * @param scope table of the query
 * @param query the query
 * @param condition writes conditions of joins
 */
export function sorting(scope: Scope, query: Query, condition: Condition): Sorting {
  if (!query.order?.length) return { items: [...byDistance(scope, query.where), ...byIds(scope)], joins: [] }
  const joins: Sql[] = []
  const items = query.order.map((order) => (order.join ? overJoin({ scope, order, joins }, condition) : direct(scope, order)))
  return { items, joins }
}

function byIds(scope: Scope): readonly Sql[] {
  const { dialect } = scope.making
  return scope.table.ids.map((column) => sql`${compared(scope, [column.property.name])} ${literal(dialect.direction('ASC', false))}`)
}

function byDistance(scope: Scope, where: Where | undefined): readonly Sql[] {
  const found = nearOf(where)
  if (!found) return []
  const { dialect } = scope.making
  const column = columnAt(scope, found.path)
  const near = nearOperand(scope, found.near)
  if (column.property.type !== 'geopoint') return [chord(near, pointInside(scope, jsonPlace(scope, found.path)))]
  const name = scope.column(column)
  return [chord(near, { lat: dialect.geo.lat(name), lng: dialect.geo.lng(name) })]
}

function direct(scope: Scope, { path, direction }: Order): Sql {
  const nullable = path.length > 1 || columnAt(scope, path).nullable
  return sql`${compared(scope, path)} ${literal(scope.making.dialect.direction(direction, nullable))}`
}

/** A row reached by its ids is at most one, so that its table can be joined; else one value is looked up for each row. */
function overJoin({ scope, order, joins }: { scope: Scope; order: Order; joins: Sql[] }, condition: Condition): Sql {
  const over = order.join!
  const other = reach(scope, over, condition)
  const value = compared(other.scope, order.path)
  const direction = literal(scope.making.dialect.direction(order.direction, true))
  const single =
    !over.through &&
    other.scope.table.ids.every((id) => over.to.includes(id.property.name)) &&
    other.scope.table.ids.length === over.to.length
  if (single) {
    joins.push(sql` left join ${other.from} on ${join(other.belongs, ' and ')}`)
    return sql`${value} ${direction}`
  }
  const frame = scope.making.frame()
  const lookup = frame.knex
    .select(frame.raw(value))
    .from(frame.raw(other.from))
    .whereRaw(frame.name(join(other.belongs, ' and ')))
    .limit(frame.number(() => 1))
  return sql`(${frame.piece(lookup)}) ${direction}`
}

/** A path as something to compare and sort by. */
export function compared(scope: Scope, path: Order['path']): Sql {
  const { dialect } = scope.making
  const column = columnAt(scope, path)
  const { type } = column.property
  const name = scope.column(column)
  if (type === 'geopoint' && path.length === 2) return path[1] === 'lat' ? dialect.geo.lat(name) : dialect.geo.lng(name)
  if (path.length > 1 || type === 'any' || type === 'list' || type === 'object') return dialect.json.sortable(jsonPlace(scope, path))
  return dialect.comparable?.(name, column.property) ?? name
}
