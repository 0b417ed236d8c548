import { enforcedValues } from '../filter/scope'
import { checkNew, guardWrite, writtenBy } from '../guard/guard-write'
import { withhold } from '../guard/withhold'
import { runModelHook } from '../hooks/legacy-model-hooks'
import { takeWritten } from '../model/instance'
import type { GuardAllowed, JugglerOptions } from '../model/options'
import type { ModelRuntime } from '../model/runtime'
import { toStore } from '../model/to-object'
import type { ModelConstructor, ModelInstance } from '../model/types'
import { kData, kExtra, kGuard, kModel, kPersisted } from '../symbols'
import type { PlainObject } from '../value/plain'
import { validate, wantsValidation } from '../validation/validate'
import { errors } from '../errors'
import { isPromise, Operation } from './begin'
import { refuseOperators } from './change'
import { emitChanged } from './events'
import { storeErrors } from './store-errors'

/** Makes an instance and writes it. */
export async function create(model: ModelRuntime, data: unknown, options: JugglerOptions): Promise<ModelInstance> {
  if (!model.ready) await model.whenReady('create')
  const allowed = options[kGuard] ? await guardWrite(model, { action: 'create', writes: writtenBy(data) }, options) : undefined
  return insertInstance(instantiate(model, data), options, allowed)
}

/** A new instance of data, with default and enforced values; data that is an unsaved instance is used itself. */
export function instantiate(model: ModelRuntime, data: unknown): ModelInstance {
  if (data !== undefined && data !== null && (typeof data !== 'object' || Array.isArray(data))) {
    throw errors.ARGUMENT_INVALID({ argument: 'data', expected: 'an object' })
  }
  const given = data as PlainObject | undefined
  if (given) refuseOperators(model, given)
  const own = given && (given as Partial<ModelInstance>)[kModel] === model && !(given as ModelInstance)[kPersisted]
  const Model = classOf(model, given)
  const instance = own ? (given as ModelInstance) : new Model(given ?? {})
  enforce(instance, model)
  return instance
}

function classOf(model: ModelRuntime, data: unknown): ModelConstructor {
  const lookUp = model.ctor.lookupModel
  return typeof lookUp === 'function' ? ((lookUp as (data: unknown) => ModelConstructor).call(model.ctor, data) ?? model.ctor) : model.ctor
}

/** Lays the values that every write takes over an instance. */
export function enforce(instance: ModelInstance, model: ModelRuntime): void {
  const { scope, enforced } = model.compiled
  if (scope === undefined && enforced === undefined && model.ctor.defaultScope === undefined) return
  const values = enforcedValues(model, instance[kData], instance)
  if (values) for (const key of Object.keys(values)) if (model.compiled.byName.has(key)) instance[key] = values[key]
}

/** Writes a new instance: hooks, validation, one insert. */
export async function insertInstance(given: ModelInstance, options: JugglerOptions, allowed?: GuardAllowed): Promise<ModelInstance> {
  const model = given[kModel]
  const { has } = model
  const shared = new Operation(model, options)
  let instance = given

  if (has.beforeSave) ({ instance } = await shared.stage('before save', { instance, isNewInstance: true }))
  if (wantsValidation(model, options)) {
    const waiting = validate(instance, options)
    if (waiting) await waiting
  }
  if (has.modelHooks) await beforeHooks(instance)

  let data = toStore(instance)
  if (has.persist) ({ data } = await shared.stage('persist', { data, currentInstance: instance, isNewInstance: true }))
  if (allowed) await checkNew(model, data, { allowed, options })
  data = await insertRow(instance, data, options)

  if (has.loaded) ({ data } = await shared.stage('loaded', { data: { ...data }, isNewInstance: true }))
  markPersisted(instance, data)
  if (has.modelHooks) await afterHooks(instance)
  if (has.afterSave) await shared.stage('after save', { instance, isNewInstance: true })
  if (allowed) withhold(instance, allowed.hidden)
  emitChanged(model, instance)
  return instance
}

/** Writes the row of a new instance and answers it as the store holds it. */
export async function insertRow(instance: ModelInstance, data: PlainObject, options: JugglerOptions): Promise<PlainObject> {
  const model = instance[kModel]
  try {
    const answer = model.connector.insert({ entity: model.compiled.entity, rows: [data] }, model.call(options))
    const rows = isPromise(answer) ? await answer : answer
    return rows[0] as PlainObject
  } catch (cause) {
    throw storeErrors(instance, cause)
  }
}

async function beforeHooks(instance: ModelInstance): Promise<void> {
  await runModelHook(instance, 'beforeCreate', instance)
  await runModelHook(instance, 'beforeSave', instance)
}

async function afterHooks(instance: ModelInstance): Promise<void> {
  await runModelHook(instance, 'afterSave')
  await runModelHook(instance, 'afterCreate')
}

/** Takes over what the store generated: ids, or everything where the model says so. */
export function markPersisted(instance: ModelInstance, row: PlainObject): void {
  const { compiled } = instance[kModel]
  if (compiled.updateOnLoad) takeWritten(instance, row)
  else {
    for (const property of compiled.properties) {
      if (!property.id && !property.generated) continue
      const value = row[property.name]
      if (value !== undefined) instance[kData][property.name] = value
    }
    if (row._rev !== undefined && compiled.open) takeWritten(instance, { _rev: row._rev })
  }
  instance[kPersisted] = true
  if (instance[kExtra]?.unknownProperties) instance[kExtra].unknownProperties = undefined
}
