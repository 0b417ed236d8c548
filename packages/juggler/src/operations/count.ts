import { planWhere } from '../filter/plan'
import type { JugglerOptions } from '../model/options'
import type { ModelRuntime } from '../model/runtime'
import { isOutside, writeWhere } from './begin'

/** How many rows match a where. */
export async function count(model: ModelRuntime, where: unknown, options: JugglerOptions): Promise<number> {
  if (!model.ready) await model.whenReady('count')
  const reached = await writeWhere(model, { where, action: 'find' }, options)
  return model.connector.count({ entity: model.entity, where: planWhere(model, reached, isOutside(model, options)) }, model.call(options))
}
