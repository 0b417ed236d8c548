import type { SharedModel } from '../types'
import { typeOf, type ChangeData } from './change-data'
import { results, withCallbacks } from './legacy-statics'
import { stored, type Stored } from './stored'

interface Sides {
  findLastChange(id: unknown): Promise<ChangeData | null>
  updateLastChange(id: unknown, data: object): Promise<ChangeData>
}

const side = (Model: SharedModel) => Model as unknown as Sides

/**
 * A record that both sides of a replication changed without knowing of each other. All methods answer to a callback or with a promise.
 *
 * @example
 * for (const conflict of await Local.replicate(-1, Server)) await conflict.resolveUsingTarget()
 */
// eslint-disable-next-line @typescript-eslint/no-unsafe-declaration-merging -- the methods are put on the prototype below, each with its door for callbacks
export class Conflict {
  /** Where the replication came from. */
  readonly SourceModel: SharedModel
  readonly TargetModel: SharedModel
  /** Id of the record on both sides. */
  readonly modelId: unknown

  /**
   * @param modelId of the record
   * @param SourceModel where the replication came from
   * @param TargetModel where it went
   */
  constructor(modelId: unknown, SourceModel: SharedModel, TargetModel: SharedModel) {
    this.modelId = modelId
    this.SourceModel = SourceModel
    this.TargetModel = TargetModel
  }

  /** The same conflict, seen from the other side. */
  swapParties(): Conflict {
    return new Conflict(this.modelId, this.TargetModel, this.SourceModel)
  }
}

/** The methods of conflicts that take a while. */
// eslint-disable-next-line @typescript-eslint/no-unsafe-declaration-merging
export interface Conflict {
  /** The record on both sides: `(source, target)`, null where it is deleted. */
  models(callback?: Function): Promise<[Stored | null, Stored | null]>
  /** The changes on both sides: `(source, target)`. */
  changes(callback?: Function): Promise<[ChangeData | null, ChangeData | null]>
  /** Lets the source win at the next replication. */
  resolve(callback?: Function): Promise<void>
  /** Lets the source win at the next replication. */
  resolveUsingSource(callback?: Function): Promise<void>
  /** Makes the source what the target is. */
  resolveUsingTarget(callback?: Function): Promise<void>
  /** Changes the record of the source as given, or deletes it, and lets it win. */
  resolveManually(data: object | null | undefined, callback?: Function): Promise<void>
  /** `update` when both sides changed the record, `delete` when one deleted it, else `unknown`. */
  type(callback?: Function): Promise<'update' | 'delete' | 'unknown'>
}

async function both({ SourceModel, TargetModel, modelId }: Conflict): Promise<[Stored | null, Stored | null]> {
  return [await stored(SourceModel).findById(modelId), await stored(TargetModel).findById(modelId)]
}

async function bothChanges({ SourceModel, TargetModel, modelId }: Conflict): Promise<[ChangeData | null, ChangeData | null]> {
  return [await side(SourceModel).findLastChange(modelId), await side(TargetModel).findLastChange(modelId)]
}

/** What the source has counts as done to what the target has. */
async function resolve(conflict: Conflict): Promise<void> {
  const { SourceModel, TargetModel, modelId } = conflict
  const change = await side(TargetModel).findLastChange(modelId)
  await side(SourceModel).updateLastChange(modelId, { prev: change?.rev ?? null })
}

const methods = withCallbacks({
  async models(this: Conflict) {
    return results(...(await both(this)))
  },

  async changes(this: Conflict) {
    return results(...(await bothChanges(this)))
  },

  async resolve(this: Conflict) {
    await resolve(this)
  },

  async resolveUsingSource(this: Conflict) {
    await resolve(this)
  },

  async resolveUsingTarget(this: Conflict) {
    const [source, target] = await both(this)
    if (!target) return void (await source?.destroy())
    if (source) await source.replaceAttributes(target.toObject())
    else await stored(this.SourceModel).create(target.toObject())
  },

  async resolveManually(this: Conflict, data?: object | null) {
    const [source, target] = await both(this)
    if (!data) return void (await source?.destroy())
    if (source) {
      source.setAttributes(data)
      await source.save()
    } else await stored(this.SourceModel).create({ ...target?.toObject(), ...data })
    await resolve(this)
  },

  async type(this: Conflict) {
    const types = (await bothChanges(this)).map((change) => (change ? typeOf(change) : 'unknown'))
    if (types.includes('delete')) return 'delete'
    return types.every((type) => type === 'update') ? 'update' : 'unknown'
  },
})

for (const [name, value] of Object.entries(methods))
  Object.defineProperty(Conflict.prototype, name, { value, writable: true, configurable: true, enumerable: false })
