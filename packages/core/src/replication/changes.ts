import { kGuard, type JugglerOptions } from '@reloop/juggler'
import { errors } from '../errors'
import type { SharedModel } from '../types'
import { typeOf, type ChangeData } from './change-data'
import { algorithmOf, changeId } from './revision'
import { noOptions, stored, together, type Stored } from './stored'
import { trackingOf } from './tracking'

type Where = Readonly<Record<string, unknown>>

/** Which changes are wanted. */
export interface ChangesAsked {
  /** The first checkpoint that counts. */
  readonly since: number
  /** Filter of the records whose changes count. */
  readonly filter?: { readonly where?: Where }
}

/**
 * The changes since a checkpoint: of records that match the filter and that the caller may see, and of deleted ones.
 *
 * A rule for rows cannot be asked about a row that is gone. Where the caller has one, deletions are left out, unless the rule is about
 * additional properties of changes (`additionalChangeModelProperties`), which outlive the record.
 */
export async function changesOf(Model: SharedModel, asked: ChangesAsked, options: JugglerOptions = noOptions): Promise<Stored[]> {
  const { Change } = trackingOf(Model)
  const createFilter = Model.createChangeFilter as (since: number, filter?: object) => { where?: Where }
  const { where } = createFilter.call(Model, asked.since, asked.filter)
  const rule = await rowRule(Model, options)
  const changes = await stored(Change).find({ where, order: 'id ASC' })
  const alive = changes.filter((change) => change.rev)
  const visible = await visibleIds(Model, { ids: alive.map(({ modelId }) => modelId), where: asked.filter?.where }, options)
  const gone = await goneFor(Model, { changes: changes.filter((change) => typeOf(change) === 'delete'), rule })
  return changes.filter((change) => (change.rev ? visible.has(String(change.modelId)) : gone.has(change.id)))
}

/** LoopBack's extension point: which changes count. */
export function createChangeFilter(this: SharedModel, since: number): { where: Where } {
  return { where: { checkpoint: { gte: since }, modelName: this.modelName } }
}

/** The caller's rule for rows, if there is one. */
async function rowRule(Model: SharedModel, options: JugglerOptions): Promise<Where | undefined> {
  const answer = await options[kGuard]?.(Model.modelName, 'find', [])
  return typeof answer === 'object' ? answer.where : undefined
}

/** Which of some records the caller may see, as texts. */
export async function visibleIds(
  Model: SharedModel,
  { ids, where }: { readonly ids: readonly unknown[]; readonly where?: Where },
  options: JugglerOptions,
): Promise<Set<string>> {
  const name = stored(Model).getIdName()
  const visible = new Set<string>()
  for (let start = 0; start < ids.length; start += together) {
    const some = { [name]: { inq: ids.slice(start, start + together) } }
    const records = await stored(Model).find({ where: where ? { and: [where, some] } : some, fields: [name] }, options)
    for (const record of records) visible.add(String(record[name]))
  }
  return visible
}

async function goneFor(
  Model: SharedModel,
  { changes, rule }: { readonly changes: readonly Stored[]; readonly rule: Where | undefined },
): Promise<Set<unknown>> {
  const ids = changes.map(({ id }) => id)
  if (!rule || ids.length === 0) return new Set(ids)
  const { Change, further } = trackingOf(Model)
  if (!Object.keys(rule).every((name) => further.includes(name))) return new Set()
  const found = new Set<unknown>()
  for (let start = 0; start < ids.length; start += together) {
    const some = { id: { inq: ids.slice(start, start + together) } }
    for (const { id } of await stored(Change).find({ where: { and: [rule, some] } })) found.add(id)
  }
  return found
}

/** The change of one record that the caller may see, or null. */
export async function lastChange(Model: SharedModel, modelId: unknown, options: JugglerOptions = noOptions): Promise<Stored | null> {
  const { Change } = trackingOf(Model)
  const change = await stored(Change).findById(changeId({ modelName: Model.modelName, modelId }, algorithmOf(Change)))
  if (!change || !options[kGuard]) return change
  const seen = change.rev
    ? (await visibleIds(Model, { ids: [modelId] }, options)).size > 0
    : (await goneFor(Model, { changes: [change], rule: await rowRule(Model, options) })).size > 0
  return seen ? change : null
}

/**
 * Sets properties of a record's change.
 *
 * @throws REPLICATION_CHANGE_MISSING; REPLICATION_CHANGE_FIXED for anything but `prev` from outside, where the profile says so
 */
export async function updateLastChange(
  Model: SharedModel,
  { modelId, data }: { readonly modelId: unknown; readonly data: ChangeData },
  options: JugglerOptions = noOptions,
): Promise<Stored> {
  const { Change, flags } = trackingOf(Model)
  const fixed = options.fromOutside === true && !flags.changesWritable ? Object.keys(data).find((name) => name !== 'prev') : undefined
  if (fixed !== undefined) throw errors.REPLICATION_CHANGE_FIXED({ property: fixed })
  const change = await lastChange(Model, modelId, options)
  if (!change) throw errors.REPLICATION_CHANGE_MISSING({ model: Model.modelName, id: modelId })
  await stored(Change).updateAll({ id: change.id }, data)
  return (await stored(Change).findById(change.id))!
}
