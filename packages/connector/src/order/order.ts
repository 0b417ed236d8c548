import { types } from 'node:util'
import type { Row } from '../connector'
import type { Entity, PropertyType } from '../entity'
import { errors } from '../errors'
import { distanceBetween, earthPoint, type EarthPoint } from '../geo'
import { compareDecimal, compareLike } from '../match/compare-values'
import { compileMatch, type ResolveJoin } from '../match/match'
import { firstValueAt } from '../match/read-path'
import { isNumeric } from '../match/same-value'
import type { Order, Path } from '../query/ast'

/** Negative when the first row comes first, positive when the second does, zero when the order does not tell. */
export type RowOrder = (a: Row, b: Row) => number

/**
 * Compiles an order to a function of two rows, for `sort` and `topK`.
 *
 * Nulls come first in ASC and last in DESC; texts are ordered by code unit, numbers, dates and booleans by value, bigints and decimals
 * exactly, also as text. In a list along a path the first value counts.
 *
 * @param entity what the rows are
 * @param order of the query; left out or empty: ascending ids
 * @param resolve gives the row of a `join`; left out: a join is refused
 * @throws CONNECTOR_NOT_SUPPORTED for a join without `resolve`
 * @example rows.toSorted(compileOrder(product, [{ path: ['price'], direction: 'DESC' }]))
 */
export function compileOrder(entity: Entity, order?: readonly Order[], resolve?: ResolveJoin): RowOrder {
  if (!order?.length) return chain(entity.ids.map((property) => byKey(property.name, property.type, 1)))
  return chain(order.map((item) => single(entity, item, resolve)))
}

/**
 * An order by distance from a point, nearest first; rows without a point come last.
 *
 * @param path of the point in a row
 * @param centre where distances start
 * @example rows.toSorted(orderByDistance(['location'], { lat: 52, lng: 13 }))
 */
export function orderByDistance(path: Path, centre: EarthPoint): RowOrder {
  const distances = new WeakMap<Row, number>()
  const distance = (row: Row) => {
    let known = distances.get(row)
    if (known === undefined) {
      const point = earthPoint(firstValueAt(row, path))
      distances.set(row, (known = point ? distanceBetween(point, centre) : Number.MAX_VALUE))
    }
    return known
  }
  return (a, b) => distance(a) - distance(b)
}

function single(entity: Entity, { path, direction, join }: Order, resolve: ResolveJoin | undefined): RowOrder {
  const sign = direction === 'DESC' ? -1 : 1
  const property = (join?.entity ?? entity).byName.get(path[0]!)
  const type = path.length === 1 ? (property?.type ?? 'any') : 'any'
  if (join) return byJoin({ path, join, compare: orderOf(type) }, sign, resolve)
  if (path.length === 1 && property && !(property.name in Object.prototype)) return byKey(property.name, type, sign)
  const compare = orderOf(type)
  return (a, b) => sign * nullsFirst(firstValueAt(a, path), firstValueAt(b, path), compare)
}

function byJoin(
  of: { path: Path; join: NonNullable<Order['join']>; compare: Compare },
  sign: number,
  resolve: ResolveJoin | undefined,
): RowOrder {
  if (!resolve) throw errors.CONNECTOR_NOT_SUPPORTED({ connector: of.join.entity.name, what: 'order by a related row' })
  const counts = of.join.where && compileMatch(of.join.entity, of.join.where, { resolve })
  const valueOf = (row: Row): unknown => {
    for (const other of resolve(of.join, row)) if (!counts || counts(other)) return firstValueAt(other, of.path)
    return undefined
  }
  return (a, b) => sign * nullsFirst(valueOf(a), valueOf(b), of.compare)
}

type Compare = (a: unknown, b: unknown) => number

function byKey(key: string, type: PropertyType, sign: number): RowOrder {
  if (type === 'number' || type === 'integer') return byNumber(key, sign)
  const compare = orderOf(type)
  return (a, b) => sign * nullsFirst(a[key], b[key], compare)
}

/** The most frequent order, without a call per row. */
function byNumber(key: string, sign: number): RowOrder {
  return (a, b) => {
    const [left, right] = [a[key], b[key]]
    return typeof left === 'number' && typeof right === 'number' ? sign * (left - right) : sign * nullsFirst(left, right, compareAny)
  }
}

function nullsFirst(a: unknown, b: unknown, compare: Compare): number {
  if (a === null || a === undefined) return b === null || b === undefined ? 0 : -1
  return b === null || b === undefined ? 1 : compare(a, b)
}

function orderOf(type: PropertyType): Compare {
  if (type === 'bigint' || type === 'decimal') return (a, b) => compareDecimal(a, b) || 0
  return type === 'string' || type === 'text' || type === 'dateOnly' ? compareText : compareAny
}

function compareText(a: unknown, b: unknown): number {
  return typeof a === 'string' && typeof b === 'string' ? (a < b ? -1 : a > b ? 1 : 0) : compareAny(a, b)
}

/** Values of different kinds: booleans, numbers, dates, texts, the rest. */
function compareAny(a: unknown, b: unknown): number {
  const order = rank(a) - rank(b)
  return order !== 0 ? order : compareLike(a, b) || 0
}

function rank(value: unknown): number {
  if (typeof value === 'boolean') return 0
  if (isNumeric(value)) return 1
  if (types.isDate(value)) return 2
  return typeof value === 'string' ? 3 : 4
}

function chain(orders: readonly RowOrder[]): RowOrder {
  const [first, second] = orders
  if (!first) return () => 0
  if (!second) return first
  if (orders.length === 2) return (a, b) => first(a, b) || second(a, b)
  return (a, b) => {
    for (const order of orders) {
      const told = order(a, b)
      if (told !== 0) return told
    }
    return 0
  }
}
