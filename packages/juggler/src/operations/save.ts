import { askGuard } from '../guard/ask'
import { guardWrite, writtenBy } from '../guard/guard-write'
import { withhold } from '../guard/withhold'
import { runModelHook } from '../hooks/legacy-model-hooks'
import { takeWritten } from '../model/instance'
import type { GuardAllowed, JugglerOptions } from '../model/options'
import { toStore } from '../model/to-object'
import type { ModelInstance } from '../model/types'
import { kData, kGuard, kModel, kPersisted } from '../symbols'
import type { PlainObject } from '../value/plain'
import { validate, wantsValidation } from '../validation/validate'
import { Operation } from './begin'
import { enforce, insertInstance } from './create'
import { emitChanged } from './events'
import { whereOfInstance } from './ids'
import { withoutIds, writeRow } from './write-row'
import { errors } from '../errors'

/** Writes an instance: a new one as create does, else all its values over its row. */
export async function save(instance: ModelInstance, options: JugglerOptions): Promise<ModelInstance> {
  const model = instance[kModel]
  if (!model.ready) await model.whenReady('save')
  if (model.compiled.ids.length === 0) throw errors.PRIMARY_KEY_MISSING({ model: model.name })
  if (!instance[kPersisted]) {
    const allowed = options[kGuard] ? await guardWrite(model, { action: 'create', writes: writtenBy(instance) }, options) : undefined
    enforce(instance, model)
    return insertInstance(instance, options, allowed)
  }
  return writeOver(instance, options)
}

async function writeOver(given: ModelInstance, options: JugglerOptions): Promise<ModelInstance> {
  const model = given[kModel]
  const { has } = model
  const shared = new Operation(model, options)
  const allowed = options[kGuard] ? await askGuard(model, { action: 'update', paths: changeable(given) }, options) : undefined
  let instance = given

  if (has.beforeSave) ({ instance } = await shared.stage('before save', { instance }))
  enforce(instance, model)
  if (wantsValidation(model, options)) {
    const waiting = validate(instance, options)
    if (waiting) await waiting
  }
  if (has.modelHooks) await around(instance, 'before')

  let data = toStore(instance)
  const where = whereOfInstance(instance, model)
  if (has.persist) ({ data } = await shared.stage('persist', { data, where, currentInstance: instance }))
  const isNewInstance = await writeRow(
    instance,
    { where, ...unfixed(withoutIds(model, data), allowed), missing: 'update', insert: data, allowed },
    options,
  )

  if (has.loaded) ({ data } = await shared.stage('loaded', { data: { ...data, ...where }, isNewInstance }))
  takeWritten(instance, data)
  if (has.initialize) model.builder.modelHooks.initialize(instance)
  if (has.modelHooks) await around(instance, 'after')
  if (has.afterSave) await shared.stage('after save', { instance, isNewInstance })
  if (allowed) withhold(instance, allowed.hidden)
  emitChanged(model, instance)
  return instance
}

function changeable(instance: ModelInstance): readonly string[] {
  const { byName } = instance[kModel].compiled
  return writtenBy(instance).filter((name) => !byName.get(name)?.id)
}

/** Fixed values are not written but have to be those of the row: an instance names them whether they were changed or not. */
function unfixed(set: PlainObject, allowed: GuardAllowed | undefined): { set: PlainObject; holds?: PlainObject } {
  if (!allowed?.fixed?.length) return { set }
  const kept = Object.entries(set).filter(([name]) => allowed.fixed!.includes(name))
  const rest = Object.entries(set).filter(([name]) => !allowed.fixed!.includes(name))
  return { set: Object.fromEntries(rest), holds: Object.fromEntries(kept) }
}

/** The deprecated hooks around an update: from outside in before it, from inside out after it. */
export async function around(instance: ModelInstance, when: 'before' | 'after'): Promise<void> {
  const data = when === 'before' ? instance[kData] : undefined
  await runModelHook(instance, when === 'before' ? 'beforeSave' : 'afterUpdate', data)
  await runModelHook(instance, when === 'before' ? 'beforeUpdate' : 'afterSave', data)
}
