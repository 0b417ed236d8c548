import type { Identify, RequestView } from '@reloop/remoting'
import type { Application } from '../app/application'
import type { SharedModel } from '../types'
import { flagsOf } from './compat'
import { findForRequest, hasOwnSearch, searchToken, tokenStatics } from './legacy-token'
import { stored, type Found } from './stored'
import { tokenReader, type TokenOptions, type TokenRequest } from './token-sources'

/** A request on which the token is put. */
export interface IdentifiedRequest extends TokenRequest {
  accessToken?: unknown
}

/**
 * Makes the function that says who sends a request: it puts `accessToken` on it, an instance of the token model, or null for nobody. What is
 * there already stays. A request without a token costs no call of the store, one with a token costs one.
 *
 * @param app the application whose token model is asked
 * @param options where tokens are looked for, and in which model; LoopBack's options of `loopback.token`
 * @throws INVALID_TOKEN (the function does) for a token that has expired
 * @example app.remotes().identify = identifyFor(app)
 */
export function identifyFor(app: Application, options: TokenOptions = {}): Identify {
  const identify = identification(app, options)
  return (req: RequestView) => identify(req, undefined)
}

/**
 * The same for any request. Bodies and parameters of paths are looked into only where middleware gives them, as in LoopBack, where a token
 * is found before bodies are read.
 *
 * @param app the application
 * @param options LoopBack's options of `loopback.token`
 * @returns function of the request, and of the places beside headers, URL and cookies
 */
export function identification(
  app: Application,
  options: TokenOptions,
): (req: IdentifiedRequest, places: Pick<TokenRequest, 'body' | 'params'> | undefined) => void | Promise<void> {
  const search = tokenSearch(app, options)
  return (req, places) => {
    const known = req.accessToken
    if (known !== undefined && !options.enableDoublecheck) return
    if (known && !options.overwriteExistingToken) return
    const found = search(req, places)
    if (!(found instanceof Promise)) req.accessToken = known ?? null
    else return found.then((token) => void (req.accessToken = token ?? known ?? null))
  }
}

/** The token of a request, or null; a promise only where the store has to be asked. */
export function tokenSearch(
  app: Application,
  options: TokenOptions,
): (req: IdentifiedRequest, places?: Pick<TokenRequest, 'body' | 'params'>) => null | Promise<Found | null> {
  let Token: SharedModel | undefined
  let read: ((req: TokenRequest) => string | undefined) | undefined
  return (req, places) => {
    Token ??= tokenModelOf(app, options)
    const seen = { headers: req.headers, url: req.url, query: req.query, signedCookies: req.signedCookies, ...places }
    if (hasOwnSearch(Token)) return searchToken(Token, req, options)
    if (Token.getIdForRequest !== tokenStatics.getIdForRequest) {
      const own = Token.getIdForRequest as (req: TokenRequest, options: TokenOptions) => string | undefined
      return findForRequest(stored(Token), req, () => own.call(Token, req, options) ?? undefined)
    }
    const id = (read ??= tokenReader(options, flagsOf(Token)))(seen)
    return id === undefined ? null : findForRequest(stored(Token), req, () => id)
  }
}

/** The token model of an application: the one that is named, else the first class that extends AccessToken. */
export function tokenModelOf(app: Application, options: TokenOptions = {}): SharedModel {
  const { model } = options
  return typeof model === 'function' || typeof model === 'string'
    ? app.registry.getModel(model)
    : app.registry.getModelByType('AccessToken')
}
