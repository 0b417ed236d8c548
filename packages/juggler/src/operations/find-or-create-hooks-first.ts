import { checkNew, guardWrite, writtenBy } from '../guard/guard-write'
import { withhold } from '../guard/withhold'
import type { Filter } from '../filter/filter'
import { takeWritten } from '../model/instance'
import type { GuardAllowed, JugglerOptions } from '../model/options'
import type { ModelRuntime } from '../model/runtime'
import { toStore } from '../model/to-object'
import type { ModelInstance } from '../model/types'
import { kPersisted } from '../symbols'
import { validate, wantsValidation } from '../validation/validate'
import { clonePlain, type PlainObject } from '../value/plain'
import { checkFilter, Operation, readQuery } from './begin'
import { insertRow, instantiate } from './create'
import { emitChanged } from './events'
import { fetch } from './find'
import type { FoundOrCreated } from './find-or-create'
import { toInstances } from './instances'
import { oneAtATime } from './one-at-a-time'
import type { Read } from './read'
import { isDuplicate } from './store-errors'

/** As `findOrCreate` in LoopBack where the store does it in one step: the new row is hooked and validated, whether it is needed or not. */
export async function findOrCreateHooksFirst(
  model: ModelRuntime,
  asked: { filter: Filter; data: PlainObject; key: string },
  options: JugglerOptions,
): Promise<FoundOrCreated> {
  const { has } = model
  const shared = new Operation(model, options)
  const query = await readQuery(model, { filter: { ...checkFilter(asked.filter), limit: 1 }, action: 'find', shared }, options)
  let instance = instantiate(model, asked.data)
  if (has.beforeSave) ({ instance } = await shared.stage('before save', { instance, isNewInstance: true }))
  if (wantsValidation(model, options)) await validate(instance, options)
  let row = toStore(instance)
  if (has.persist) {
    const members = { where: query.where, data: row, isNewInstance: true, currentInstance: instance }
    ;({ data: row } = await shared.stage('persist', members))
  }

  const made: Made = { instance, row, writes: writtenBy(asked.data) }
  const { read, written } = await oneAtATime(model, asked.key, () => readOrInsert(model, { query, made }, options))
  let data = written?.row ?? clonePlain(read.rows[0]!)
  const created = written !== undefined
  if (has.loaded) ({ data } = await shared.stage('loaded', { data: { ...data }, isNewInstance: created }))
  if (!created) {
    const [found] = await toInstances(model, { ...read, rows: [data] }, { options: { ...options, notify: false } })
    return { instance: found!, created }
  }
  takeWritten(instance, data)
  instance[kPersisted] = true
  if (has.afterSave) await shared.stage('after save', { instance, isNewInstance: true })
  withhold(instance, written.allowed?.hidden)
  emitChanged(model, instance)
  return { instance, created }
}

interface Made {
  readonly instance: ModelInstance
  readonly row: PlainObject
  /** The properties that the caller gave. */
  readonly writes: readonly string[]
}

interface Outcome {
  readonly read: Read
  readonly written?: { readonly row: PlainObject; readonly allowed?: GuardAllowed }
}

/** The row that is there, else the new one; when another process was faster with a unique value, its row counts. */
async function readOrInsert(model: ModelRuntime, asked: { query: Filter; made: Made }, options: JugglerOptions): Promise<Outcome> {
  const { query, made } = asked
  const look = () => fetch(model, { query, mode: 'instances' }, options)
  const read = await look()
  if (read.rows.length) return { read }
  const allowed = await guardWrite(model, { action: 'create', writes: made.writes }, options)
  await checkNew(model, made.row, { allowed, options })
  try {
    return { read, written: { row: await insertRow(made.instance, made.row, options), allowed } }
  } catch (error) {
    const other = isDuplicate(error) ? await look() : undefined
    if (!other?.rows.length) throw error
    return { read: other }
  }
}
