import { closed } from '../access/models/closed'
import type { Registry } from '../registry/registry'
import type { SharedModel } from '../types'
import { areEqual, bothDeleted, conflicts, isBasedOn, typeOf, type ChangeData } from './change-data'
import { checkpointOf } from './checkpoint'
import { replicationFlags } from './compat'
import { Conflict } from './conflict'
import { diff } from './diff'
import { withCallbacks } from './legacy-statics'
import { rectify, rectifyAll } from './rectify'
import { algorithmOf, changeId, hash, revisionOf } from './revision'
import { stored, type Stored } from './stored'
import { trackedBy } from './tracking'

const types = Object.freeze({ UPDATE: 'update', CREATE: 'create', DELETE: 'delete', UNKNOWN: 'unknown' })

/** Makes the built-in model of changes; every class whose changes are tracked has its own that extends it. */
export function makeChange(registry: Registry): SharedModel {
  const { revisionHash, changesPublic } = replicationFlags.of(registry.profile)
  const Change = registry.createModel(
    'Change',
    {
      id: { type: 'string', id: true, generated: false },
      rev: 'string',
      prev: 'string',
      checkpoint: 'number',
      modelName: 'string',
      modelId: 'string',
    },
    { trackChanges: false, forceId: false, hashAlgorithm: revisionHash, ...(changesPublic ? {} : { acls: closed(registry) }) },
  )
  Object.assign(Change, types, { Conflict }, statics(registry), withCallbacks(asyncStatics))
  for (const [name, value] of Object.entries({ ...methods, ...withCallbacks(asyncMethods) }))
    Object.defineProperty(Change.prototype, name, { value, writable: true, configurable: true, enumerable: false })
  return Change
}

function statics(registry: Registry): Record<string, Function> {
  return {
    hash(this: SharedModel, text: string) {
      return hash(text, algorithmOf(this))
    },
    idForModel(this: SharedModel, modelName: string, modelId: unknown) {
      return changeId({ modelName, modelId }, algorithmOf(this))
    },
    revisionForInst(this: SharedModel, record: unknown) {
      return revisionOf(record, algorithmOf(this))
    },
    bothDeleted,
    getCheckpointModel(this: SharedModel) {
      return checkpointOf(registry, this.dataSource as never)
    },
  }
}

const asyncStatics = {
  async rectifyModelChanges(this: SharedModel, _modelName: string, ids: readonly unknown[]) {
    await rectify(trackedBy(this), ids)
  },
  async rectifyAll(this: SharedModel) {
    await rectifyAll(trackedBy(this))
  },
  async findOrCreateChange(this: SharedModel, modelName: string, modelId: unknown) {
    const id = changeId({ modelName, modelId }, algorithmOf(this))
    return (await stored(this).findById(id)) ?? stored(this).create({ id, modelName, modelId: String(modelId) })
  },
  // eslint-disable-next-line @typescript-eslint/max-params -- LoopBack's signature
  async diff(this: SharedModel, _modelName: string, since: number, remoteChanges: readonly ChangeData[]) {
    return diff(trackedBy(this), { since, remoteChanges })
  },
}

const methods: Record<string, Function> = {
  type(this: ChangeData) {
    return typeOf(this)
  },
  equals(this: ChangeData, other: ChangeData | null) {
    return Boolean(other) && areEqual(this, other!)
  },
  isBasedOn(this: ChangeData, other: ChangeData) {
    return isBasedOn(this, other)
  },
  conflictsWith(this: ChangeData, other: ChangeData | null) {
    return conflicts(this, other)
  },
  getModelCtor(this: Stored) {
    return trackedBy(this.constructor as unknown as SharedModel)
  },
  getModelId(this: ChangeData) {
    return this.modelId
  },
}

const asyncMethods = {
  async getModel(this: Stored) {
    return stored(trackedBy(this.constructor as unknown as SharedModel)).findById(this.modelId)
  },
  async currentRevision(this: Stored) {
    const Change = this.constructor as unknown as SharedModel
    const record = await stored(trackedBy(Change)).findById(this.modelId)
    return record ? revisionOf(record, algorithmOf(Change)) : null
  },
  async rectify(this: Stored) {
    const Change = this.constructor as unknown as SharedModel
    await rectify(trackedBy(Change), [this.modelId])
    return stored(Change).findById(this.id)
  },
}
