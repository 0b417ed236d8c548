import { errors } from '../errors'
import { guardWrite, writtenBy } from '../guard/guard-write'
import { withhold } from '../guard/withhold'
import { own, setUnknown, takeWritten } from '../model/instance'
import type { JugglerOptions } from '../model/options'
import type { ModelRuntime } from '../model/runtime'
import { toStore } from '../model/to-object'
import type { ModelInstance } from '../model/types'
import { kGuard, kModel } from '../symbols'
import { isPlainObject, isUnsafeKey, type PlainObject } from '../value/plain'
import { validate, wantsValidation } from '../validation/validate'
import { Operation } from './begin'
import { shownWith, splitOperators, takenBack } from './change'
import { emitChanged } from './events'
import { sameId, whereOfInstance } from './ids'
import { around } from './save'
import { withoutIds, writeRow } from './write-row'

/** Changes some values of an instance and of its row. */
export async function updateAttributes(instance: ModelInstance, data: PlainObject, options: JugglerOptions): Promise<ModelInstance> {
  const model = instance[kModel]
  if (!model.ready) await model.whenReady('updateAttributes')
  if (!isPlainObject(data)) throw errors.ARGUMENT_INVALID({ argument: 'data', expected: 'an object' })
  const where = whereOfInstance(instance, model)
  checkIds(model, data, where)
  const allowed = options[kGuard] ? await guardWrite(model, { action: 'update', writes: changed(model, data) }, options) : undefined
  const { has } = model
  const shared = new Operation(model, options)

  if (has.beforeSave) ({ data } = await shared.stage('before save', { where, data: { ...data }, currentInstance: instance }))
  checkIds(model, data, where)
  const split = splitOperators(model, data, options)
  data = split.data
  assign(instance, data)
  if (wantsValidation(model, options)) {
    const waiting = validate(instance, options)
    if (waiting) await waiting
  }
  if (has.modelHooks) await around(instance, 'before')

  let row = changedRow(instance, data)
  let { operators } = split
  if (has.persist) {
    const members = { where, data: shownWith(row, operators), currentInstance: instance, isNewInstance: false }
    const seen = await shared.stage('persist', members)
    ;({ data: row, operators } = takenBack(seen.data, operators))
  }
  const set = withoutIds(model, row)
  await writeRow(instance, { where, set, operators, missing: 'update', allowed }, options)

  if (has.loaded) ({ data: row } = await shared.stage('loaded', { data: row, isNewInstance: false }))
  if (model.compiled.updateOnLoad) takeWritten(instance, row)
  if (has.modelHooks) await around(instance, 'after')
  if (has.afterSave) await shared.stage('after save', { instance, isNewInstance: false })
  if (allowed) withhold(instance, allowed.hidden)
  emitChanged(model, instance)
  return instance
}

/** Names of the properties that data changes: ids are only repeated. */
export function changed(model: ModelRuntime, data: PlainObject): readonly string[] {
  return writtenBy(data).filter((name) => !model.compiled.byName.get(name)?.id)
}

/** Ids stand for the row: data may repeat them, not change them. */
export function checkIds(model: ModelRuntime, data: PlainObject, where: PlainObject): void {
  for (const { name } of model.compiled.ids) {
    const to = data[name]
    if (to !== undefined && to !== null && !sameId(to, where[name])) throw errors.ID_CHANGED({ property: name, from: where[name], to })
  }
}

/** Lays values over an instance, under its strictness. */
export function assign(instance: ModelInstance, data: PlainObject): void {
  const model = instance[kModel]
  const { byName } = model.compiled
  for (const key of Object.keys(data)) {
    if (isUnsafeKey(key)) continue
    const value = data[key]
    if (byName.has(key)) instance[key] = value
    else if (Object.hasOwn(instance, key) && typeof value !== 'function') {
      instance[key] = value
      own(instance)[key] = value
    } else {
      own(instance)
      setUnknown(instance, key, value)
    }
  }
}

/** The values that were given, as they stand on the instance now; undefined ones are left out. */
function changedRow(instance: ModelInstance, given: PlainObject): PlainObject {
  const names = Object.keys(given)
  const held = toStore(instance, names)
  const row: PlainObject = {}
  for (const name of names) if (held[name] !== undefined && (given[name] !== undefined || held[name] === null)) row[name] = held[name]
  return row
}
