import { errors } from '../errors'
import { guardWrite } from '../guard/guard-write'
import { withhold } from '../guard/withhold'
import { extra, takeWritten } from '../model/instance'
import type { JugglerOptions } from '../model/options'
import type { ModelRuntime } from '../model/runtime'
import { toStore } from '../model/to-object'
import type { ModelInstance } from '../model/types'
import { kData, kGuard, kPersisted } from '../symbols'
import { isPlainObject, type PlainObject } from '../value/plain'
import { validate, wantsValidation } from '../validation/validate'
import { isPromise, Operation } from './begin'
import { enforce } from './create'
import { refuseOperators } from './change'
import { emitChanged } from './events'
import { idWhere } from './ids'
import { changed, checkIds } from './update-attributes'
import { withoutIds, writeRow } from './write-row'
import { planWhere } from '../filter/plan'

/** What is replaced: the row of an id, and the instance that stands for it, if there is one. */
export interface Replacement {
  readonly id: unknown
  readonly data: PlainObject
  readonly instance?: ModelInstance
}

/** Replaces all values of a row but its id: what the data lacks gets its default or becomes null. */
export async function replaceById(model: ModelRuntime, asked: Replacement, options: JugglerOptions): Promise<ModelInstance> {
  if (!model.ready) await model.whenReady('replaceById')
  if (!isPlainObject(asked.data)) throw errors.ARGUMENT_INVALID({ argument: 'data', expected: 'an object' })
  refuseOperators(model, asked.data)
  const where = idWhere(model, asked.id, 'replaceById')
  if (!where) throw errors.REPLACE_MISSING({ id: asked.id })
  checkIds(model, asked.data, where)
  const allowed = options[kGuard] ? await guardWrite(model, { action: 'update', writes: changed(model, asked.data) }, options) : undefined
  const kept = allowed?.fixed?.length ? await fixedValues(model, { where, names: allowed.fixed }, options) : {}
  const { has } = model
  const shared = new Operation(model, options)
  let instance = instanceOf(model, { ...asked.data, ...kept, ...where })

  if (has.beforeSave) ({ instance } = await shared.stage('before save', { instance, isNewInstance: false }))
  Object.assign(instance[kData], where)
  enforce(instance, model)
  if (wantsValidation(model, options)) {
    const waiting = validate(instance, options)
    if (waiting) await waiting
  }

  let data = toStore(instance)
  if (has.persist) ({ data } = await shared.stage('persist', { data, where, currentInstance: instance, isNewInstance: false }))
  const undeclared = await extraKeys(model, { where, data }, options)
  const { set, unset } = wholeRow(model, data, allowed?.fixed)
  await writeRow(instance, { where, set, unset: undeclared ? [...unset, ...undeclared] : unset, missing: 'replace', allowed }, options)

  if (has.loaded) ({ data } = await shared.stage('loaded', { data: { ...data, ...where }, isNewInstance: false }))
  takeWritten(instance, data)
  const result = asked.instance ? takeOver(asked.instance, instance) : instance
  if (has.afterSave) await shared.stage('after save', { instance: result, isNewInstance: false })
  if (allowed) withhold(result, allowed.hidden)
  emitChanged(model, result)
  return result
}

/** A whole instance of the data: with defaults, and already persisted, so that its id stays. */
function instanceOf(model: ModelRuntime, data: PlainObject): ModelInstance {
  const instance = new model.ctor(data)
  instance[kPersisted] = true
  return instance
}

/** What the data lacks goes from the row; where the store knows columns it becomes null. */
function wholeRow(model: ModelRuntime, data: PlainObject, fixed: readonly string[] = []): { set: PlainObject; unset: readonly string[] } {
  const set = withoutIds(model, data)
  for (const name of fixed) delete set[name]
  const lacking = model.compiled.properties
    .filter(({ id, name }) => !id && set[name] === undefined && !fixed.includes(name))
    .map(({ name }) => name)
  if (model.connector.capabilities.change.includes('unset')) return { set, unset: lacking }
  for (const name of lacking) set[name] = null
  return { set, unset: [] }
}

/** What the caller may not write stays as it is in the row. */
async function fixedValues(
  model: ModelRuntime,
  { where, names }: { where: PlainObject; names: readonly string[] },
  options: JugglerOptions,
): Promise<PlainObject> {
  const query = { where: planWhere(model, where), limit: 1 }
  const [row] = await model.connector.find({ entity: model.entity, query }, model.call(options))
  return row ? Object.fromEntries(names.filter((name) => row[name] !== undefined).map((name) => [name, row[name]])) : {}
}

/** Undeclared properties that the row of an open model holds and the data does not. */
async function extraKeys(
  model: ModelRuntime,
  asked: { where: PlainObject; data: PlainObject },
  options: JugglerOptions,
): Promise<readonly string[] | undefined> {
  const { connector, compiled, entity } = model
  if (!compiled.open || !connector.capabilities.change.includes('unset')) return undefined
  const answer = connector.find({ entity, query: { where: planWhere(model, asked.where), limit: 1 } }, model.call(options))
  const [row] = isPromise(answer) ? await answer : answer
  return row && Object.keys(row).filter((key) => !compiled.byName.has(key) && asked.data[key] === undefined)
}

/** Lets the instance at hand become what was written. */
function takeOver(instance: ModelInstance, written: ModelInstance): ModelInstance {
  for (const key of Object.keys(instance)) delete instance[key]
  instance[kData] = written[kData]
  for (const key of Object.keys(written)) instance[key] = written[key]
  extra(instance).errors = undefined
  return instance
}
