import type { JugglerOptions } from '@reloop/juggler'
import { closed } from '../access/models/closed'
import type { Registry } from '../registry/registry'
import type { SharedModel } from '../types'
import { withCallbacks } from './legacy-statics'
import { noOptions, stored, type Stored } from './stored'

/** Makes the built-in model of checkpoints: the one row of a data source whose number goes up with every replication. */
export function makeCheckpoint(registry: Registry): SharedModel {
  const Checkpoint = registry.createModel(
    'Checkpoint',
    { seq: 'number', time: { type: 'date', defaultFn: 'now' }, sourceId: 'string' },
    { acls: closed(registry) },
  )
  return Object.assign(
    Checkpoint,
    withCallbacks({
      async current(this: SharedModel) {
        return current(this)
      },
      async bumpLastSeq(this: SharedModel) {
        return bump(this)
      },
    }),
  )
}

const models = new WeakMap<object, SharedModel>()

/** The class of the checkpoints of a data source. */
export function checkpointOf(registry: Registry, dataSource: { attach(Model: SharedModel): void }): SharedModel {
  const known = models.get(dataSource)
  if (known) return known
  const extend = registry.getModel('Checkpoint').extend as (name: string) => SharedModel
  const Checkpoint = extend.call(registry.getModel('Checkpoint'), 'checkpoint')
  dataSource.attach(Checkpoint)
  models.set(dataSource, Checkpoint)
  return Checkpoint
}

/** The number of the checkpoint that changes belong to now. */
export async function current(Checkpoint: SharedModel, options: JugglerOptions = noOptions): Promise<number> {
  return ((await row(Checkpoint, options)).seq as number) ?? 1
}

/**
 * Begins the next checkpoint. Two that begin one at the same time may begin the same one, which is as good: it began after both had asked.
 *
 * @returns the row
 */
export async function bump(Checkpoint: SharedModel, options: JugglerOptions = noOptions): Promise<Stored> {
  const before = await row(Checkpoint, options)
  const seq = ((before.seq as number) ?? 1) + 1
  await stored(Checkpoint).updateAll({ id: before.id, seq: before.seq }, { seq, time: new Date() }, options)
  return row(Checkpoint, options)
}

/** The row; where two processes made one at the same time, the one that is ahead. */
async function row(Checkpoint: SharedModel, options: JugglerOptions): Promise<Stored> {
  const found = await stored(Checkpoint).findOne({ order: 'seq DESC' }, options)
  return found ?? stored(Checkpoint).create({ seq: 1 }, options)
}
