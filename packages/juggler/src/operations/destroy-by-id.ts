import { errors } from '../errors'
import type { JugglerOptions } from '../model/options'
import type { ModelRuntime } from '../model/runtime'
import { destroyAll } from './destroy-all'
import { emitDeleted } from './events'
import { idWhere } from './ids'

/** Removes the row of an id. */
export async function destroyById(model: ModelRuntime, id: unknown, options: JugglerOptions): Promise<{ count: number }> {
  if (!model.ready) await model.whenReady('destroyById')
  const where = idWhere(model, id, 'deleteById')
  const result = where ? await destroyAll(model, where, options) : { count: 0 }
  if (result.count === 0 && model.compiled.strictDelete) throw errors.NOT_FOUND({ model: model.name, id })
  emitDeleted(model, id)
  return result
}
