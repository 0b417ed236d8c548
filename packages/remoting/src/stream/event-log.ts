import { errors } from '../errors'
import { StreamEvent } from './stream-event'

/** How many events a log keeps. */
export interface EventLogOptions {
  /** Events that can be resumed from. @default 1000 */
  readonly keep?: number
}

/** Where a subscription begins, and when it ends. */
export interface SubscribeOptions {
  /** Id of the last event that was seen. @default only events from now on */
  readonly after?: string
  readonly signal?: AbortSignal
}

/**
 * The latest events of a topic. Subscribers hold a place in it and no queue of their own, so that a slow one costs nothing; one that
 * comes back with the id of the last event it saw misses none that are still kept.
 *
 * @example
 * const log = new EventLog({ keep: 500 })
 * log.publish({ temperature: 21 })
 * for await (const event of log.subscribe({ after: lastEventId(ctx), signal: ctx.signal })) console.log(event.data)
 */
export class EventLog<T = unknown> {
  readonly #keep: number
  /** Tells the ids of this log from those of an earlier process. */
  readonly #origin = `${Date.now().toString(36)}${Math.floor(Math.random() * 1e9).toString(36)}`
  readonly #events: StreamEvent[] = []
  readonly #waiting = new Set<() => void>()
  #count = 0
  #closed = false

  constructor({ keep = 1000 }: EventLogOptions = {}) {
    this.#keep = Math.max(1, keep)
  }

  /**
   * Adds an event.
   *
   * @param data any value that JSON can hold
   * @param event kind of the event. @default 'data'
   */
  publish(data: T, event?: string): StreamEvent {
    const made = new StreamEvent({ id: `${this.#origin}-${++this.#count}`, data, event })
    this.#events.push(made)
    // Cut now and then instead of with every event: moving a thousand places each time would cost more than the event.
    if (this.#events.length >= this.#keep * 2) this.#events.splice(0, this.#events.length - this.#keep)
    this.#wake()
    return made
  }

  /** Ends all subscriptions. */
  close(): void {
    this.#closed = true
    this.#wake()
  }

  /**
   * The events after a place, and then those to come. Begins with an event of the kind `reset` when the place is no longer known: the
   * subscriber has missed events and must read anew what it follows.
   *
   * @param options `after` and `signal`
   * @throws STREAM_TOO_SLOW when the subscriber falls behind what is kept
   */
  async *subscribe({ after, signal }: SubscribeOptions = {}): AsyncGenerator<StreamEvent, void, undefined> {
    let seen = after === undefined ? this.#count : this.#placeOf(after)
    if (seen === undefined) {
      seen = this.#count
      yield new StreamEvent({ event: 'reset', data: null })
    }
    while (!signal?.aborted) {
      const first = this.#count - this.#events.length
      if (seen < first) throw errors.STREAM_TOO_SLOW({ limit: this.#keep })
      const next = this.#events[seen - first]
      if (next) {
        seen++
        yield next
      } else if (this.#closed) return
      else await this.#next(signal)
    }
  }

  #placeOf(id: string): number | undefined {
    const [origin, number] = id.split('-')
    const place = Number(number)
    const known = origin === this.#origin && Number.isSafeInteger(place) && place <= this.#count
    return known && place >= this.#count - this.#events.length ? place : undefined
  }

  #next(signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        this.#waiting.delete(done)
        signal?.removeEventListener('abort', done)
        resolve()
      }
      this.#waiting.add(done)
      signal?.addEventListener('abort', done)
    })
  }

  #wake(): void {
    for (const done of [...this.#waiting]) done()
  }
}
