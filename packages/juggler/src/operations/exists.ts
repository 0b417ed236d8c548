import type { JugglerOptions } from '../model/options'
import type { ModelRuntime } from '../model/runtime'
import { count } from './count'
import { idWhere } from './ids'

/** Whether a row with that id is there. */
export async function exists(model: ModelRuntime, id: unknown, options: JugglerOptions): Promise<boolean> {
  if (!model.ready) await model.whenReady('exists')
  const where = idWhere(model, id, 'exists')
  return where !== undefined && (await count(model, where, options)) > 0
}
