import { runtimeOf, type JugglerOptions } from '@reloop/juggler'
import type { Application } from '../app/application'
import type { Registry } from '../registry/registry'
import type { SharedModel } from '../types'
import type { ChangeData } from './change-data'
import { tellChanges } from './change-events'
import { changeStreamFor } from './change-stream'
import { changesOf, createChangeFilter, lastChange, updateLastChange } from './changes'
import { bump, checkpointOf, current } from './checkpoint'
import { Conflict } from './conflict'
import { fillCustomChangeProperties } from './custom-properties'
import { diff } from './diff'
import { firstOf, withCallbacks } from './legacy-statics'
import { rectify, rectifyAll } from './rectify'
import { invoke, isRemote } from './remote'
import { replicate, type Checkpoints, type Replication } from './replicate'
import { stored } from './stored'
import { handleChangeError, startTracking } from './track'
import { defineChangeModel, trackingOf, wantsChanges } from './tracking'
import { bulkUpdate, createUpdates } from './updates'

const registries = new WeakMap<object, Registry>()

/** The registry that a model belongs to. */
export function registryOf(Model: SharedModel): Registry | undefined {
  return registries.get(runtimeOf(Model).builder)
}

/** Gives the base of stored models the members that record, compare and replicate changes, and tell them. */
export function addReplicationMembers(PersistedModel: SharedModel, registry: Registry): void {
  registries.set(registry.modelBuilder, registry)
  const members = {
    ...plain(registry),
    ...doors,
    replicate: replicating,
    ...withCallbacks({ createChangeStream: changeStreamFor(registry) }),
  }
  for (const [name, value] of Object.entries(members))
    Object.defineProperty(PersistedModel, name, { value, writable: true, configurable: true, enumerable: false })
  const prototype = { fillCustomChangeProperties }
  for (const [name, value] of Object.entries(prototype))
    Object.defineProperty(PersistedModel.prototype, name, { value, writable: true, configurable: true, enumerable: false })
}

function plain(registry: Registry): Record<string, unknown> {
  return {
    Conflict,
    createChangeFilter,
    handleChangeError,

    /** Called on every class that `extend` makes. */
    setup(this: SharedModel): void {
      // Configuration may still say otherwise until the class is attached.
      this.once('dataSourceAttached', () => prepare(registry, this))
      this.once('attached', (app: Application) => tellOthers(registry, this, app))
    },

    enableChangeTracking(this: SharedModel): void {
      defineChangeModel(registry, this)
      startTracking(this)
    },

    getChangeModel(this: SharedModel): SharedModel {
      return trackingOf(this).Change
    },
  }
}

function prepare(registry: Registry, Model: SharedModel): void {
  if (isRemote(Model) || !wantsChanges(Model)) return
  defineChangeModel(registry, Model)
  if (Model.settings.trackChanges) startTracking(Model)
}

/** Where a broker goes to other processes, they want to hear what happens here, whether anybody here does or not. */
function tellOthers(registry: Registry, Model: SharedModel, app: Application): void {
  if (!app.get('broker') || !Model.shared || Model.settings.changeStream === false) return
  tellChanges(Model, registry.profile)
}

type Filter = { readonly where?: Readonly<Record<string, unknown>> }

/** The statics that clients may call, too; those of a model of another server are called there. */
export const doors = withCallbacks({
  // eslint-disable-next-line @typescript-eslint/max-params -- LoopBack's signature
  async changes(this: SharedModel, since?: number | Filter, filter?: Filter, options?: JugglerOptions) {
    const asked = typeof since === 'object' && since !== null ? { since: -1, filter: since } : { since: since ?? -1, filter }
    return isRemote(this) ? invoke(this, { method: 'changes', args: asked }, options) : changesOf(this, asked, options)
  },

  // eslint-disable-next-line @typescript-eslint/max-params -- LoopBack's signature
  async diff(this: SharedModel, since: number, remoteChanges: readonly ChangeData[], options?: JugglerOptions) {
    const asked = { since: since ?? -1, remoteChanges }
    return isRemote(this) ? invoke(this, { method: 'diff', args: asked }, options) : diff(this, asked, options)
  },

  async checkpoint(this: SharedModel, options?: JugglerOptions) {
    return isRemote(this) ? invoke(this, { method: 'checkpoint', args: {} }, options) : bump(checkpointsOf(this))
  },

  async currentCheckpoint(this: SharedModel, options?: JugglerOptions) {
    return isRemote(this) ? invoke(this, { method: 'currentCheckpoint', args: {} }, options) : current(checkpointsOf(this))
  },

  async createUpdates(this: SharedModel, deltas: unknown, options?: JugglerOptions) {
    return isRemote(this) ? invoke(this, { method: 'createUpdates', args: { deltas } }, options) : createUpdates(this, deltas, options)
  },

  async bulkUpdate(this: SharedModel, updates: unknown, options?: JugglerOptions) {
    if (isRemote(this)) await invoke(this, { method: 'bulkUpdate', args: { updates } }, options)
    else await bulkUpdate(this, updates, options)
  },

  async findLastChange(this: SharedModel, id: unknown, options?: JugglerOptions) {
    return isRemote(this) ? invoke(this, { method: 'findLastChange', args: { id } }, options) : lastChange(this, id, options)
  },

  // eslint-disable-next-line @typescript-eslint/max-params -- LoopBack's signature
  async updateLastChange(this: SharedModel, id: unknown, data: ChangeData, options?: JugglerOptions) {
    if (isRemote(this)) return invoke(this, { method: 'updateLastChange', args: { id, data } }, options)
    return updateLastChange(this, { modelId: id, data }, options)
  },

  async rectifyChange(this: SharedModel, id: unknown) {
    await rectify(this, [id])
  },

  async rectifyAllChanges(this: SharedModel) {
    await rectifyAll(this)
  },

  async getSourceId(this: SharedModel) {
    const source = runtimeOf(this).dataSource
    return `${source?.connector.name ?? ''}-${this.modelName}`
  },
})

/** `replicate(since?, target, options?[, callback])`: a callback gets `(error, conflicts, checkpoints)`, a promise the conflicts. */
const replicating = firstOf(
  async function replicateTo(this: SharedModel, ...args: never[]) {
    const { conflicts, checkpoints } = await replicate(readReplication(this, args))
    return Object.defineProperty(conflicts, 'checkpoints', { value: checkpoints }) as typeof conflicts & {
      readonly checkpoints: Checkpoints
    }
  },
  (conflicts) => [conflicts, conflicts.checkpoints],
)

function checkpointsOf(Model: SharedModel): SharedModel {
  return checkpointOf(trackingOf(Model).registry, stored(Model).dataSource)
}

/** Reads `(since?, target, options?)`: since is a number, or one for each side. */
function readReplication(source: SharedModel, args: readonly unknown[]): Replication {
  const given = typeof args[0] === 'function' ? [-1, ...args] : args
  const [since, target, options] = given as [number | Partial<Checkpoints> | undefined, SharedModel, Replication['options'] | undefined]
  const both = typeof since === 'object' && since !== null ? since : { source: since ?? -1, target: since ?? -1 }
  return { source, target, since: { source: both.source ?? -1, target: both.target ?? -1 }, options: options ?? {} }
}
