import { runtimeOf, type JugglerOptions } from '@reloop/juggler'
import { stateOf } from '../models/model'
import type { Application } from '../app/application'
import type { SharedModel } from '../types'
import { pinnedId } from './pinned-id'
import { rectify, rectifyAll } from './rectify'
import { sameTransaction, stored, type Stored } from './stored'
import { trackingOf } from './tracking'

/** What hooks after writes are given. */
interface Written {
  readonly Model: SharedModel
  readonly instance?: Stored
  readonly currentInstance?: Stored
  readonly where?: Readonly<Record<string, unknown>>
  readonly options?: JugglerOptions
}

/** Milliseconds between two looks at all changes, where the model does not say. */
const usualInterval = 30_000

/**
 * Records what is changed in a model from now on, and what was changed while nobody did.
 *
 * @throws REPLICATION_NOT_TRACKED
 */
export function startTracking(Model: SharedModel): void {
  const tracking = trackingOf(Model)
  if (tracking.enabled) return
  tracking.enabled = true
  const observe = Model.observe as (operation: string, hook: (context: Written) => Promise<void>) => void
  observe.call(Model, 'after save', (context) => record(Model, context))
  observe.call(Model, 'after delete', (context) => record(Model, context))
  afterConnecting(Model, () => cleanUp(Model, 'start'))
  const given = Number(Model.settings.changeCleanupInterval) || usualInterval
  if (given < 0) return
  const timer = setInterval(() => cleanUp(Model, 'interval'), given)
  timer.unref()
  const stop = () => clearInterval(timer)
  const join = () => void (stateOf(Model).app as Application).once('stopped', stop)
  if (stateOf(Model).app) join()
  else Model.once('attached', join)
}

/** What happens in a source that nobody has connected yet happens later. */
function afterConnecting(Model: SharedModel, work: () => void): void {
  const source = runtimeOf(Model).dataSource
  if (source?.connected) setImmediate(work)
  else source?.once('connected', work)
}

/** Classes that are being cleaned up. */
const cleaning = new WeakSet<object>()

/** A source that is not connected is left in peace. */
function cleanUp(Model: SharedModel, when: 'start' | 'interval'): void {
  if (!runtimeOf(Model).ready || cleaning.has(Model)) return
  cleaning.add(Model)
  rectifyAll(Model)
    // At the start there may be no tables yet; what is wrong for longer is told later.
    .catch((error: unknown) => void (when === 'interval' && tell(Model, error, 'cleanup')))
    .finally(() => cleaning.delete(Model))
}

/** A write must not fail because it could not be recorded: it has happened, and the next clean-up records it. */
async function record(Model: SharedModel, context: Written): Promise<void> {
  if (context.Model !== Model) return
  const transaction = sameTransaction(context.options)
  const id = idOf(Model, context)
  try {
    // A write to many records looks at all of them.
    if (id === undefined) await rectifyAll(Model, transaction)
    else await rectify(Model, [id], transaction)
  } catch (error) {
    tell(Model, error, context.instance ? 'after save' : 'after delete')
  }
}

/** The one record that was written, if it was one. */
function idOf(Model: SharedModel, { instance, currentInstance, where }: Written): unknown {
  const written = instance ?? currentInstance
  if (written) return written.getId() ?? undefined
  return pinnedId(where, stored(Model).getIdName())
}

function tell(Model: SharedModel, error: unknown, operation: string): void {
  const handle = Model.handleChangeError as (error: unknown, operation: string) => void
  handle.call(Model, error, operation)
}

/** What `Model.handleChangeError` does by itself: the event `error` of the class, or a warning where nobody listens. */
export function handleChangeError(this: SharedModel, error: unknown, operation?: string): void {
  if (!error) return
  const listeners = (this.listenerCount as (event: string) => number).call(this, 'error')
  if (listeners > 0) this.emit('error', error)
  else
    process.emitWarning(`A change of ${this.modelName} was not recorded (${operation ?? 'rectify'}): ${String((error as Error).message)}`)
}
