import { kGuard, type JugglerOptions } from '@reloop/juggler'
import { errors } from '../errors'
import type { SharedModel } from '../types'
import { asChange } from './as-change'
import { typeOf, type ChangeData, type Update } from './change-data'
import { checkChanges } from './diff'
import { recordsOf, rectifyFollowed } from './rectify'
import { algorithmOf, revisionOf } from './revision'
import { noOptions, quietly, sameTransaction, stored, type Stored } from './stored'
import { findTracking, trackingOf } from './tracking'

type Data = Readonly<Record<string, unknown>>

/**
 * Adds to changes what the other side needs to follow them: the records as they are now.
 *
 * @throws REPLICATION_DATA_MISSING for a record that is gone, where the profile says so
 */
export async function createUpdates(Model: SharedModel, deltas: unknown, options: JugglerOptions = noOptions): Promise<Update[]> {
  const { Change, flags } = trackingOf(Model)
  const changes = checkChanges(deltas, 'deltas').map((change) => asChange(Change, change))
  const wanted = changes.filter((change) => needsData(change)).map(({ modelId }) => modelId)
  const records = await recordsOf(Model, wanted, options)
  const hide = options.fromOutside === true && !flags.hiddenInUpdates
  return changes.flatMap((change): Update[] => {
    const type = typeOf(change)
    if (!needsData(change)) return [{ type, change }]
    const record = records.get(String(change.modelId))
    if (record) return [{ type, change, data: hide ? record.toJSON() : record.toObject() }]
    if (flags.skipGoneData) return []
    throw errors.REPLICATION_DATA_MISSING({ id: change.modelId })
  })
}

function needsData(change: ChangeData): boolean {
  return ['create', 'update'].includes(typeOf(change))
}

/**
 * Follows what another side did, where it was done to what is here: each update must be based on the present revision of its record.
 * What was followed before counts as done. The rest is followed all the same.
 *
 * @throws REPLICATION_CONFLICT with the updates that could not be followed in `details.conflicts`
 */
export async function bulkUpdate(Model: SharedModel, given: unknown, options: JugglerOptions = noOptions): Promise<void> {
  const updates = checkUpdates(given)
  const current = await presentOf(
    Model,
    updates.map(({ change }) => change.modelId),
    options,
  )
  const again = repeated(updates)
  const refused: ChangeData[] = []
  const rechecked: unknown[] = []
  for (const update of updates) {
    const id = update.change.modelId
    const outcome = await follow(Model, { update, present: current.get(String(id)) }, options)
    if (outcome !== 'followed') rechecked.push(id)
    if (outcome === 'refused') refused.push(update.change)
    if (again.has(String(id)) && outcome === 'followed') await refresh(Model, { current, id }, options)
  }
  if (rechecked.length > 0 && findTracking(Model)?.enabled) await rectifyFollowed(Model, rechecked, sameTransaction(options))
  if (refused.length > 0) throw errors.REPLICATION_CONFLICT(undefined, { details: { conflicts: refused } })
}

/** Ids that come more than once: what the later update is based on is what the earlier one leaves. */
function repeated(updates: readonly Update[]): ReadonlySet<string> {
  const seen = new Set<string>()
  return new Set(updates.map(({ change }) => String(change.modelId)).filter((id) => seen.size === seen.add(id).size))
}

type Outcome = 'followed' | 'known' | 'refused' | 'ignored'

/** A record as it is: its revision is that of the whole record, also for a caller who sees a part of it. */
interface Present {
  readonly record: Stored
  readonly rev: string
}

async function presentOf(Model: SharedModel, ids: readonly unknown[], options: JugglerOptions): Promise<Map<string, Present>> {
  const seen = await recordsOf(Model, ids, options)
  const whole = options[kGuard] ? await recordsOf(Model, [...seen.keys()], quietly(sameTransaction(options))) : seen
  const algorithm = algorithmFor(Model)
  return new Map([...seen].map(([id, record]) => [id, { record, rev: revisionOf(whole.get(id) ?? record, algorithm) }]))
}

async function follow(
  Model: SharedModel,
  { update, present }: { readonly update: Update; readonly present: Present | undefined },
  options: JugglerOptions,
): Promise<Outcome> {
  const { type, change } = update
  if (!['create', 'update', 'delete'].includes(type)) return 'ignored'
  const rev = present?.rev ?? null
  if (type !== 'delete' && rev !== null && rev === change.rev) return 'known'
  if (type === 'delete' && rev === null && change.rev === null && change.prev) return 'known'
  if (rev !== (change.prev || null)) return 'refused'
  const done = await write(Model, { update, record: present?.record }, options)
  return done ? 'followed' : 'refused'
}

async function write(
  Model: SharedModel,
  { update, record }: { readonly update: Update; readonly record: Stored | undefined },
  options: JugglerOptions,
): Promise<boolean> {
  const data = dataOf(Model, update)
  if (!record) return update.type === 'delete' || create(Model, { data, id: update.change.modelId }, options)
  const where = asItIs(Model, record)
  if (update.type === 'delete') return (await stored(Model).destroyAll(where, options)).count > 0
  const { [stored(Model).getIdName()]: _id, ...rest } = data
  return (await stored(Model).updateAll(where, rest, options)).count > 0
}

async function create(Model: SharedModel, { data, id }: { data: Data; id: unknown }, options: JugglerOptions): Promise<boolean> {
  try {
    await stored(Model).create({ ...data, [stored(Model).getIdName()]: id }, options)
    return true
  } catch (error) {
    // Somebody else has made it in the meantime, or has one that this caller does not see.
    if ((error as { code?: unknown }).code === 'DUPLICATE_ENTRY' || (await stored(Model).findById(id, {}, sameTransaction(options))))
      return false
    throw error
  }
}

/** The record, as long as it is what was read: another writer in between makes a conflict, not a lost update. */
function asItIs(Model: SharedModel, record: Stored): Data {
  const comparable = Object.entries(record.toJSON()).filter(([, value]) => ['string', 'number', 'boolean'].includes(typeof value))
  const name = stored(Model).getIdName()
  return { ...Object.fromEntries(comparable.filter(([, value]) => !isFraction(value))), [name]: record[name] }
}

/** Stores may keep fewer digits than JavaScript does. */
function isFraction(value: unknown): boolean {
  return typeof value === 'number' && !Number.isInteger(value)
}

async function refresh(
  Model: SharedModel,
  { current, id }: { readonly current: Map<string, Present>; readonly id: unknown },
  options: JugglerOptions,
): Promise<void> {
  const [found] = (await presentOf(Model, [id], options)).values()
  if (found) current.set(String(id), found)
  else current.delete(String(id))
}

function dataOf(Model: SharedModel, { type, change, data }: Update): Data {
  if (type === 'delete') return {}
  if (typeof data !== 'object' || data === null || Array.isArray(data)) throw errors.REPLICATION_DATA_MISSING({ id: change.modelId })
  const id = data[stored(Model).getIdName()]
  if (id !== undefined && String(id) !== String(change.modelId)) throw errors.REPLICATION_UPDATE_INVALID({ id: change.modelId })
  return data
}

function checkUpdates(given: unknown): readonly Update[] {
  if (!Array.isArray(given)) throw errors.REPLICATION_CHANGES_INVALID({ argument: 'updates' })
  checkChanges(
    given.map((update: unknown) => (update as Update | null)?.change),
    'updates',
  )
  return given as readonly Update[]
}

function algorithmFor(Model: SharedModel): string {
  const tracking = findTracking(Model)
  return tracking ? algorithmOf(tracking.Change) : 'sha1'
}
