import type { IncomingMessage } from 'node:http'
import type { RemoteObjects } from '../contract/remote-objects'
import { allowedOrigin, openCors } from '../http/cors'

/**
 * Whether a page may open a socket. Browsers send cookies with a socket of any page and ask nobody before, so that the origin has to be
 * looked at here: pages of the server itself may, and those that `remoting.cors` names. Clients that are no browsers send none.
 */
export function mayConnect(remotes: RemoteObjects, { headers }: IncomingMessage): boolean {
  const { origin, host } = headers
  if (origin === undefined) return true
  if (URL.canParse(origin) && new URL(origin).host === host) return true
  const cors = remotes.options.cors ?? (remotes.flags.cors ? openCors : false)
  return cors !== false && allowedOrigin(origin, cors.origin ?? true) !== undefined
}
