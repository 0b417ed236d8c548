import type { Row } from '@reloop/connector'
import { errors } from '../errors'
import { planWhere } from '../filter/plan'
import { allowedRows, checkNew, guardWrite, writtenBy } from '../guard/guard-write'
import { kReach, type Reach } from '../guard/reach'
import { withhold } from '../guard/withhold'
import { takeWritten } from '../model/instance'
import type { JugglerOptions } from '../model/options'
import type { ModelRuntime } from '../model/runtime'
import { toStore } from '../model/to-object'
import type { ModelInstance } from '../model/types'
import { kModel, kPersisted } from '../symbols'
import { validate, wantsValidation } from '../validation/validate'
import type { PlainObject } from '../value/plain'
import { isOutside, Operation, readQuery } from './begin'
import { enforce, insertRow } from './create'
import { changed } from './update-attributes'
import { withDefaults } from './upsert'
import { withoutIds, writeRow } from './write-row'

/** As `upsertWithWhere` in LoopBack where the store does it in one step: the change alone is hooked and validated, before any look. */
export async function upsertWithWhereHooksFirst(
  model: ModelRuntime,
  asked: { where: PlainObject; data: PlainObject },
  options: JugglerOptions,
): Promise<ModelInstance> {
  if (!model.ready) await model.whenReady('upsertWithWhere')
  const { has } = model
  const shared = new Operation(model, options)
  const query = await readQuery(model, { filter: { where: asked.where }, action: 'find', shared }, options)
  let where = (query.where ?? {}) as PlainObject
  let { data } = asked
  if (has.beforeSave) ({ where, data } = await shared.stage('before save', { where, data: { ...data } }))

  const instance = new model.ctor(data, { applyDefaultValues: false })
  enforce(instance, model)
  if (wantsValidation(model, options)) await validate(instance, options)
  let row = toStore(instance)
  if (has.persist) ({ where, data: row } = await shared.stage('persist', { where, data: row, currentInstance: instance }))

  const found = await look(model, { where, reach: query[kReach] }, options)
  const written = await (found ? change : insert)(instance, { row, found, given: data }, options)
  row = written.row
  if (has.loaded) ({ data: row } = await shared.stage('loaded', { data: { ...row }, isNewInstance: !found }))
  takeWritten(instance, row)
  instance[kPersisted] = true
  if (has.initialize) model.builder.modelHooks.initialize(instance)
  if (has.afterSave) await shared.stage('after save', { instance, isNewInstance: !found })
  withhold(instance, written.hidden)
  return instance
}

/** The row that is there, if any; hooks may have replaced the where, but not what the guard wants. */
async function look(model: ModelRuntime, asked: { where: PlainObject; reach?: Reach }, options: JugglerOptions): Promise<Row | undefined> {
  const { where, reach } = asked
  const reached = reach ? await allowedRows(model, { where, set: {}, allowed: { where: reach.allowed.where } }, options) : where
  if (!reached) return undefined
  const condition = planWhere(model, reached, isOutside(model, options))
  const [row, other] = await model.connector.find({ entity: model.entity, query: { where: condition, limit: 2 } }, model.call(options))
  if (other) throw errors.UPSERT_AMBIGUOUS()
  return row
}

interface Write {
  readonly row: PlainObject
  readonly found?: Row
  /** What was given to write. */
  readonly given: PlainObject
}

interface Written {
  readonly row: PlainObject
  readonly hidden?: readonly string[]
}

async function change(instance: ModelInstance, { row, found, given }: Write, options: JugglerOptions): Promise<Written> {
  const model = instance[kModel]
  const allowed = await guardWrite(model, { action: 'update', writes: changed(model, given) }, options)
  const where = Object.fromEntries(model.compiled.ids.map(({ name }) => [name, found![name]]))
  const set = withoutIds(model, row)
  await writeRow(instance, { where, set, missing: 'update', allowed }, options)
  return { row: { ...found, ...set }, hidden: allowed?.hidden }
}

async function insert(instance: ModelInstance, { row, given }: Write, options: JugglerOptions): Promise<Written> {
  const model = instance[kModel]
  const allowed = await guardWrite(model, { action: 'create', writes: writtenBy(given) }, options)
  const whole = withDefaults(model, row)
  await checkNew(model, whole, { allowed, options })
  return { row: await insertRow(instance, whole, options), hidden: allowed?.hidden }
}
