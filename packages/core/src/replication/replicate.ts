import { runtimeOf, type JugglerOptions } from '@reloop/juggler'
import { errors } from '../errors'
import type { SharedModel } from '../types'
import type { ChangeData, Update } from './change-data'
import { Conflict } from './conflict'
import type { Difference } from './diff'
import { isRemote } from './remote'
import { stored } from './stored'
import { findTracking } from './tracking'

/** A checkpoint of each side. */
export interface Checkpoints {
  readonly source: number
  readonly target: number
}

/** What is replicated. */
export interface Replication {
  readonly source: SharedModel
  readonly target: SharedModel
  readonly since: Checkpoints
  /** `filter` of the records; everything is handed to bulkUpdate. */
  readonly options: JugglerOptions & { readonly filter?: object }
}

/** What came of it. */
export interface Replicated {
  readonly conflicts: Conflict[]
  /** From where the next replication goes on. */
  readonly checkpoints: Checkpoints
}

/** How often what changes meanwhile is fetched as well. */
const rounds = 3

/** The statics of a side; those of a remote model are calls of its server. */
interface Side {
  checkpoint(): Promise<{ readonly seq: number }>
  changes(since: number, filter?: object): Promise<readonly ChangeData[]>
  diff(since: number, changes: readonly ChangeData[]): Promise<Difference>
  createUpdates(deltas: readonly unknown[]): Promise<readonly Update[]>
  bulkUpdate(updates: readonly Update[], options: object): Promise<void>
  emit(event: string, value: unknown): void
}

/**
 * Brings what changed in one model to another one. May be stopped at any point and run again from the same checkpoints: what has arrived is
 * not sent again, and nothing is left out.
 *
 * @throws REPLICATION_NOT_TRACKED, and what either side fails with
 */
export async function replicate(replication: Replication): Promise<Replicated> {
  const { source, target } = replication
  for (const Model of [source, target])
    if (!isRemote(Model) && !findTracking(Model)) throw errors.REPLICATION_NOT_TRACKED({ model: Model.modelName })
  let { since } = replication
  for (let round = 1; ; round++) {
    const { conflicts, checkpoints, applied } = await once({ ...replication, since })
    if (conflicts.length > 0) side(source).emit('conflicts', conflicts)
    if (conflicts.length > 0 || applied === 0 || round === rounds) return { conflicts, checkpoints }
    since = checkpoints
  }
}

function side(Model: SharedModel): Side {
  return Model as unknown as Side
}

async function once({ source, target, since, options }: Replication): Promise<Replicated & { readonly applied: number }> {
  // Both checkpoints begin before anything is read: what changes from now on belongs to the next replication as well.
  const checkpoints = { source: (await side(source).checkpoint()).seq, target: (await side(target).checkpoint()).seq }
  const changes = await side(source).changes(since.source, options.filter ?? {})
  const found: Conflict[] = []
  let applied = 0
  for (const some of chunks(changes, chunkSize(source))) {
    const { deltas, conflicts } = await side(target).diff(since.target, some)
    const refused = [...(conflicts as readonly ChangeData[])]
    if (deltas.length > 0) {
      const updates = await side(source).createUpdates(deltas)
      const rejected = await send(target, updates, options)
      refused.push(...rejected)
      applied += updates.length - rejected.length
    }
    for (const { modelId } of refused) found.push(new Conflict(idIn(source, modelId), source, target))
  }
  return { conflicts: found, checkpoints, applied }
}

/** Gives the updates to the target; answers the changes that it refused. */
async function send(target: SharedModel, updates: readonly Update[], options: object): Promise<readonly ChangeData[]> {
  try {
    await side(target).bulkUpdate(updates, options)
    return []
  } catch (error) {
    const { statusCode, details } = error as { statusCode?: number; details?: { conflicts?: readonly ChangeData[] } }
    if (statusCode !== 409 || !Array.isArray(details?.conflicts)) throw error
    return details.conflicts as readonly ChangeData[]
  }
}

function chunkSize(source: SharedModel): number {
  const size = Number(source.settings.replicationChunkSize)
  return size > 0 ? size : Infinity
}

function chunks<T>(list: readonly T[], size: number): (readonly T[])[] {
  if (list.length <= size) return list.length === 0 ? [] : [list]
  const parts: (readonly T[])[] = []
  for (let start = 0; start < list.length; start += size) parts.push(list.slice(start, start + size))
  return parts
}

/** Changes keep ids as text; the conflict has the id that the model has. */
function idIn(Model: SharedModel, modelId: unknown): unknown {
  const property = runtimeOf(Model).entity.byName.get(stored(Model).getIdName())
  return property?.type === 'number' && typeof modelId === 'string' ? Number(modelId) : modelId
}
