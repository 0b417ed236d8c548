import type { Row } from '@reloop/connector'
import type { Filter } from '../filter/filter'
import { selectedBy } from '../filter/fields'
import { planFind, type PlanOptions } from '../filter/plan'
import { includeKeys } from '../include/keys'
import { kReach } from '../guard/reach'
import { planInclude, type IncludePlan } from '../include/plan'
import type { JugglerOptions } from '../model/options'
import type { ModelRuntime } from '../model/runtime'
import { isOutside, isPromise } from './begin'
import { orderAcross, ordersAcross } from './order-across'
import { project } from './project'

/** Rows that were read, with what their relations brought: one list of values per included relation. */
export interface Read {
  readonly rows: readonly Row[]
  readonly included: ReadonlyMap<string, readonly unknown[]>
  /** Names of the properties that were asked for, where not all were. */
  readonly fields?: readonly string[]
  /** Names of properties that the caller may not see; rows may have them as keys of their relations. */
  readonly withheld?: readonly string[]
}

export const nothingIncluded: ReadonlyMap<string, readonly unknown[]> = new Map()

/** Loads the relations of an include plan for all rows. */
export type LoadInclude = (rows: readonly Row[], plan: IncludePlan) => Promise<ReadonlyMap<string, readonly unknown[]>>

/** What is read: a query that has passed scope, guard and access hooks, and how its include is loaded. */
export interface ReadRequest {
  readonly query: Filter
  readonly plan?: PlanOptions
  readonly load: LoadInclude
}

/** Reads rows and what they include. */
export async function readRows(model: ModelRuntime, asked: ReadRequest, options: JugglerOptions): Promise<Read> {
  if (ordersAcross(model, asked.query.order) && !asked.plan?.perParent) return readOrdered(model, asked, options)
  const { query, plan } = asked
  const include = query.include === undefined || query.include === null ? undefined : planInclude(model, query.include, options)
  const also = include || plan?.also ? [...includeKeys(include), ...(plan?.also ?? [])] : undefined
  const planned = planFind(model, query, { ...plan, outside: plan?.outside ?? isOutside(model, options), also })
  const running = planned.plan.run(planned.values, model.call(options))
  const rows = isPromise(running) ? await running : running
  const included = include && rows.length ? await asked.load(rows, include) : nothingIncluded
  const withheld = query[kReach]?.allowed.hidden
  if (!planned.fields && !withheld) return { rows, included }
  const fields = planned.fields && [...planned.fields, ...(plan?.also ?? [])]
  return { rows: project(model, rows, { fields, also, withheld: without(withheld, plan?.also) }), included, fields, withheld }
}

/** Keys by which rows are told apart afterwards stay in them until they are shown. */
function without(withheld: readonly string[] | undefined, also: readonly string[] | undefined): readonly string[] | undefined {
  return also && withheld ? withheld.filter((name) => !also.includes(name)) : withheld
}

/** Rows in an order that the store can not give: found out first, then only the rows of the page are read. */
async function readOrdered(model: ModelRuntime, asked: ReadRequest, options: JugglerOptions): Promise<Read> {
  const plan = { ...asked.plan, outside: asked.plan?.outside ?? isOutside(model, options) }
  const { query, sort } = await orderAcross(model, asked.query, { plan, options })
  const also = [...(plan.also ?? []), ...model.compiled.ids.map(({ name }) => name)]
  const read = await readRows(model, { ...asked, query, plan: { ...plan, also } }, options)
  const rows = sort(read.rows)
  const places = rows.map((row) => read.rows.indexOf(row))
  const included = new Map([...read.included].map(([name, values]) => [name, places.map((place) => values[place])]))
  const wanted = selectedBy(asked.query, model)
  if (!wanted) return { rows, included, withheld: read.withheld }
  const fields = [...wanted, ...(asked.plan?.also ?? [])]
  return { rows: project(model, rows, { fields, also }), included, fields, withheld: read.withheld }
}
