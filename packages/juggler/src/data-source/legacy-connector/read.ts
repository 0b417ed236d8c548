import {
  and,
  compare,
  compileMatch,
  compileOrder,
  keysetWhere,
  type Call,
  type Entity,
  type Order,
  type Query,
  type Row,
  type Where,
} from '@reloop/connector'
import type { PlainObject } from '../../value/plain'
import { call } from './legacy-call'
import { idIn, pushWhere, type Pushed, type Trust } from './push-where'
import type { RawConnector } from './raw'

/** What reading and writing rows of one entity needs. */
export interface Access extends Trust {
  readonly raw: RawConnector
  readonly options: (call: Call) => object
}

/** LoopBack gave no skip without a limit, so its connectors need one. */
const noLimit = 2_147_483_647

/** A query whose parts are numbers, conditions and orders, all in place. */
interface Plan {
  readonly where?: Where
  readonly pushed: Pushed
  readonly order: readonly Order[]
  readonly skip: number
  readonly limit?: number
  readonly columns?: readonly string[]
}

/**
 * Finds rows. What the connector cannot be trusted with is done here: a wider query is tested row by row, sorted and cut.
 *
 * Pages of texts come in the order of the store's own collation.
 */
export async function read(access: Access, query: Query, at: Call): Promise<readonly Row[]> {
  const plan = planOf(access, query)
  if (plan.pushed.where === false || plan.limit === 0) return []
  if (access.conditions !== 'all' && idIn(plan.where, access) !== undefined) return readOne(access, plan, at)
  const rows = isPageable(access, plan) ? await readPage(access, plan, at) : undefined
  return project(rows ?? (await readAll(access, plan, at)), access.entity, plan.columns)
}

/** The row of an id, asked for in the one form that every connector takes for that: without an order. A service may say 404. */
async function readOne(access: Access, plan: Plan, at: Call): Promise<readonly Row[]> {
  try {
    const matches = compileMatch(access.entity, plan.where)
    const rows = await fetch(access, { where: plan.pushed.where, limit: 1, skip: 0 }, at)
    return project(
      cut(
        rows.filter((row) => matches(row)),
        plan,
      ),
      access.entity,
      plan.columns,
    )
  } catch (error) {
    if (access.conditions === 'hints' && (error as { statusCode?: unknown }).statusCode === 404) return []
    throw error
  }
}

function planOf(access: Access, query: Query): Plan {
  const order = query.order?.length ? query.order : access.entity.ids.map(({ name }) => ({ path: [name], direction: 'ASC' as const }))
  const where = query.after ? and([query.where, keysetWhere(order, query.after)]) : query.where
  return {
    where,
    pushed: pushWhere(where, access),
    order,
    skip: (query.skip as number | undefined) ?? 0,
    limit: query.limit as number | undefined,
    columns: query.columns,
  }
}

/** Whether the store can cut the result: its order is the one asked for, and what it is asked narrows the rows at all. */
function isPageable({ entity, relational }: Access, { limit, order, pushed }: Plan): boolean {
  if (limit === undefined || (!pushed.exact && pushed.where === true)) return false
  return order.every(({ path }, index) => {
    const property = path.length === 1 ? entity.byName.get(path[0]!) : undefined
    if (!property || unordered.has(property.type)) return false
    return isSure(property) || (index === 0 && relational)
  })
}

const unordered: ReadonlySet<string> = new Set(['bigint', 'decimal', 'object', 'list', 'any', 'geopoint', 'buffer'])

function isSure(property: { readonly id?: number; readonly required: boolean }): boolean {
  return property.id !== undefined || property.required
}

/** Rows of one page; undefined when the store gave others than asked for, so that its page is not ours. */
async function readPage(access: Access, plan: Plan, at: Call): Promise<readonly Row[] | undefined> {
  const parts = nullParts(access.entity, plan.order[0])
  const wanted = plan.skip + plan.limit!
  const rows: Row[] = []
  for (const part of parts) {
    if (rows.length >= wanted) break
    const { where } = pushWhere(part ? and([plan.where, part]) : plan.where, access)
    if (where === false) continue
    const page = parts.length === 1 ? { limit: plan.limit!, skip: plan.skip } : { limit: wanted - rows.length, skip: 0 }
    const found = await fetch(access, { where, order: plan.order, ...page, fields: fieldsOf(access.entity, plan) }, at)
    if (found.length > page.limit) return undefined
    rows.push(...found)
  }
  if (!plan.pushed.exact) {
    const matches = compileMatch(access.entity, plan.where)
    if (!rows.every((row) => matches(row))) return undefined
  }
  return parts.length === 1 ? rows : rows.slice(plan.skip)
}

/** Stores disagree where nulls stand in an order, so they are asked for apart: first in ASC, last in DESC. */
function nullParts(entity: Entity, first: Order | undefined): readonly (Where | undefined)[] {
  if (!first || isSure(entity.byName.get(first.path[0]!)!)) return [undefined]
  const parts = [compare(first.path, 'eq', null), compare(first.path, 'neq', null)]
  return first.direction === 'ASC' ? parts : parts.reverse()
}

async function readAll(access: Access, plan: Plan, at: Call): Promise<readonly Row[]> {
  const rows = await fetch(access, { where: plan.pushed.where, fields: fieldsOf(access.entity, plan) }, at)
  const matches = plan.pushed.exact ? undefined : compileMatch(access.entity, plan.where)
  return cut((matches ? rows.filter((row) => matches(row)) : rows).sort(compileOrder(access.entity, plan.order)), plan)
}

function cut(rows: readonly Row[], { skip, limit }: Plan): readonly Row[] {
  return skip || limit !== undefined ? rows.slice(skip, limit === undefined ? undefined : skip + limit) : rows
}

interface Filter {
  readonly where: PlainObject | boolean
  readonly order?: readonly Order[]
  readonly limit?: number
  readonly skip?: number
  readonly fields?: readonly string[]
}

async function fetch(access: Access, { where, order, limit, skip, fields }: Filter, at: Call): Promise<Row[]> {
  const filter: PlainObject = {}
  if (typeof where === 'object') filter.where = where
  if (order?.length) filter.order = order.map((item) => `${item.path[0]} ${item.direction}`)
  if (limit !== undefined || skip) Object.assign(filter, { limit: limit ?? noLimit, skip: skip ?? 0, offset: skip ?? 0 })
  if (fields) filter.fields = [...fields]
  const [rows] = await call(access.raw, 'all', [access.entity.name, filter], access.options(at))
  return Array.from(((rows ?? []) as (Row | null)[]).filter(isRow), access.values.fromStore)
}

/** Some connectors give nulls for ids that are not there. */
function isRow(row: Row | null): row is Row {
  return row !== null && row !== undefined
}

/** Columns to ask for: those wanted, and those that the order and an untrusted condition look at. */
function fieldsOf(entity: Entity, { columns, order, pushed }: Plan): readonly string[] | undefined {
  if (!columns || !pushed.exact) return undefined
  return [...new Set([...entity.ids.map((id) => id.name), ...columns, ...order.map((item) => item.path[0]!)])]
}

function project(rows: readonly Row[], entity: Entity, columns: readonly string[] | undefined): readonly Row[] {
  if (!columns) return rows
  const names = new Set([...entity.ids.map((id) => id.name), ...columns])
  return rows.map((row) => Object.fromEntries(Object.entries(row).filter(([name]) => names.has(name))))
}
