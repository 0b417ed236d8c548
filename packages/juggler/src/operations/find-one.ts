import type { Filter } from '../filter/filter'
import type { JugglerOptions } from '../model/options'
import type { ModelRuntime } from '../model/runtime'
import type { ModelInstance } from '../model/types'
import { checkFilter } from './begin'
import { find } from './find'

/** The first instance that matches a filter, or null. */
export async function findOne(model: ModelRuntime, filter: Filter | undefined, options: JugglerOptions): Promise<ModelInstance | null> {
  const found = await find(model, { ...checkFilter(filter), limit: 1 }, options)
  return found[0] ?? null
}
