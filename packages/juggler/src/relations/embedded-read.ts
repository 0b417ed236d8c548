import type { Filter } from '../filter/filter'
import { checkFilterPart } from '../filter/plan'
import { guardFilter } from '../guard/guard-filter'
import { testOf } from '../guard/guard-write'
import { kReach } from '../guard/reach'
import { withhold } from '../guard/withhold'
import type { JugglerOptions } from '../model/options'
import { toStore } from '../model/to-object'
import type { ModelInstance } from '../model/types'
import { kGuard } from '../symbols'
import { targetOf, type Held } from './held'

/** Leaves of embedded instances those that exist for the caller, and of them what the caller may see. */
export type Show = (items: readonly ModelInstance[]) => Promise<ModelInstance[]>

const all: Show = async (items) => [...items]

/** Checks a filter of embedded instances as one of rows is checked: there is no query that would. */
export async function guardEmbedded(held: Held, filter: Filter, options: JugglerOptions): Promise<Show> {
  const target = targetOf(held)
  if (options.fromOutside === true) checkFilterPart(target, filter, true)
  if (!options[kGuard]) return all
  const guarded = await guardFilter(target, { action: 'find', filter, asked: filter }, options)
  const { allowed } = guarded[kReach]!
  const test = testOf(target, allowed.where && { where: allowed.where }, options)
  return async (items) => {
    const shown: ModelInstance[] = []
    for (const item of items) if (!test || (await test(toStore(item)))) shown.push(item)
    for (const item of shown) withhold(item, allowed.hidden)
    return shown
  }
}
