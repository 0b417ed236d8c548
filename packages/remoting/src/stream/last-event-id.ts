import type { HttpContext } from '../invoke/context'

/**
 * The id of the last event that a client saw before it came back: its header `Last-Event-ID`, else the parameter `lastEventId`.
 *
 * @param context the call
 * @example { arg: 'after', type: 'string', http: (ctx) => lastEventId(ctx) }
 */
export function lastEventId(context: HttpContext): string | undefined {
  const header = context.request.headers['last-event-id']
  const given = header === undefined ? (context.query.lastEventId ?? context.given?.args.lastEventId) : header
  return typeof given === 'string' && given !== '' && given.length <= 256 ? given : undefined
}
