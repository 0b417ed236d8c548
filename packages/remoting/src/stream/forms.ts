import type { WireError } from '@reloop/errors'
import { preferred } from '../http/accept'
import { StreamEvent } from './stream-event'

/** How values become text. */
export interface StreamForm {
  readonly headers: Readonly<Record<string, string>>
  /** Comes first, so that the client knows that the stream is open. */
  readonly opening: string
  readonly heartbeat: string
  readonly closing: string
  item(value: unknown): string
  error(error: WireError): string
}

/** Server-sent events, as LoopBack writes them. */
const events: StreamForm = {
  headers: {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-cache,no-transform',
    'content-encoding': 'x-no-compression',
    'x-accel-buffering': 'no',
  },
  opening: ':ok\n\n',
  heartbeat: ':\n\n',
  closing: 'event: end\ndata: null\n\n',
  item(value) {
    if (!(value instanceof StreamEvent)) return `event: data\ndata: ${json(value)}\n\n`
    return `${value.id === undefined ? '' : `id: ${value.id}\n`}event: ${value.event}\ndata: ${json(value.data)}\n\n`
  },
  error: (error) => `event: error\ndata: ${json(error)}\n\n`,
}

/** One value per line; a failure is a last line `{"error":{…}}`. */
const lines: StreamForm = {
  headers: { 'content-type': 'application/x-ndjson; charset=utf-8', 'cache-control': 'no-cache,no-transform', 'x-accel-buffering': 'no' },
  opening: '',
  heartbeat: '\n',
  closing: '',
  item: (value) => `${json(value instanceof StreamEvent ? value.data : value)}\n`,
  error: (error) => `${json({ error })}\n`,
}

/** Media types of lines. */
export const lineTypes: readonly string[] = ['application/x-ndjson', 'application/ndjson']

const byType: Readonly<Record<string, StreamForm>> = {
  'text/event-stream': events,
  'application/x-ndjson': lines,
  'application/ndjson': lines,
  'application/json': lines,
}

/**
 * The form that a client wants: `?_format=event-stream` or `ndjson`, else by its Accept header, else server-sent events.
 *
 * @param format value of the parameter `_format`
 * @param headers of the request
 */
export function streamForm(format: unknown, headers: { readonly accept?: string }): StreamForm | undefined {
  if (format === 'event-stream') return events
  if (format === 'ndjson') return lines
  const type = preferred(headers.accept ?? '*/*', Object.keys(byType))
  return type === undefined ? undefined : byType[type]
}

/** Whether a client would rather have one JSON value per line than a list. */
export function wantsLines(format: unknown, headers: { readonly accept?: string }): boolean {
  if (format !== undefined) return format === 'ndjson'
  const { accept } = headers
  if (accept === undefined || !accept.includes('ndjson')) return false
  return preferred(accept, ['application/json', ...lineTypes]) !== 'application/json'
}

function json(value: unknown): string {
  return JSON.stringify(value) ?? 'null'
}
