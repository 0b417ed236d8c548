import { kGuard, type JugglerOptions } from '@reloop/juggler'
import { errors } from '../errors'
import type { SharedModel } from '../types'
import { asChange, plain } from './as-change'
import { areEqual, conflicts, type ChangeData } from './change-data'
import { visibleIds } from './changes'
import { algorithmOf, changeId } from './revision'
import { noOptions, stored, together, type Stored } from './stored'
import { trackingOf } from './tracking'

/** What the other side has, and since when changes of this side count. */
export interface DiffAsked {
  readonly since: number
  readonly remoteChanges: readonly ChangeData[]
}

/** Changes of the other side that this side lacks, and changes of this side that contradict those of the other one. */
export interface Difference {
  readonly deltas: readonly unknown[]
  readonly conflicts: readonly unknown[]
}

/**
 * Compares the changes of another side with those of this one.
 *
 * @throws REPLICATION_CHANGES_INVALID when the changes are no list of objects with `modelId`
 */
export async function diff(Model: SharedModel, asked: DiffAsked, options: JugglerOptions = noOptions): Promise<Difference> {
  const { Change } = trackingOf(Model)
  const remoteChanges = checkChanges(asked.remoteChanges, 'remoteChanges')
  const own = await ownChanges(Model, remoteChanges, options)
  const found: { deltas: unknown[]; conflicts: unknown[] } = { deltas: [], conflicts: [] }
  for (const remote of remoteChanges) {
    const change = own.get(String(remote.modelId))
    if (change && areEqual(remote, change)) continue
    const isRecent = change !== undefined && Number(change.checkpoint) >= asked.since
    if (isRecent && conflicts(remote, change)) found.conflicts.push(change)
    else found.deltas.push(deltaOf(Change, remote, change))
  }
  return found
}

/** What the other side did, as done to what is here. */
function deltaOf(Change: SharedModel, remote: ChangeData, own: Stored | undefined): unknown {
  return asChange(Change, { ...plain(remote), prev: (own as ChangeData | undefined)?.rev ?? null })
}

/** The changes of the same records on this side, as far as the caller may see them. */
async function ownChanges(Model: SharedModel, remote: readonly ChangeData[], options: JugglerOptions): Promise<Map<string, Stored>> {
  const { Change } = trackingOf(Model)
  const ids = remote.map(({ modelId }) => changeId({ modelName: Model.modelName, modelId }, algorithmOf(Change)))
  const found: Stored[] = []
  for (let start = 0; start < ids.length; start += together)
    found.push(...(await stored(Change).find({ where: { id: { inq: ids.slice(start, start + together) } } })))
  const visible = options[kGuard] ? await visibleIds(Model, { ids: found.map(({ modelId }) => modelId) }, options) : undefined
  const seen = visible ? found.filter(({ modelId }) => visible.has(String(modelId))) : found
  return new Map(seen.map((change) => [String(change.modelId), change]))
}

/** Refuses what is no list of changes. */
export function checkChanges(given: unknown, argument: string): readonly ChangeData[] {
  if (!Array.isArray(given)) throw errors.REPLICATION_CHANGES_INVALID({ argument })
  for (const change of given as readonly unknown[]) {
    const { modelId } = (change ?? {}) as ChangeData
    if (modelId === undefined || modelId === null || typeof modelId === 'object') throw errors.REPLICATION_CHANGES_INVALID({ argument })
  }
  return given as readonly ChangeData[]
}
