import { planWhere } from '../filter/plan'
import type { JugglerOptions } from '../model/options'
import type { ModelRuntime } from '../model/runtime'
import { isOutside, isPromise, Operation, writeWhere } from './begin'
import { emitDeletedAll } from './events'
import type { ModelInstance } from '../model/types'
import type { PlainObject } from '../value/plain'
import { softRemove } from './soft-remove'
import { checkWhere } from './undefined-where'

/** Removes all rows that match a where; without one, every row. */
export async function destroyAll(model: ModelRuntime, where: unknown, options: JugglerOptions): Promise<{ count: number }> {
  if (!model.ready) await model.whenReady('destroyAll')
  checkWhere(model, where, 'destroyAll')
  const shared = new Operation(model, options)
  const reached = await writeWhere(model, { where: where ?? {}, action: 'delete', shared }, options)
  const count = await removeRows(model, { where: (reached ?? {}) as PlainObject, shared }, options)
  emitDeletedAll(model, where)
  return { count }
}

/** What is removed, and the instance that stands for it, if there is one. */
export interface Removal {
  readonly where: PlainObject
  readonly shared: Operation
  readonly instance?: ModelInstance
}

/** Removes rows, between the delete hooks. */
export async function removeRows(model: ModelRuntime, removal: Removal, options: JugglerOptions): Promise<number> {
  const { has } = model
  const { shared, instance } = removal
  const told = options.notify !== false
  let { where } = removal
  const members = instance ? { where, instance } : { where }
  if (has.beforeDelete && told) ({ where } = await shared.stage('before delete', members))
  const soft = model.compiled.softDelete !== undefined && options.hardDelete !== true
  const answer = soft
    ? softRemove(model, where, options)
    : model.connector.remove({ entity: model.entity, where: planWhere(model, where, isOutside(model, options)) }, model.call(options))
  const count = isPromise(answer) ? await answer : answer
  if (has.afterDelete && told) await shared.stage('after delete', { ...members, where, info: { count } })
  return count
}
