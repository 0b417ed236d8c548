import type { RemoteObjects } from '../contract/remote-objects'
import { errors } from '../errors'
import type { HttpContext } from '../invoke/context'

const counts = new WeakMap<RemoteObjects, Map<string, number>>()

/**
 * Takes one of the places for streams that a client has.
 *
 * @param context the call, or the request, that opens the stream; clients are told apart by access token, else by address
 * @param remotes whose limits hold
 * @returns function that gives the place back
 * @throws STREAM_TOO_MANY
 */
export function takePlace(context: Pick<HttpContext, 'request'>, remotes: RemoteObjects): () => void {
  const open = counts.get(remotes) ?? new Map<string, number>()
  counts.set(remotes, open)
  const limit = remotes.limits.stream.perClient
  const client = clientOf(context)
  const count = open.get(client) ?? 0
  if (count >= limit) throw errors.STREAM_TOO_MANY({ limit })
  open.set(client, count + 1)
  let taken = true
  return () => {
    if (!taken) return
    taken = false
    const left = open.get(client)! - 1
    if (left > 0) open.set(client, left)
    else open.delete(client)
  }
}

function clientOf({ request }: Pick<HttpContext, 'request'>): string {
  const token = (request.raw as { accessToken?: { id?: unknown } }).accessToken
  return token?.id === undefined || token.id === null ? `address ${request.ip}` : `token ${String(token.id)}`
}
