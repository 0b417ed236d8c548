import type { RequestView } from '@reloop/remoting'
import type { Application } from '../app/application'
import { tokenModelOf, tokenSearch } from './identify'
import { stored, type Found } from './stored'
import type { TokenOptions } from './token-sources'
import { isAlive } from './token-validity'

/**
 * Makes the function that says whether the sender of a request may still hold a stream or socket that it opened: whether its token is in
 * the store and has not expired. Logging out, deleting the user and changing the password or e-mail address all remove tokens.
 *
 * @param app the application whose token model is asked
 * @param options as for `identifyFor`
 * @returns async function of the request that opened the connection; nobody (no token) may stay nobody
 * @example app.remotes().recheck = recheckFor(app)
 */
export function recheckFor(app: Application, options: TokenOptions = {}): (req: RequestView) => Promise<boolean> {
  const search = tokenSearch(app, options)
  return async (req) => {
    const known = (req as { accessToken?: Found | null }).accessToken
    if (known === null) return true
    if (known === undefined) {
      const found = search(req)
      return found === null || (await found) !== null
    }
    const Token = tokenModelOf(app, options)
    const token = await stored(Token).findById(known.id)
    return token !== null && isAlive(token, Token)
  }
}
