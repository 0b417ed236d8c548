import type { Aggregate, Row } from '@reloop/connector'
import { errors } from '../errors'
import { planAggregate, type AggregateRequest, type PlannedAggregate } from '../filter/aggregate'
import { groupOrder, havingTest } from '../filter/having'
import { pageOf } from '../filter/page'
import { checkFilterPart, planWhere } from '../filter/plan'
import type { JugglerOptions } from '../model/options'
import type { ModelRuntime } from '../model/runtime'
import { isPlainObject } from '../value/plain'
import { aggregateRows } from './aggregate-rows'
import { readQuery } from './begin'

/** One group: its values by the names of the request. */
export type Group = Readonly<Record<string, unknown>>

/** Functions over the rows that match a where, for each group of them. */
export async function aggregate(model: ModelRuntime, request: AggregateRequest, options: JugglerOptions): Promise<readonly Group[]> {
  if (!model.ready) await model.whenReady('aggregate')
  if (!isPlainObject(request)) throw errors.AGGREGATE_INVALID({ part: 'request', value: request, problem: 'Expected an object' })
  const outside = options.fromOutside === true
  const planned = planAggregate(model, request, outside)
  const having = havingTest(request.having, planned.columns)
  const order = groupOrder(request.order, planned.columns)
  const { limit, skip = 0 } = pageOf(request, model.flags)
  const where = await reached(model, { where: request.where, planned, outside }, options)

  const most = model.limits.include.rows
  const cut = having || order || limit === undefined ? most + 1 : Math.min(limit + skip, most + 1)
  const query: Aggregate = { where, groupBy: planned.groupBy, values: planned.values, limit: cut }
  const groups = await run(model, query, options)
  if (groups.length > most) throw errors.AGGREGATE_TOO_LARGE({ limit: most })
  const kept = having ? groups.filter(having) : groups
  const ordered = order ? [...kept].sort(order) : kept
  return ordered.slice(skip, limit === undefined ? undefined : skip + limit).map((row) => named(row, planned))
}

/** The different values of one property among the rows that match a where; null is none of them. */
export async function distinct(
  model: ModelRuntime,
  asked: { property: unknown; where?: unknown },
  options: JugglerOptions,
): Promise<readonly unknown[]> {
  const { property, where } = asked
  if (typeof property !== 'string') throw errors.ARGUMENT_INVALID({ argument: 'property', expected: 'the name of a property' })
  const name = property.split('.').at(-1)!
  const groups = await aggregate(model, { where, groupBy: [property], order: name }, options)
  return groups.map((group) => group[name]).filter((value) => value !== null)
}

/** What the call may reach: the caller's where, judged as one from outside or not, under scope, guard and access hooks. */
async function reached(
  model: ModelRuntime,
  asked: { where: unknown; planned: PlannedAggregate; outside: boolean },
  options: JugglerOptions,
): Promise<Aggregate['where']> {
  checkFilterPart(model, { where: asked.where }, asked.outside)
  const { fromOutside: _, ...inside } = options
  const query = await readQuery(model, { filter: { where: asked.where }, action: 'aggregate', reads: asked.planned.paths }, inside)
  return planWhere(model, query.where)
}

async function run(model: ModelRuntime, query: Aggregate, options: JugglerOptions): Promise<readonly Row[]> {
  const { connector, entity } = model
  const call = model.call(options)
  const groups = connector.aggregate ? await connector.aggregate({ entity, query }, call) : await aggregateRows(model, query, call)
  return groups
}

/** A group with every column, in the order of the request. */
function named(row: Row, { columns }: PlannedAggregate): Group {
  return Object.fromEntries(columns.map(({ name, type }) => [name, numberOf(row[name] ?? null, type)]))
}

/** Stores may answer counts and sums as text: numbers that fit are numbers. */
function numberOf(value: unknown, type: string): unknown {
  return type === 'number' && (typeof value === 'string' || typeof value === 'bigint') && value !== '' ? Number(value) : value
}
