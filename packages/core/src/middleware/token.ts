import type { Application } from '../app/application'
import { identifyFor } from '../identity/identify'
import { tokenOptionsFor, type IncomingRequest, type TokenTwins } from '../identity/token-middleware'
import type { TokenOptions } from '../identity/token-sources'
import { chainOf } from './chains'
import { optionsOf } from './entry-config'
import type { TwinEntry } from './twins'

/**
 * Tokens are looked for as the entry says. Where Express is at work this happens among its handlers, which come before and after it;
 * otherwise before the request is routed.
 */
export function useToken(app: Application, { params, paths, place }: TwinEntry): void {
  const options = optionsOf(params)
  const chain = chainOf(app)
  app.set('token', options)
  const { middleware, before } = twinsFor(app, options)
  chain.addPassive(place, (slot) => slot.use(paths ?? '/', [middleware]))
  chain.preludes.push((request, _reply, done) => {
    if (chain.bridge) return done()
    Promise.resolve(before(request.raw as IncomingRequest)).then(() => done(), done)
  })
}

/** The entry's options hold for the API as well, on every transport. */
export function useTokenOptions(app: Application): void {
  const options = app.settings.token as TokenOptions | undefined
  if (options) app.remotes().identify = identifyFor(app, options)
}

/** The model of tokens is looked for when the first request comes: it may be made after the entry. */
export function twinsFor(app: Application, options: TokenOptions): TokenTwins {
  let made: TokenTwins | undefined
  const twins = () => (made ??= tokenOptionsFor(app, options))
  return {
    middleware: (req, res, next) => twins().middleware(req, res, next),
    before: (req) => twins().before(req),
  }
}
