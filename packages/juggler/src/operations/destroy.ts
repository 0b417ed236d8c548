import { errors } from '../errors'
import { runModelHook } from '../hooks/legacy-model-hooks'
import type { JugglerOptions } from '../model/options'
import type { ModelInstance } from '../model/types'
import { kData, kModel } from '../symbols'
import { Operation, writeWhere } from './begin'
import type { PlainObject } from '../value/plain'
import { removeRows } from './destroy-all'
import { emitDeleted } from './events'
import { idOf, whereOfInstance } from './ids'

/** Removes the row of an instance. */
export async function destroy(instance: ModelInstance, options: JugglerOptions): Promise<{ count: number }> {
  const model = instance[kModel]
  if (!model.ready) await model.whenReady('destroy')
  const id = idOf(model, instance[kData])
  const shared = new Operation(model, options)
  const where = await writeWhere(model, { where: whereOfInstance(instance, model), action: 'delete', shared }, options)

  if (model.has.modelHooks) await runModelHook(instance, 'beforeDestroy')
  const count = await removeRows(model, { where: (where ?? {}) as PlainObject, shared, instance }, options)
  if (model.has.modelHooks) await runModelHook(instance, 'afterDestroy')

  if (count === 0 && model.compiled.strictDelete) throw errors.NOT_FOUND({ model: model.name, id })
  emitDeleted(model, id)
  return { count }
}
