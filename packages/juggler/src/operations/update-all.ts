import { errors } from '../errors'
import { planWhere } from '../filter/plan'
import { whereById } from '../filter/plan-by-id'
import { enforcedValues } from '../filter/scope'
import { allowedRows, testOf } from '../guard/guard-write'
import { kReach } from '../guard/reach'
import type { JugglerOptions } from '../model/options'
import type { ModelRuntime } from '../model/runtime'
import { coerceChange } from '../model/to-object'
import { kGuard } from '../symbols'
import { isPlainObject, type PlainObject } from '../value/plain'
import { isOutside, isPromise, Operation, readQuery } from './begin'
import { applyChange } from './apply-change'
import { changeOf, shownWith, splitOperators, takenBack } from './change'
import { checkWhere } from './undefined-where'
import { changed } from './update-attributes'

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

  const writes = options[kGuard] ? changed(model, asked.data) : undefined
  const query = await readQuery(model, { filter: { where: asked.where ?? {} }, action: 'update', shared, writes }, options)
  const allowed = query[kReach]?.allowed
  let where = (query.where ?? {}) as PlainObject
  let data: PlainObject = { ...asked.data, ...enforcedValues(model, asked.data) }
  if (has.beforeSave) ({ where, data } = await shared.stage('before save', { where, data }))

  const split = splitOperators(model, data, options)
  let { operators } = split
  data = coerceChange(model, split.data)
  if (has.persist) {
    const seen = await shared.stage('persist', { where, data: shownWith(data, operators) })
    where = seen.where
    ;({ data, operators } = takenBack(seen.data, operators))
  }

  const reached: PlainObject | undefined = allowed ? await allowedRows(model, { where, set: data, allowed }, options) : where
  if (!reached) throw errors.AUTHORIZATION_REQUIRED()
  const test = operators && testOf(model, allowed, options)
  const answer = applyChange(
    model,
    { where: whereById(model, reached) ?? planWhere(model, reached, isOutside(model, options)), change: changeOf(data, operators), test },
    model.call(options),
  )
  const { count } = isPromise(answer) ? await answer : answer
  if (has.afterSave) await shared.stage('after save', { where, data: shownWith(data, operators), info: { count } })
  return { count }
}
