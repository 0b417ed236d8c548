import type { Filter } from '../filter/filter'
import { Budget, loadIncludes } from '../include/load'
import type { JugglerOptions } from '../model/options'
import type { ModelRuntime } from '../model/runtime'
import type { ModelInstance } from '../model/types'
import { checkFilter, Operation, readQuery } from './begin'
import { toInstances } from './instances'
import { readRows, type Read } from './read'

/** All instances that match a filter. */
export async function find(model: ModelRuntime, filter: Filter | undefined, options: JugglerOptions): Promise<ModelInstance[]> {
  if (!model.ready) await model.whenReady('find')
  const shared = model.has.access || model.has.loaded ? new Operation(model, options) : undefined
  const query = await readQuery(model, { filter: checkFilter(filter), action: 'find', shared }, options)
  const read = await fetch(model, { query, mode: 'instances' }, options)
  return toInstances(model, read, { shared, options })
}

/** Reads rows and what they include. */
export function fetch(model: ModelRuntime, asked: { query: Filter; mode: 'instances' | 'rows' }, options: JugglerOptions): Promise<Read> {
  const { mode, query } = asked
  return readRows(
    model,
    { query, load: (rows, plan) => loadIncludes(rows, plan, { mode, options, budget: new Budget(model.limits.include.rows) }) },
    options,
  )
}
