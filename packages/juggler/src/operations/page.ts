import { and, compare, type Order, type Query, type Row } from '@reloop/connector'
import { errors } from '../errors'
import { openCursor, queryIdentity, sealCursor } from '../filter/cursor'
import type { Filter } from '../filter/filter'
import { behind, orderColumns, ordersByDistance, placeOf, reversed, totalOrder } from '../filter/keyset'
import { planQuery } from '../filter/plan'
import { kReach } from '../guard/reach'
import { includeKeys } from '../include/keys'
import { Budget, loadIncludes } from '../include/load'
import { planInclude } from '../include/plan'
import type { JugglerOptions } from '../model/options'
import type { ModelRuntime } from '../model/runtime'
import type { ModelInstance } from '../model/types'
import { checkFilter, isOutside, Operation, readQuery } from './begin'
import { toInstances } from './instances'
import { project } from './project'
import { nothingIncluded, type Read } from './read'

/** Rows of one page, with the cursors of the pages beside it where there are any. */
export interface Page<T = ModelInstance> {
  readonly rows: readonly T[]
  /** To be given as `filter.after` for the page behind this one. */
  readonly next?: string
  /** To be given as `filter.before` for the page in front of this one. */
  readonly previous?: string
}

/** Rows of a page whose filter names no limit. */
const usual = 100

/** One page of instances: the first one, or the one behind or in front of a cursor. */
export async function page(model: ModelRuntime, filter: Filter | undefined, options: JugglerOptions): Promise<Page> {
  if (!model.ready) await model.whenReady('page')
  const shared = model.has.access || model.has.loaded ? new Operation(model, options) : undefined
  const { read, ...cursors } = await readPage(model, { filter: checkFilter(filter), shared, mode: 'instances' }, options)
  return { rows: await toInstances(model, read, { shared, options }), ...cursors }
}

/** What a page is read of. */
export interface PageRequest {
  readonly filter: Filter
  readonly mode: 'instances' | 'rows'
  readonly shared?: Operation
}

/** The rows of a page, and its cursors. */
export async function readPage(
  model: ModelRuntime,
  { filter: given, mode, shared }: PageRequest,
  options: JugglerOptions,
): Promise<{ read: Read; next?: string; previous?: string }> {
  const { after, before, ...plain } = given
  if (after && before) throw errors.CURSOR_AMBIGUOUS()
  if (model.compiled.ids.length === 0) throw errors.CURSOR_UNSUPPORTED({ model: model.name, problem: 'it has no id' })
  const filter = await readQuery(model, { filter: plain, action: 'find', shared }, options)
  const include = filter.include === undefined || filter.include === null ? undefined : planInclude(model, filter.include, options)
  const also = include ? includeKeys(include) : []
  const planned = planQuery(model, filter, { outside: isOutside(model, options), also })
  if (ordersByDistance(planned.query)) throw errors.CURSOR_UNSUPPORTED({ model: model.name, problem: 'it is ordered by distance' })

  const order = totalOrder(model, planned.query.order)
  const identity = queryIdentity(model, { order: order.map(orderText), where: given.where })
  const place = after || before ? openCursor(model, identity, after || before) : undefined
  const walk = await walkPage(model, { query: planned.query, order, place, backwards: Boolean(before) }, options)
  const seal = async (row: Row) => sealCursor(model, identity, await wholePlace(model, { row, order }, options))
  const [first, last] = [walk.rows[0], walk.rows.at(-1)]
  const included = include && walk.rows.length ? await load(model, { rows: walk.rows, include, mode }, options) : nothingIncluded
  const { fields } = planned
  const withheld = filter[kReach]?.allowed.hidden
  const rows = project(model, walk.rows, { fields, also: [...also, ...orderColumns(order)], withheld })
  return {
    read: { rows, included, fields, withheld },
    ...(last && walk.hasNext && { next: await seal(last) }),
    ...(first && walk.hasPrevious && { previous: await seal(first) }),
  }
}

function load(
  model: ModelRuntime,
  read: { rows: readonly Row[]; include: NonNullable<ReturnType<typeof planInclude>>; mode: 'instances' | 'rows' },
  options: JugglerOptions,
): Promise<Read['included']> {
  return loadIncludes(read.rows, read.include, { mode: read.mode, options, budget: new Budget(model.limits.include.rows) })
}

function orderText({ path, direction, join }: Order): string {
  return `${join ? `${join.entity.name} ${join.from.join()} ` : ''}${path.join('.')} ${direction}`
}

interface Walk {
  readonly query: Query
  readonly order: readonly Order[]
  readonly place?: readonly unknown[]
  readonly backwards: boolean
}

/** Reads one row more than the page holds: it tells whether there is another page. */
async function walkPage(
  model: ModelRuntime,
  { query, order, place, backwards }: Walk,
  options: JugglerOptions,
): Promise<{ rows: readonly Row[]; hasNext: boolean; hasPrevious: boolean }> {
  const { limit: given, skip, ...rest } = query as Query & { limit?: number }
  const limit = given ?? Math.min(usual, model.limits.page ?? usual)
  const columns = query.columns && [...new Set([...query.columns, ...orderColumns(order)])]
  const walked: Query = {
    ...rest,
    ...(columns && { columns }),
    ...(!place && skip !== undefined && { skip }),
    order: backwards ? reversed(order) : order,
    limit: limit + 1,
  }
  const asked = place ? behind(model, walked, place) : Object.freeze(walked)
  const found = await model.connector.find({ entity: model.entity, query: asked }, model.call(options))
  const more = found.length > limit
  const rows = found.slice(0, limit)
  return {
    rows: backwards ? rows.reverse() : rows,
    hasNext: backwards || more,
    hasPrevious: backwards ? more : place !== undefined || (skip !== undefined && rows.length > 0),
  }
}

/** The values of a row at which the order continues, also those of the rows it belongs to. */
async function wholePlace(
  model: ModelRuntime,
  { row, order }: { row: Row; order: readonly Order[] },
  options: JugglerOptions,
): Promise<readonly unknown[]> {
  const place = placeOf(row, order)
  return Promise.all(order.map((item, index) => (item.join ? relatedValue(model, { row, item }, options) : place[index])))
}

async function relatedValue(model: ModelRuntime, { row, item }: { row: Row; item: Order }, options: JugglerOptions): Promise<unknown> {
  const join = item.join!
  const keys = join.from.map((name) => row[name])
  if (keys.some((key) => key === null || key === undefined)) return null
  const where = and([...join.to.map((name, index) => compare(name, 'eq', keys[index])), join.where])
  const [found] = await model.connector.find({ entity: join.entity, query: { where, limit: 1 } }, model.call(options))
  return found ? placeOf(found, [{ path: item.path, direction: 'ASC' }])[0] : null
}
