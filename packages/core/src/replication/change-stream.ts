import { Readable } from 'node:stream'
import type { JugglerOptions } from '@reloop/juggler'
import { lastEventId, StreamEvent, type HttpContext } from '@reloop/remoting'
import type { Application } from '../app/application'
import { stateOf } from '../models/model'
import { requestOptions } from '../models/request-options'
import type { Registry } from '../registry/registry'
import type { SharedModel } from '../types'
import type { Told } from './change-events'
import { follow } from './change-hub'
import { replicationFlags } from './compat'
import { judge, type StreamFilter } from './judge-event'
import { noOptions, stored } from './stored'

/** How a stream is opened. */
interface Opening {
  readonly Model: SharedModel
  readonly registry: Registry
  readonly filter: StreamFilter | undefined
  /** Id of the last event that was seen. */
  readonly after?: string
  /** Options of the caller as they are by now: who asks may lose rights while the stream is open. */
  readonly caller: () => JugglerOptions
  /** What is sent of an event. */
  readonly write: (event: StreamEvent, shown: object) => unknown
}

/**
 * Makes LoopBack's `Model.createChangeStream(options?)`: a readable stream of objects `{ target, where, data, type }`, from all processes
 * that share the broker of the application. `options` may hold `where` and `fields`.
 */
export function changeStreamFor(registry: Registry) {
  return async function createChangeStream(this: SharedModel, options?: StreamFilter): Promise<Readable> {
    return open({ Model: this, registry, filter: options, caller: () => noOptions, write: (_event, shown) => shown })
  }
}

/**
 * Opens a stream for whoever sends a request: rows and properties that the caller may not see are not in it, and it goes on after the event
 * that `Last-Event-ID` names.
 *
 * @throws what a find with the same where throws
 */
export async function streamForRequest(
  { Model, registry, filter }: { Model: SharedModel; registry: Registry; filter: StreamFilter | undefined },
  context: HttpContext,
): Promise<Readable> {
  const app = stateOf(Model).app as Application
  const caller = renewed(() => requestOptions(Model, context) as JugglerOptions, app.remotes().limits.stream.recheck)
  // A find with the same conditions tells whether they are allowed, and to whom.
  const { where } = filter ?? {}
  await stored(Model).find({ ...(where && { where }), fields: [stored(Model).getIdName()], limit: 1 }, caller())
  return open({ Model, registry, filter, after: lastEventId(context), caller, write: withPlace })
}

function withPlace(event: StreamEvent, shown: object): StreamEvent {
  return new StreamEvent({ id: event.id, event: event.event, data: shown })
}

/** Made anew now and then: what a request may is remembered for as long as the request lasts, and a stream outlasts it. */
function renewed<T>(make: () => T, milliseconds: number): () => T {
  let value = make()
  let until = Date.now() + milliseconds
  return () => {
    if (Date.now() >= until) [value, until] = [make(), Date.now() + milliseconds]
    return value
  }
}

function open(opening: Opening): Readable {
  const { Model, registry, after } = opening
  const { log, leave } = follow(Model, registry.profile)
  const abort = new AbortController()
  const events = log.subscribe({ after, signal: abort.signal })
  // Asked for at once: what happens from now on belongs to the stream, also before somebody reads it.
  const first = events.next()
  const shown = shownOf({ ...opening, events, first })
  return new Readable({
    objectMode: true,
    read() {
      shown.next().then(
        ({ value, done }) => this.push(done ? null : value),
        (error: Error) => this.destroy(error),
      )
    },
    // The generator may be waiting for the next event: it ends with the events.
    destroy(error, done) {
      abort.abort()
      leave()
      done(error)
    },
  })
}

interface Shown extends Opening {
  readonly events: AsyncGenerator<StreamEvent, void, undefined>
  readonly first: Promise<IteratorResult<StreamEvent, void>>
}

async function* shownOf({ Model, registry, filter, events, first, caller, write }: Shown): AsyncGenerator<unknown> {
  const flags = replicationFlags.of(registry.profile)
  const decide = judge({ Model, flags, filter: flags.streamFilter ? filter : undefined })
  for (let next = await first; !next.done; next = await events.next()) {
    const event = next.value
    if (event.event === 'reset') yield event
    else {
      const shown = await decide(event.data as Told, caller())
      if (shown) yield write(event, shown)
    }
  }
}
