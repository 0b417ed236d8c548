import { EventLog } from '@reloop/remoting'
import { stateOf } from '../models/model'
import type { SharedModel } from '../types'
import { brokerOf, tellChanges, topicOf, type Told } from './change-events'
import type { replicationFlags } from './compat'

/** Milliseconds that events are kept for clients who come back, once nobody listens. */
const idleTime = 300_000

/** The latest events of one model, for all who follow it in this process. */
interface Hub {
  readonly log: EventLog<Told>
  readonly end: () => void
  followers: number
  idle: NodeJS.Timeout | undefined
}

const hubs = new WeakMap<object, Hub>()

/**
 * Follows the events of a model.
 *
 * @returns the log, and a function that ends following
 */
export function follow(
  Model: SharedModel,
  profile: Parameters<typeof replicationFlags.of>[0],
): { readonly log: EventLog<Told>; readonly leave: () => void } {
  tellChanges(Model, profile)
  const hub = hubs.get(Model) ?? open(Model)
  hub.followers++
  clearTimeout(hub.idle)
  let gone = false
  const leave = () => {
    if (gone) return
    gone = true
    if (--hub.followers === 0) hub.idle = setTimeout(hub.end, idleTime).unref()
  }
  return { log: hub.log, leave }
}

function open(Model: SharedModel): Hub {
  const log = new EventLog<Told>()
  const unsubscribe = brokerOf(Model).subscribe(topicOf(Model), (message) => void log.publish(message as Told))
  const app = stateOf(Model).app
  const end = () => {
    hubs.delete(Model)
    app?.removeListener('stopping', end)
    unsubscribe()
    log.close()
  }
  // A stream never ends by itself: the application would wait for it until it is cut.
  app?.once('stopping', end)
  const hub: Hub = { log, end, followers: 0, idle: undefined }
  hubs.set(Model, hub)
  return hub
}
