import { bindQuery, type Awaitable, type Call, type Query, type Row, type Where } from '@reloop/connector'
import { errors } from '../errors'
import type { ModelRuntime } from '../model/runtime'
import { kReach } from '../guard/reach'
import { isPlainObject } from '../value/plain'
import { fieldsOf, selectedBy } from './fields'
import type { Filter } from './filter'
import { walkOrder } from './order'
import { pageOf } from './page'
import type { Plan } from './plan-cache'
import { isTrusted } from './trusted'
import { Walk } from './walk'
import { walkWhere } from './where'

/** A filter made ready: what runs it, with which values, and what its rows are to become. */
export interface PlannedFind {
  readonly plan: Plan
  readonly values: readonly unknown[]
  /** Selected properties, when not all. */
  readonly fields?: readonly string[]
}

/** What a plan is made under, beside the filter. */
export interface PlanOptions {
  readonly outside?: boolean
  /** Properties that are read beside the selected ones: keys of relations to include. */
  readonly also?: readonly string[]
  /** Values of a key among which the limit is counted, for each one. */
  readonly perParent?: { readonly key: readonly string[] }
  /** The conditions are ours, and were checked where they came from outside: no bounds. */
  readonly trusted?: boolean
}

/** Checks a filter and finds, or makes, the plan of its shape. The filter is only read. */
export function planFind(model: ModelRuntime, filter: Filter, options: PlanOptions = {}): PlannedFind {
  if (!isPlainObject(filter)) throw errors.FILTER_INVALID({ value: filter })
  const trusted = options.trusted || isTrusted(filter.where)
  if (trusted && !options.trusted) return planFind(model, filter, { ...options, trusted: true, outside: false })
  const walk = new Walk(model, { ...options, build: false })
  const shape = walkFilter(model, filter, { walk, options })
  if (walk.direct) return { plan: directPlan(model, filter, options), values: [], fields: shape.fields }
  let plan = model.plans.get(walk.key)
  if (!plan) {
    const build = new Walk(model, { ...options, build: true })
    plan = preparedPlan(model, { key: walk.key, query: walkFilter(model, filter, { walk: build, options }).query })
    model.plans.set(walk.key, plan)
  }
  return { plan, values: shape.values, fields: shape.fields }
}

/** What stands for the query of a walk that only gathers key and values. */
const unbuilt: Query = Object.freeze({})

interface Walked {
  readonly query: Query
  readonly fields?: readonly string[]
  readonly values: readonly unknown[]
}

function walkFilter(model: ModelRuntime, filter: Filter, given: { walk: Walk; options: PlanOptions }): Walked {
  const { walk, options } = given
  const at = { model, walk, depth: 1 }
  const where = walkWhere(filter.where, at)
  walk.key += '|'
  const order = walkOrder(filter.order, at, filter[kReach]?.orders)
  const fields = selectedBy(filter, model)
  const columns = fields && columnsOf(model, fields, options.also)
  if (columns) walk.key += `|${columns.join(',')}`
  const page = pageOf(filter, model.flags)
  checkPage(model, page.limit, options.outside)
  if (page.limit !== undefined) walk.key += '|L'
  if (page.skip !== undefined) walk.key += '|S'
  const limit = page.limit === undefined ? undefined : (walk.slot(page.limit) as number)
  const skip = page.skip === undefined ? undefined : (walk.slot(page.skip) as number)
  if (options.perParent) walk.key += `|P${options.perParent.key.join(',')}`
  const query = walk.build ? queryOf({ where, order, columns, limit, skip }, options) : unbuilt
  return { query, fields, values: walk.values }
}

function queryOf(parts: Query, options: PlanOptions): Query {
  const { limit, skip, ...rest } = parts
  const query: Query = options.perParent ? { ...rest, perParent: { key: options.perParent.key, limit, skip } } : parts
  return Object.freeze(Object.fromEntries(Object.entries(query).filter(([, part]) => part !== undefined)))
}

function checkPage(model: ModelRuntime, limit: number | undefined, outside = false): void {
  const most = model.limits.page
  if (outside && most !== undefined && limit !== undefined && limit > most) throw errors.PAGE_TOO_LARGE({ limit: most })
}

function columnsOf(model: ModelRuntime, fields: readonly string[], also: readonly string[] = []): readonly string[] {
  const { byName, open } = model.compiled
  const all = also.length ? [...new Set([...fields, ...also])] : fields
  return open ? all : all.filter((name) => byName.has(name))
}

function preparedPlan(model: ModelRuntime, shape: { key: string; query: Query }): Plan {
  const { connector, entity } = model
  if (connector.prepare) return { run: connector.prepare(entity, shape) }
  return { run: (values, call) => connector.find({ entity, query: bindQuery(shape.query, values) }, call) }
}

/** A plan of a filter whose values decide the statement: built for this call alone. */
function directPlan(model: ModelRuntime, filter: Filter, options: PlanOptions): Plan {
  const walk = new Walk(model, { ...options, build: true, literal: true })
  const { query } = walkFilter(model, filter, { walk, options })
  const { connector, entity } = model
  return { run: (_values: readonly unknown[], call: Call): Awaitable<readonly Row[]> => connector.find({ entity, query }, call) }
}

/** The query of a filter with its values in it, for calls that add to it before it is run. */
export function planQuery(
  model: ModelRuntime,
  filter: Filter,
  options: PlanOptions = {},
): { readonly query: Query; readonly fields?: readonly string[] } {
  const trusted = options.trusted || isTrusted(filter.where)
  const given = trusted ? { ...options, trusted, outside: false } : options
  const walk = new Walk(model, { ...given, build: true, literal: true })
  const { query, fields } = walkFilter(model, filter, { walk, options: given })
  return { query, fields }
}

/** The tree of a where, with its values in it. */
export function planWhere(model: ModelRuntime, where: unknown, outside = false): Where | undefined {
  const trusted = isTrusted(where)
  return walkWhere(where, { model, walk: new Walk(model, { build: true, literal: true, outside: outside && !trusted, trusted }), depth: 1 })
}

/** Judges the caller's own part of a filter, as one from outside or not. */
export function checkFilterPart(model: ModelRuntime, filter: Filter, outside: boolean): void {
  const at = { model, walk: new Walk(model, { build: false, outside }), depth: 1 }
  walkWhere(filter.where, at)
  walkOrder(filter.order, at)
  fieldsOf(filter.fields, model)
  checkPage(model, pageOf(filter, model.flags).limit, outside)
}
