import { isSlot, keysetWhere, type Order, type Query, type Slot, type Where } from '@reloop/connector'
import { createReader, type Reader } from '../statement/reader'
import { statementOf, type Statement } from '../statement/frame'
import type { Column } from '../statement/table'
import { join, literal, place, sql, type Sql } from '../text/sql'
import { asksOthers, opened, sortsByOthers } from './beside'
import { columnAt } from './column-at'
import { compareValue } from './compare-column'
import { compared, sorting, type Sorting } from './order'
import { Scope, type Making } from './scope'
import { all, condition } from './where'

/** A query made ready: its statement, and how its rows are read. */
export interface Selection {
  readonly statement: Statement
  readonly read: Reader
}

/**
 * Makes the statement of a query.
 *
 * @param making what it is made with
 * @param table of the query
 * @param query with slots or values
 */
export function select(making: Making, table: Scope['table'], query: Query): Selection {
  const plain = new Scope(making, table)
  const scope = asksOthers(table, query.where) || sortsByOthers(table, query.order) ? plain.qualified() : plain
  const columns = columnsOf(scope, query.columns)
  const where = conditions(scope, query)
  const single = !query.perParent && pinsIds(scope, query.where)
  const sorted = single ? { items: [], joins: [] } : sorting(scope, query, condition)
  const parts = { scope, columns, where, sorted }
  // What is one row at most needs neither order nor limit.
  const paging = single && query.limit !== undefined && scope.operand(query.limit).is(isPositive) ? { skip: query.skip } : query
  const piece = query.perParent ? perParent(parts, query.perParent) : flat(parts, paging)
  return { statement: statementOf(making.dialect, piece), read: createReader(columns) }
}

interface Parts {
  readonly scope: Scope
  readonly columns: readonly Column[]
  readonly where: readonly Sql[]
  readonly sorted: Sorting
}

function flat({ scope, columns, where, sorted }: Parts, { limit, skip }: Pick<Query, 'limit' | 'skip'>): Sql {
  const frame = scope.making.frame()
  const builder = frame.knex.select(frame.raw(scope.reading(columns))).from(frame.raw(join([scope.from, ...sorted.joins], '')))
  if (where.length) void builder.whereRaw(frame.name(join(where, ' and ')))
  if (sorted.items.length) void builder.orderByRaw(frame.name(join(sorted.items, ', ')))
  if (limit !== undefined) void builder.limit(frame.number(numberOf(limit)))
  if (skip !== undefined) void builder.offset(frame.number(numberOf(skip)))
  return frame.piece(builder)
}

/** Numbers the rows of each parent, and all of them for the order of the result. */
function perParent({ scope, columns, where, sorted }: Parts, { key, limit, skip }: NonNullable<Query['perParent']>): Sql {
  const [numbered, rank, number] = ['~numbered', '~rank', '~number'].map((name) => literal(scope.making.dialect.quote(name))) as [
    Sql,
    Sql,
    Sql,
  ]
  const parents = join(
    key.map((name) => scope.column(columnAt(scope, [name]))),
    ', ',
  )
  const order = join(sorted.items, ', ')
  const list = join(
    [
      ...columns.map((column) => sql`${scope.reading([column])} as ${literal(column.quoted)}`),
      sql`row_number() over (partition by ${parents} order by ${order}) as ${rank}`,
      sql`row_number() over (order by ${order}) as ${number}`,
    ],
    ', ',
  )
  const filter = where.length ? sql` where ${join(where, ' and ')}` : literal('')
  const names = join(
    columns.map((column) => literal(column.quoted)),
    ', ',
  )
  const bounds = boundsOf(rank, limit, skip)
  return sql`select ${names} from (select ${list} from ${join([scope.from, ...sorted.joins], '')}${filter}) ${numbered} where ${all(bounds)} order by ${number}`
}

function boundsOf(rank: Sql, limit: number | Slot | undefined, skip: number | Slot | undefined): readonly Sql[] {
  const after = numberOf(skip ?? 0)
  const bounds = skip === undefined ? [] : [sql`${rank} > ${place(after)}`]
  if (limit === undefined) return bounds
  const most = numberOf(limit)
  return [...bounds, sql`${rank} <= ${place((values) => most(values) + after(values))}`]
}

function numberOf(value: number | Slot): (values: readonly unknown[]) => number {
  return isSlot(value) ? (values) => Number(values[value.slot]) : () => value
}

function conditions(scope: Scope, { where, order, after }: Query): readonly Sql[] {
  const parts =
    where === undefined ? [] : where.kind === 'and' ? where.items.map((item) => condition(scope, item)) : [condition(scope, where)]
  return after ? [...parts, behind(scope, order?.length ? order : byIds(scope), after)] : parts
}

/** The rows behind one. Where all columns go one way and none is null, one comparison of tuples tells it, which an index answers. */
function behind(scope: Scope, order: readonly Order[], after: readonly unknown[]): Sql {
  const { dialect } = scope.making
  const columns = order.map((item) => (item.join || item.path.length > 1 ? undefined : columnAt(scope, item.path)))
  const simple =
    columns.every((column) => column && !column.nullable && !opened.has(column.property.type)) &&
    new Set(order.map(({ direction }) => direction)).size === 1
  if (!dialect.rowValues || !simple || order.length === 1) return condition(scope, keysetWhere(order, after))
  const own = join(
    order.map(({ path }) => compared(scope, path)),
    ', ',
  )
  const values = join(
    columns.map((column, index) => compareValue(scope, column!, after[index])),
    ', ',
  )
  return sql`(${own}) ${literal(order[0]!.direction === 'ASC' ? '>' : '<')} (${values})`
}

function byIds(scope: Scope): readonly Order[] {
  return scope.table.ids.map((column) => ({ path: [column.property.name], direction: 'ASC' }))
}

function columnsOf({ table }: Scope, names: Query['columns']): readonly Column[] {
  if (!names) return table.columns
  return table.columns.filter((column) => column.property.id !== undefined || names.includes(column.property.name))
}

function isPositive(value: unknown): boolean {
  return Number(value) > 0
}

/** Whether a condition leaves at most one row, which needs no order. */
function pinsIds({ table }: Scope, where: Where | undefined): boolean {
  const items = where?.kind === 'and' ? where.items : where ? [where] : []
  const pinned = new Set(
    items.map((item) => (item.kind === 'compare' && item.op === 'eq' && item.path.length === 1 ? item.path[0] : undefined)),
  )
  return table.ids.length > 0 && table.ids.every((id) => pinned.has(id.property.name))
}
