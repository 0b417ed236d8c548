import { errors } from '../errors'
import { planWhere } from '../filter/plan'
import { enforcedValues } from '../filter/scope'
import type { JugglerOptions } from '../model/options'
import type { ModelRuntime } from '../model/runtime'
import { coerceChange } from '../model/to-object'
import { isPlainObject, type PlainObject } from '../value/plain'
import { isOutside, isPromise, Operation, writeWhere } from './begin'
import { applyChange } from './apply-change'
import { changeOf, splitOperators } from './change'
import { checkWhere } from './undefined-where'

/** Changes all rows that match a where; nothing is validated and no instance is made. */
export async function updateAll(
  model: ModelRuntime,
  asked: { where: unknown; data: PlainObject },
  options: JugglerOptions,
): Promise<{ count: number }> {
  if (!model.ready) await model.whenReady('updateAll')
  if (!isPlainObject(asked.data)) throw errors.ARGUMENT_INVALID({ argument: 'data', expected: 'an object' })
  checkWhere(model, asked.where, 'updateAll')
  const { has } = model
  const shared = new Operation(model, options)

  let where = ((await writeWhere(model, { where: asked.where ?? {}, action: 'update', shared }, options)) ?? {}) as PlainObject
  let data: PlainObject = { ...asked.data, ...enforcedValues(model, asked.data) }
  if (has.beforeSave) ({ where, data } = await shared.stage('before save', { where, data }))

  const { data: plain, operators } = splitOperators(model, data, options)
  data = coerceChange(model, plain)
  if (has.persist) ({ where, data } = await shared.stage('persist', { where, data }))

  const answer = applyChange(
    model,
    { where: planWhere(model, where, isOutside(model, options)), change: changeOf(data, operators) },
    model.call(options),
  )
  const { count } = isPromise(answer) ? await answer : answer
  if (has.afterSave) await shared.stage('after save', { where, data, info: { count } })
  return { count }
}
