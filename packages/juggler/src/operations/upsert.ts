import type { Row } from '@reloop/connector'
import { errors } from '../errors'
import { equalFilters } from '../filter/equal'
import { planWhere } from '../filter/plan'
import { unguarded } from '../guard/ask'
import { checkNew, guardWrite, isThere, writtenBy } from '../guard/guard-write'
import { withhold } from '../guard/withhold'
import { takeWritten } from '../model/instance'
import type { GuardAllowed, JugglerOptions } from '../model/options'
import type { ModelRuntime } from '../model/runtime'
import { toStore } from '../model/to-object'
import type { ModelInstance } from '../model/types'
import { kGuard, kModel, kPersisted } from '../symbols'
import { isPlainObject, type PlainObject } from '../value/plain'
import { check, validate } from '../validation/validate'
import { isPromise, Operation, writeWhere } from './begin'
import { create, enforce } from './create'
import { refuseOperators } from './change'
import { emitChanged } from './events'
import { findById } from './find-by-id'
import { findOne } from './find-one'
import { idOf, idWhere } from './ids'
import { storeErrors } from './store-errors'
import { changed, updateAttributes } from './update-attributes'
import { withoutIds, writeRow } from './write-row'

/** Changes the row whose id is in the data, or creates one. */
export async function upsert(model: ModelRuntime, data: PlainObject, options: JugglerOptions): Promise<ModelInstance> {
  if (!model.ready) await model.whenReady('updateOrCreate')
  const given = plain(data)
  refuseOperators(model, given)
  const id = idOf(model, given)
  if (id === undefined) return create(model, given, options)
  const where = idWhere(model, id, 'updateOrCreate')
  if (!where) throw errors.ID_INVALID({ model: model.name, value: id })
  if (model.compiled.forceId && !model.flags.upsertCreatesForced) return patch(model, { id, data: given }, options)

  const shared = new Operation(model, options)
  const allowed = options[kGuard] ? await guardWrite(model, { action: 'update', writes: changed(model, given) }, options) : undefined
  const reached = await writeWhere(model, { where, action: 'update', shared }, { ...unguarded(options), withDeleted: true })
  if (!equalFilters(reached, where)) return patchOrInsert(model, { where: reached, data: given }, options)
  return upsertRow(model, { where, data: given, shared, allowed }, options)
}

function plain(data: unknown): PlainObject {
  if (typeof data !== 'object' || data === null || Array.isArray(data))
    throw errors.ARGUMENT_INVALID({ argument: 'data', expected: 'an object' })
  const { toObject } = data as { toObject?: (onlySchema: boolean) => PlainObject }
  return isPlainObject(data) || typeof toObject !== 'function' ? (data as PlainObject) : toObject.call(data, false)
}

/** With ids that only the store gives, the row must be there. */
async function patch(model: ModelRuntime, asked: { id: unknown; data: PlainObject }, options: JugglerOptions): Promise<ModelInstance> {
  const found = await findById(model, { id: asked.id }, options)
  if (!found) throw errors.UPDATE_MISSING({ id: asked.id })
  return updateAttributes(found, asked.data, options)
}

/** An access hook or scope reaches something else than the id: the row that is there counts, or a new one without the id. */
async function patchOrInsert(
  model: ModelRuntime,
  asked: { where: unknown; data: PlainObject },
  options: JugglerOptions,
): Promise<ModelInstance> {
  const found = await findOne(model, { where: asked.where }, { ...options, notify: false })
  const data = withoutIds(model, asked.data)
  return found ? updateAttributes(found, data, options) : create(model, data, options)
}

interface Upsert {
  readonly where: PlainObject
  readonly data: PlainObject
  readonly shared: Operation
  readonly allowed?: GuardAllowed
}

async function upsertRow(model: ModelRuntime, asked: Upsert, options: JugglerOptions): Promise<ModelInstance> {
  const { where, data: given, shared, allowed } = asked
  const { has } = model
  let data = given
  if (has.beforeSave) ({ data } = await shared.stage('before save', { where, data: { ...data } }))

  const instance = new model.ctor({ ...data, ...where }, { applyDefaultValues: false })
  enforce(instance, model)
  await validateUpsert(instance, options)
  let row = toStore(instance)
  if (has.persist) ({ data: row } = await shared.stage('persist', { where, data: row, currentInstance: instance }))
  const { created: isNewInstance, row: written } = allowed
    ? await writeGuarded(instance, { where, row, allowed, writes: writtenBy(given) }, options)
    : await writeUpsert(instance, { where, row }, options)
  if (written) row = { ...written }

  if (has.loaded) ({ data: row } = await shared.stage('loaded', { data: { ...row, ...where }, isNewInstance }))
  takeWritten(instance, { ...row, ...where })
  instance[kPersisted] = true
  if (has.initialize) model.builder.modelHooks.initialize(instance)
  if (has.afterSave) await shared.stage('after save', { instance, isNewInstance })
  if (allowed) withhold(instance, allowed.hidden)
  emitChanged(model, instance)
  return instance
}

/** Validates as the caller, the model and the profile say: enforced, only told, or not at all. */
async function validateUpsert(instance: ModelInstance, options: JugglerOptions): Promise<void> {
  const { compiled, flags, name } = instance[kModel]
  const wanted = options.validate ?? compiled.validateUpsert ?? compiled.automaticValidation
  if (wanted === false) return
  if (wanted === true || !flags.upsertWarns) return validate(instance, options)
  if (!(await check(instance, options)))
    process.emitWarning(`Ignoring validation errors in ${name}.updateOrCreate(); set validateUpsert to enforce them.`)
}

/** One step where the store has one, else a change and, when it reached nothing, an insert. */
async function writeUpsert(
  instance: ModelInstance,
  asked: { where: PlainObject; row: PlainObject },
  options: JugglerOptions,
): Promise<{ created?: boolean; row?: Row }> {
  const model = instance[kModel]
  const { connector, entity } = model
  const call = model.call(options)
  const set = withoutIds(model, asked.row)
  try {
    if (connector.upsert) {
      const answer = connector.upsert({ entity, row: withDefaults(model, asked.row), set }, call)
      return isPromise(answer) ? await answer : answer
    }
    const { count } = await connector.update({ entity, where: planWhere(model, asked.where), change: { set } }, call)
    if (count === 0) await connector.insert({ entity, rows: [withDefaults(model, asked.row)] }, call)
    return { created: count === 0 }
  } catch (cause) {
    throw storeErrors(instance, cause)
  }
}

/** A change of the row that is there for the caller; where there is none at all, an insert that the guard is asked about. */
async function writeGuarded(
  instance: ModelInstance,
  asked: { where: PlainObject; row: PlainObject; allowed: GuardAllowed; writes: readonly string[] },
  options: JugglerOptions,
): Promise<{ created: boolean; row?: Row }> {
  const model = instance[kModel]
  const { where, allowed } = asked
  if (await isThere(model, { where }, options)) {
    await writeRow(instance, { where, set: withoutIds(model, asked.row), missing: 'update', allowed }, options)
    // The caller gets the whole record, not only what was sent.
    const [row] = await model.connector.find(
      { entity: model.entity, query: { where: planWhere(model, where), limit: 1 } },
      model.call(options),
    )
    return { created: false, row }
  }
  const creating = await guardWrite(model, { action: 'create', writes: asked.writes }, options)
  const row = withDefaults(model, asked.row)
  await checkNew(model, row, { allowed: creating, options })
  try {
    await model.connector.insert({ entity: model.entity, rows: [row] }, model.call(options))
  } catch (cause) {
    throw storeErrors(instance, cause)
  }
  return { created: true }
}

/** A row that becomes a new one has its default values. */
export function withDefaults(model: ModelRuntime, row: PlainObject): PlainObject {
  return { ...toStore(new model.ctor(row)), ...row }
}
