import { errors } from '../errors'

/** What an event is made from. */
export interface StreamEventOptions {
  /** Place of the event in its stream, from which a client may resume. */
  readonly id?: string
  /** Any value that JSON can hold. */
  readonly data: unknown
  /** Kind of the event. @default 'data' */
  readonly event?: string
}

/**
 * One item of a stream with a place and a kind; items that are anything else are events of the kind `data` without a place.
 *
 * @throws STREAM_EVENT_INVALID when id or kind hold line breaks or NUL
 * @example
 * async function* ticks() { for (let n = 1; ; n++) yield new StreamEvent({ id: String(n), data: { n } }) }
 */
export class StreamEvent {
  readonly id: string | undefined
  readonly data: unknown
  readonly event: string

  constructor({ id, data, event = 'data' }: StreamEventOptions) {
    if (id !== undefined && !isLine(id)) throw errors.STREAM_EVENT_INVALID({ part: 'id' })
    if (!isLine(event)) throw errors.STREAM_EVENT_INVALID({ part: 'kind' })
    this.id = id
    this.data = data
    this.event = event
  }
}

function isLine(text: string): boolean {
  return typeof text === 'string' && !/[\r\n\0]/.test(text)
}
