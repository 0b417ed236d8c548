import type { Call, Query, Row } from '@reloop/connector'
import { behind, orderColumns, ordersByDistance, placeOf, totalOrder } from '../filter/keyset'
import { planQuery } from '../filter/plan'
import type { Filter } from '../filter/filter'
import { kReach } from '../guard/reach'
import { includeKeys } from '../include/keys'
import { Budget, loadIncludes } from '../include/load'
import { planInclude, type IncludePlan } from '../include/plan'
import type { JugglerOptions } from '../model/options'
import type { ModelRuntime } from '../model/runtime'
import type { ModelInstance } from '../model/types'
import { checkFilter, isOutside, Operation, readQuery } from './begin'
import { toInstances } from './instances'
import { project } from './project'
import { nothingIncluded, type Read } from './read'

/** Rows that are read ahead of whoever takes them: includes are loaded, and hooks run, for that many at once. */
const most = 100

/** All instances that match a filter, one after the other: no more than some are in memory, and leaving early ends the query. */
export async function* stream(model: ModelRuntime, filter: Filter | undefined, options: JugglerOptions): AsyncGenerator<ModelInstance> {
  if (!model.ready) await model.whenReady('stream')
  const shared = model.has.access || model.has.loaded ? new Operation(model, options) : undefined
  for await (const read of readStream(model, { filter, mode: 'instances', shared }, options)) {
    yield* await toInstances(model, read, { shared, options })
  }
}

/** What a stream reads. */
export interface Streamed {
  readonly filter: Filter | undefined
  readonly mode: 'instances' | 'rows'
  readonly shared?: Operation
}

/** The same as reads of some rows each, with what they include. */
export async function* readStream(model: ModelRuntime, asked: Streamed, options: JugglerOptions): AsyncGenerator<Read> {
  const { mode, shared } = asked
  const filter = await readQuery(model, { filter: checkFilter(asked.filter), action: 'find', shared }, options)
  const include = filter.include === undefined || filter.include === null ? undefined : planInclude(model, filter.include, options)
  const also = include ? includeKeys(include) : []
  const { query, fields } = planQuery(model, filter, { outside: isOutside(model, options), also })
  const withheld = filter[kReach]?.allowed.hidden
  for await (const rows of chunks(model, query, model.call(options))) {
    const included = await includedIn(model, { rows, include, mode }, options)
    const shown = project(model, rows, { fields, also: [...also, ...orderColumns(query.order ?? [])], withheld })
    yield { rows: shown, included, fields, withheld }
  }
}

function includedIn(
  model: ModelRuntime,
  read: { rows: readonly Row[]; include?: IncludePlan; mode: 'instances' | 'rows' },
  options: JugglerOptions,
): Promise<Read['included']> | Read['included'] {
  if (!read.include) return nothingIncluded
  return loadIncludes(read.rows, read.include, { mode: read.mode, options, budget: new Budget(model.limits.include.rows) })
}

function chunks(model: ModelRuntime, query: Query, call: Call): AsyncIterable<readonly Row[]> {
  const { connector, entity } = model
  return connector.stream ? gathered(connector.stream({ entity, query }, call)) : pages(model, query, call)
}

async function* gathered(rows: AsyncIterable<Row>): AsyncGenerator<readonly Row[]> {
  let chunk: Row[] = []
  for await (const row of rows) {
    if (chunk.push(row) < most) continue
    yield chunk
    chunk = []
  }
  if (chunk.length) yield chunk
}

/** Pages behind the last row seen: rows that come or go meanwhile shift nothing. */
async function* pages(model: ModelRuntime, query: Query, call: Call): AsyncGenerator<readonly Row[]> {
  const { connector, entity } = model
  if (model.compiled.ids.length === 0 || ordersByDistance(query) || query.order?.some((item) => item.join)) {
    const rows = await connector.find({ entity, query }, call)
    if (rows.length) yield rows
    return
  }
  const { limit = Infinity, ...rest } = query as Query & { limit?: number }
  const order = totalOrder(model, query.order)
  const columns = query.columns && [...new Set([...query.columns, ...orderColumns(order)])]
  let left = limit
  let page: Query = { ...rest, order, ...(columns && { columns }) }
  while (left > 0) {
    const size = Math.min(most, left)
    const rows = await connector.find({ entity, query: Object.freeze({ ...page, limit: size }) }, call)
    if (rows.length) yield rows
    if (rows.length < size) return
    left -= rows.length
    const { skip: _, ...unskipped } = rest
    page = behind(model, { ...unskipped, order, ...(columns && { columns }) }, placeOf(rows.at(-1)!, order))
  }
}
