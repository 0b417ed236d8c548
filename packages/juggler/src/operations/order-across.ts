import {
  and,
  chunk,
  compare,
  compileOrder,
  defineEntity,
  type CrudConnector,
  type Order,
  type PropertyType,
  type Row,
} from '@reloop/connector'
import { errors } from '../errors'
import { needsTwoSteps } from '../filter/across'
import type { Filter } from '../filter/filter'
import { orderColumns, placeOf } from '../filter/keyset'
import { walkOrder } from '../filter/order'
import { pageOf } from '../filter/page'
import { planQuery, type PlanOptions } from '../filter/plan'
import { trust } from '../filter/trusted'
import { Walk } from '../filter/walk'
import { kReach } from '../guard/reach'
import { keyText } from '../include/group'
import type { JugglerOptions } from '../model/options'
import type { ModelRuntime } from '../model/runtime'

/** A query whose order was found out beforehand: which rows it reads, and where each belongs. */
export interface Ordered {
  readonly query: Filter
  readonly sort: (rows: readonly Row[]) => readonly Row[]
}

/** Whether an order names a property of rows that the store of a model can not join. */
export function ordersAcross(model: ModelRuntime, order: unknown): boolean {
  if (order === undefined || order === null) return false
  const texts = (Array.isArray(order) ? order : [order]).flatMap((text) => (typeof text === 'string' ? text.split(',') : []))
  return texts.some((text) => {
    const dot = text.indexOf('.')
    const head = dot < 0 ? '' : text.slice(0, dot).trim()
    if (head === '' || model.compiled.byName.has(head)) return false
    const relation = model.relation(head)
    return relation !== undefined && needsTwoSteps(model, relation)
  })
}

/**
 * Orders by related rows in steps: the keys of all rows that match, the values of those they belong to, and then only the rows of the
 * page, by their ids.
 */
export async function orderAcross(
  model: ModelRuntime,
  query: Filter,
  given: { plan?: PlanOptions; options: JugglerOptions },
): Promise<Ordered> {
  const { options } = given
  const outside = given.plan?.outside ?? false
  const walk = new Walk(model, { build: true, literal: true, outside, across: true })
  const order = walkOrder(query.order, { model, walk, depth: 1 }, query[kReach]?.orders)!
  const most = model.limits.include.rows
  const ids = model.compiled.ids.map(({ name }) => name)
  const columns = [...new Set([...ids, ...orderColumns(order)])]
  const keys = planQuery(model, { where: query.where, limit: most + 1 }, { ...given.plan, outside })
  const rows = await model.connector.find({ entity: model.entity, query: { ...keys.query, columns } }, model.call(options))
  if (rows.length > most) throw errors.ORDER_TOO_LARGE({ limit: most })

  const ordered = await sorted(model, { rows, order }, options)
  const { limit, skip = 0 } = pageOf(query, model.flags)
  const page = ordered.slice(skip, limit === undefined ? undefined : skip + limit)
  const textOf = (row: Row) => ids.map((name) => keyText(row[name])).join('\0')
  const places = new Map(page.map((row, index) => [textOf(row), index]))
  const { order: _, limit: __, skip: ___, offset: ____, ...rest } = query
  return {
    query: { ...rest, where: trust(whereOf(ids, page)) },
    sort: (read) => [...read].sort((a, b) => places.get(textOf(a))! - places.get(textOf(b))!),
  }
}

function whereOf(ids: readonly string[], rows: readonly Row[]): Record<string, unknown> {
  const [id] = ids
  if (ids.length === 1) return { [id!]: { inq: rows.map((row) => row[id!]) } }
  return rows.length ? { or: rows.map((row) => Object.fromEntries(ids.map((name) => [name, row[name]]))) } : { [id!]: { inq: [] } }
}

async function sorted(
  model: ModelRuntime,
  { rows, order }: { rows: readonly Row[]; order: readonly Order[] },
  options: JugglerOptions,
): Promise<readonly Row[]> {
  const values = await Promise.all(order.map(async (item) => (item.join ? related(model, { rows, item }, options) : own(rows, item))))
  const types = order.map(({ path, join }): [string, PropertyType] => [
    path.join('.'),
    path.length === 1 ? ((join?.entity ?? model.entity).byName.get(path[0]!)?.type ?? 'any') : 'any',
  ])
  const entity = defineEntity({ name: 'order', properties: Object.fromEntries(types.map(([, type], index) => [`o${index}`, type])) })
  const compareRows = compileOrder(
    entity,
    order.map(({ direction }, index) => ({ path: [`o${index}`], direction })),
  )
  const keyed = rows.map((row, at) => ({ row, key: Object.fromEntries(values.map((list, index) => [`o${index}`, list[at]])) }))
  return keyed.sort((a, b) => compareRows(a.key, b.key)).map(({ row }) => row)
}

function own(rows: readonly Row[], item: Order): readonly unknown[] {
  return rows.map((row) => placeOf(row, [item])[0])
}

/** For each row the value in the row that it belongs to. */
async function related(
  model: ModelRuntime,
  { rows, item }: { rows: readonly Row[]; item: Order },
  options: JugglerOptions,
): Promise<readonly unknown[]> {
  const join = item.join!
  const [from, to] = [join.from[0]!, join.to[0]!]
  const target = targetOf(model, item)
  if (!target.ready) await target.whenReady('find')
  const connector: CrudConnector = target.connector
  const call = target.call({ transaction: options.transaction })
  const keys = [...new Map(rows.map((row) => [keyText(row[from]), row[from]])).values()].filter((key) => key !== null && key !== undefined)
  const found = new Map<string, unknown>()
  const most = Math.max(1, Math.min(connector.capabilities.maxValues - 100, 30_000))
  for (const part of chunk(keys, most)) {
    const where = and([compare(to, 'inq', part), join.where])
    const others = await connector.find({ entity: join.entity, query: { where, columns: [to, item.path[0]!] } }, call)
    for (const other of others)
      if (!found.has(keyText(other[to]))) found.set(keyText(other[to]), placeOf(other, [{ ...item, join: undefined }])[0])
  }
  return rows.map((row) => found.get(keyText(row[from])) ?? null)
}

function targetOf(model: ModelRuntime, { join }: Order): ModelRuntime {
  const relations = Object.keys(model.definition.relations).map((name) => model.relation(name)!)
  return relations.find((relation) => relation.target()?.entity === join!.entity)!.target()!
}
