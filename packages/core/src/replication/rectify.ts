import type { JugglerOptions } from '@reloop/juggler'
import type { SharedModel } from '../types'
import type { ChangeData } from './change-data'
import { checkpointOf, current } from './checkpoint'
import { customProperties } from './custom-properties'
import { algorithmOf, changeId, revisionOf } from './revision'
import { noOptions, quietly, stored, together, type Stored } from './stored'
import { trackingOf } from './tracking'

/** How often a record that changes while it is looked at is looked at again. */
const patience = 10

/**
 * Brings the changes of records up to date: each gets the revision that its record has now.
 *
 * @param Model whose changes are tracked
 * @param ids of records, there or not
 * @param options the transaction
 */
export async function rectify(Model: SharedModel, ids: readonly unknown[], options: JugglerOptions = noOptions): Promise<void> {
  await rectifyParts(Model, { ids, bury: false, options })
}

/** The same for records that another side wrote: that one of them is not here is noted, so that the other side need not say so again. */
export async function rectifyFollowed(Model: SharedModel, ids: readonly unknown[], options: JugglerOptions): Promise<void> {
  await rectifyParts(Model, { ids, bury: true, options })
}

async function rectifyParts(Model: SharedModel, { ids, bury, options }: Omit<Looked, 'attempt'>): Promise<void> {
  for (let start = 0; start < ids.length; start += together)
    await rectifySome(Model, { ids: ids.slice(start, start + together), bury, options, attempt: 1 })
}

/** Brings all changes up to date: those of records that have one, and those of records that were written without. */
export async function rectifyAll(Model: SharedModel, options: JugglerOptions = noOptions): Promise<void> {
  const { Change } = trackingOf(Model)
  for await (const ids of pages(Model, { name: stored(Model).getIdName(), where: undefined }, options)) await rectify(Model, ids, options)
  const where = { modelName: Model.modelName, rev: { neq: null } }
  for await (const changes of pages(Change, { name: 'id', where, read: 'modelId' }, options)) await rectify(Model, changes, options)
}

/** The ids of all rows, page by page in their own order, so that rows that come and go are neither skipped nor met twice. */
async function* pages(
  Model: SharedModel,
  { name, where, read = name }: { readonly name: string; readonly where?: object; readonly read?: string },
  options: JugglerOptions,
): AsyncGenerator<unknown[]> {
  let last: unknown
  for (;;) {
    const after = last === undefined ? undefined : { [name]: { gt: last } }
    const conditions = [where, after].filter((condition) => condition !== undefined)
    const filter = { where: conditions.length > 1 ? { and: conditions } : conditions[0], fields: [name, read], order: `${name} ASC` }
    const rows = await stored(Model).find({ ...filter, limit: together }, quietly(options))
    if (rows.length > 0) yield rows.map((row) => row[read])
    if (rows.length < together) return
    last = rows.at(-1)![name]
  }
}

interface Looked {
  readonly ids: readonly unknown[]
  readonly bury: boolean
  readonly options: JugglerOptions
  readonly attempt: number
}

/** Changes are read before records: one that changes in between is then found to have been written over, and looked at again. */
async function rectifySome(Model: SharedModel, { ids, bury, options, attempt }: Looked): Promise<void> {
  const { Change, registry } = trackingOf(Model)
  const algorithm = algorithmOf(Change)
  const byId = new Map(ids.map((id) => [changeId({ modelName: Model.modelName, modelId: id }, algorithm), id]))
  const Checkpoint = checkpointOf(registry, stored(Model).dataSource)
  const checkpoint = await current(Checkpoint, options)
  const changes = await stored(Change).find({ where: { id: { inq: [...byId.keys()] } } }, quietly(options))
  const known = new Map(changes.map((change) => [String(change.id), change]))
  const records = await recordsOf(Model, ids, quietly(options))
  const again: unknown[] = []
  const written: string[] = []
  for (const [id, modelId] of byId) {
    const record = records.get(String(modelId))
    const rev = record ? revisionOf(record, algorithm) : null
    const change = known.get(id)
    if ((change?.rev ?? null) === rev && (change || !bury)) continue
    const data = { ...(record && (await customProperties(Model, record))), rev, checkpoint }
    if (await write(Change, { id, modelName: Model.modelName, modelId: String(modelId), change, data }, options)) written.push(id)
    else again.push(modelId)
  }
  await follow(Change, { written, checkpoint, now: await current(Checkpoint, options) }, options)
  if (again.length > 0 && attempt < patience) await rectifySome(Model, { ids: again, bury, options, attempt: attempt + 1 })
}

/** The records of ids, by id as text. */
export async function recordsOf(Model: SharedModel, ids: readonly unknown[], options: JugglerOptions): Promise<Map<string, Stored>> {
  const found = new Map<string, Stored>()
  for (let start = 0; start < ids.length; start += together) {
    const where = { [stored(Model).getIdName()]: { inq: ids.slice(start, start + together) } }
    for (const record of await stored(Model).find({ where }, options)) found.set(String(record.getId()), record)
  }
  return found
}

interface Written {
  readonly id: string
  readonly modelName: string
  readonly modelId: string
  readonly change: Stored | undefined
  readonly data: ChangeData
}

/** Writes over the change that was read, and over no other one. */
async function write(Change: SharedModel, { id, modelName, modelId, change, data }: Written, options: JugglerOptions): Promise<boolean> {
  if (change) {
    const prev = change.checkpoint === data.checkpoint ? {} : { prev: change.rev ?? null }
    const where = { id, rev: change.rev ?? null }
    return (await stored(Change).updateAll(where, { ...data, ...prev }, options)).count > 0
  }
  try {
    await stored(Change).create({ id, modelName, modelId, ...data }, options)
    return true
  } catch (error) {
    if (await stored(Change).findById(id, {}, options)) return false
    throw error
  }
}

/** A checkpoint that began while changes were written may have been read without them: they belong to it as well. */
async function follow(
  Change: SharedModel,
  { written, checkpoint, now }: { written: readonly string[]; checkpoint: number; now: number },
  options: JugglerOptions,
): Promise<void> {
  if (now === checkpoint || written.length === 0) return
  await stored(Change).updateAll({ id: { inq: written }, checkpoint }, { checkpoint: now }, options)
}
