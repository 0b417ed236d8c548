import { runtimeOf } from '@reloop/juggler'
import { errors } from '../errors'
import { closed } from '../access/models/closed'
import { stateOf } from '../models/model'
import type { Registry } from '../registry/registry'
import type { SharedModel } from '../types'
import type { Application } from '../app/application'
import { checkpointOf } from './checkpoint'
import { replicationFlags, type ReplicationFlags } from './compat'

/** What is kept of a class whose changes are recorded. */
export interface Tracking {
  readonly Change: SharedModel
  readonly registry: Registry
  readonly flags: ReplicationFlags
  /** Properties that changes have beside their own, filled from the record. */
  readonly further: readonly string[]
  /** Whether hooks record changes. */
  enabled: boolean
}

const tracked = new WeakMap<object, Tracking>()
const owners = new WeakMap<object, SharedModel>()

/** Whether a class has a change model: `trackChanges`, or `enableRemoteReplication`. */
export function wantsChanges(Model: SharedModel): boolean {
  return Boolean(Model.settings.trackChanges) || Boolean(Model.settings.enableRemoteReplication)
}

/** What is kept of a class, or undefined when it has no change model. */
export function findTracking(Model: SharedModel): Tracking | undefined {
  return tracked.get(Model)
}

/**
 * What is kept of a class.
 *
 * @throws REPLICATION_NOT_TRACKED
 */
export function trackingOf(Model: SharedModel): Tracking {
  const found = tracked.get(Model)
  if (!found) throw errors.REPLICATION_NOT_TRACKED({ model: Model.modelName })
  return found
}

/** The class whose changes a change model holds. */
export function trackedBy(Change: SharedModel): SharedModel {
  const found = owners.get(Change)
  if (!found) throw errors.REPLICATION_NOT_TRACKED({ model: Change.modelName })
  return found
}

/** Makes the change model of a class, named `<Model>-change`; once. */
export function defineChangeModel(registry: Registry, Model: SharedModel): Tracking {
  const known = tracked.get(Model)
  if (known) return known
  const flags = replicationFlags.of(registry.profile)
  const further = (Model.settings.additionalChangeModelProperties ?? {}) as Record<string, unknown>
  const Base = registry.getModel('Change')
  const extend = Base.extend as (name: string, properties: object, settings: object) => SharedModel
  const Change = extend.call(Base, `${Model.modelName}-change`, further, flags.changesPublic ? {} : { acls: closed(registry) })
  owners.set(Change, Model)
  const tracking: Tracking = { Change, registry, flags, further: Object.keys(further), enabled: false }
  tracked.set(Model, tracking)
  Model.Change = Change
  const attach = () => attachChanges(Model, tracking)
  if (runtimeOf(Model).dataSource) attach()
  Model.on('dataSourceAttached', attach)
  const join = () => joinApplication(Model, tracking)
  if (stateOf(Model).app) join()
  Model.on('attached', join)
  return tracking
}

/** Changes lie beside the records that they are about. */
function attachChanges(Model: SharedModel, { Change, registry }: Tracking): void {
  const dataSource = Model.dataSource as { attach(Model: SharedModel): void }
  dataSource.attach(Change)
  checkpointOf(registry, dataSource)
}

/** The change model belongs to the application of its model, and is as public where the profile says so. */
function joinApplication(Model: SharedModel, { Change, flags }: Tracking): void {
  const app = stateOf(Model).app as Application
  if (app.models[Change.modelName] === Change) return
  const isPublic = flags.changesPublic && Model.shared
  app.model(Change, { dataSource: Model.dataSource, public: isPublic })
  if (isPublic)
    process.emitWarning(
      `As in LoopBack, clients may call every method of ${Change.modelName}, the changes of ${Model.modelName}, unless rules of its own forbid it.`,
    )
}
