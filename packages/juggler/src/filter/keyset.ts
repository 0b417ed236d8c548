import { and, keysetWhere, type Order, type Query, type Row } from '@reloop/connector'
import type { ModelRuntime } from '../model/runtime'

/** An order in which no two rows are equal: the ids are behind what was asked for. */
export function totalOrder(model: ModelRuntime, order: readonly Order[] = []): readonly Order[] {
  const named = new Set(order.filter((item) => !item.join && item.path.length === 1).map((item) => item.path[0]))
  const ids = model.compiled.ids.filter((id) => !named.has(id.name))
  return Object.freeze([...order, ...ids.map((id): Order => Object.freeze({ path: Object.freeze([id.name]), direction: 'ASC' }))])
}

/** The same order backwards. */
export function reversed(order: readonly Order[]): readonly Order[] {
  return order.map((item) => Object.freeze({ ...item, direction: item.direction === 'ASC' ? 'DESC' : 'ASC' }))
}

/** Names of the properties that a row must have, so that its place in an order can be told. */
export function orderColumns(order: readonly Order[]): readonly string[] {
  return [...new Set(order.flatMap((item) => (item.join ? item.join.from : [item.path[0]!])))]
}

/** The values of a row at which an order continues; those over a relation are null here. */
export function placeOf(row: Row, order: readonly Order[]): readonly unknown[] {
  return order.map((item) => (item.join ? null : valueAt(row, item.path)))
}

function valueAt(row: Row, path: readonly string[]): unknown {
  let value: unknown = row
  for (const part of path) value = firstOf((value as Row | undefined)?.[part])
  return value ?? null
}

function firstOf(value: unknown): unknown {
  return Array.isArray(value) ? (value as unknown[])[0] : (value ?? undefined)
}

/** The query behind a place of its order: by the store itself where it can, else by a condition. */
export function behind(model: ModelRuntime, query: Query, after: readonly unknown[]): Query {
  if (model.connector.capabilities.keyset) return Object.freeze({ ...query, after: Object.freeze([...after]) })
  return Object.freeze({ ...query, where: and([query.where, keysetWhere(query.order!, after)]) })
}

/** Whether a condition also decides the order of its rows, or ranks them: then there is no place to continue at. */
export function ordersByDistance(query: Query): boolean {
  return query.order === undefined && query.where !== undefined && JSON.stringify(query.where, nearOnly).includes('"near"')
}

/** Keeps values out: only kinds and operators are looked at. */
function nearOnly(key: string, value: unknown): unknown {
  return key === 'value' || key === 'entity' || key === 'path' ? undefined : value
}
