import { localBroker, type Broker } from '@reloop/connector'
import { runtimeOf } from '@reloop/juggler'
import { stateOf } from '../models/model'
import type { SharedModel } from '../types'
import { replicationFlags } from './compat'
import { pinnedId } from './pinned-id'
import { noOptions, quietly, stored, type Stored } from './stored'

type Data = Readonly<Record<string, unknown>>

/** What happened to a record, or to all that match `where`; LoopBack's form. */
export interface ChangeEvent {
  readonly type: 'create' | 'update' | 'remove'
  /** Id of the record, where it was one. */
  readonly target?: unknown
  readonly where?: Data
  /** The record, or what was changed of it; no hidden properties. */
  readonly data?: Data
}

/** An event on its way between processes. */
export interface Told {
  readonly event: ChangeEvent
  /** Whether the data is the whole record. */
  readonly whole: boolean
  /** The record that was removed. */
  readonly removed?: Data
}

/** What hooks are given. */
interface Context {
  readonly Model: SharedModel
  readonly instance?: Stored
  readonly isNewInstance?: boolean
  readonly where?: Data
  readonly data?: Data
  readonly hookState: Record<string, unknown>
}

const told = new WeakSet<object>()
const removedRow = '@reloop/removed'

/** The topic of a model's events. */
export function topicOf(Model: SharedModel): string {
  return `change:${Model.modelName}`
}

const lone = new WeakMap<object, Broker>()

/**
 * The broker of the application that a model belongs to; one inside this process, where it belongs to none or keeps its events to itself
 * (`changeStream: false`).
 */
export function brokerOf(Model: SharedModel): Broker {
  const app = stateOf(Model).app
  if (app && Model.settings.changeStream !== false) return app.broker
  const { builder } = runtimeOf(Model)
  const known = lone.get(builder) ?? localBroker()
  lone.set(builder, known)
  return known
}

/** Publishes from now on what happens to records of a model. */
export function tellChanges(Model: SharedModel, profile: Parameters<typeof replicationFlags.of>[0]): void {
  if (told.has(Model)) return
  told.add(Model)
  const { bulkUpdateIsUpdate } = replicationFlags.of(profile)
  const observe = Model.observe as (operation: string, hook: (context: Context) => unknown) => void
  const publish = (message: Told) => brokerOf(Model).publish(topicOf(Model), message)
  observe.call(Model, 'after save', (context) => publish(savedOf(Model, context, bulkUpdateIsUpdate)))
  observe.call(Model, 'before delete', (context) => remember(Model, context))
  observe.call(Model, 'after delete', (context) => publish(removalOf(Model, context)))
}

function savedOf(Model: SharedModel, { instance, isNewInstance, where, data }: Context, bulkIsUpdate: boolean): Told {
  if (instance) {
    const event: ChangeEvent = { target: instance.getId(), data: instance.toJSON(), type: isNewInstance ? 'create' : 'update' }
    return { event, whole: true }
  }
  const target = pinnedId(where, stored(Model).getIdName())
  const type = target === undefined && !bulkIsUpdate ? 'create' : 'update'
  return { event: { target, where: shown(Model, where), data: withoutHidden(Model, data), type }, whole: false }
}

/** Rules and filters are asked about the record as it was. */
async function remember(Model: SharedModel, { instance, where, hookState }: Context): Promise<void> {
  const id = pinnedId(where, stored(Model).getIdName())
  const row = instance ?? (id === undefined ? undefined : await stored(Model).findById(id, {}, quietly(noOptions)))
  if (row) hookState[removedRow] = row.toJSON()
}

function removalOf(Model: SharedModel, { instance, where, hookState }: Context): Told {
  const target = instance ? instance.getId() : pinnedId(where, stored(Model).getIdName())
  const event: ChangeEvent = { target, where: shown(Model, where), ...(instance ? { data: instance.toJSON() } : {}), type: 'remove' }
  return { event, whole: true, removed: hookState[removedRow] as Data | undefined }
}

/** Conditions that name hidden properties would tell what they hold. */
function shown(Model: SharedModel, where: Data | undefined): Data | undefined {
  const { hidden } = runtimeOf(Model).compiled
  const names = (value: unknown): boolean =>
    typeof value === 'object' &&
    value !== null &&
    Object.entries(value).some(([key, inner]) => hidden.has(key.split('.')[0]!) || names(inner))
  return where === undefined || names(where) ? undefined : where
}

function withoutHidden(Model: SharedModel, data: Data | undefined): Data | undefined {
  const { hidden } = runtimeOf(Model).compiled
  if (!data || hidden.size === 0) return data
  return Object.fromEntries(Object.entries(data).filter(([name]) => !hidden.has(name)))
}
