import { acceptCallback, fromCallback, type UserFunction } from '@reloop/callback'
import type { SharedModel } from '../types'
import { flagsOf } from './compat'
import { resolveToken } from './resolve-token'
import { randomText } from './secret'
import { stored, type Found, type Stored } from './stored'
import { tokenReader, type TokenOptions, type TokenRequest } from './token-sources'

/** Length of the ids of tokens, unless `accessTokenIdLength` says otherwise. */
const usualLength = 64

type ReadId = (req: TokenRequest, options?: TokenOptions) => string | undefined

/** LoopBack's statics of token models; each may be replaced on a class. */
export const tokenStatics: Readonly<Record<string, Function>> = {
  /** Makes the id of a new token: `(callback)`. */
  createAccessTokenId: acceptCallback(async function (this: SharedModel) {
    const { accessTokenIdLength: length } = this.settings
    return randomText(typeof length === 'number' && length > 0 ? length : usualLength)
  }),

  /** Finds the text of the token that a request carries. */
  getIdForRequest(this: SharedModel, req: TokenRequest, options: TokenOptions = {}): string | undefined {
    return tokenReader(options, flagsOf(this))(req)
  },

  /** Finds the token of an id: `(id, callback)`. */
  resolve: acceptCallback(async function (this: Stored, id: string): Promise<Found | null> {
    return resolveToken(this, id)
  }),

  /** Finds the token that a request carries, or null: `(req, options, callback)`. */
  findForRequest: acceptCallback(async function (this: Stored, req: TokenRequest, options?: TokenOptions): Promise<Found | null> {
    return findForRequest(this, req, () => (this.getIdForRequest as ReadId).call(this, req, options))
  }),
}

/**
 * The token of a request, through whatever the class has in the place of LoopBack's statics.
 *
 * @param Token the class
 * @param req the request
 * @param read finds the text of the token, where nobody has replaced `getIdForRequest`
 */
export async function findForRequest(Token: Stored, req: TokenRequest, read: () => string | undefined): Promise<Found | null> {
  const id = read()
  if (id === undefined || (id === '' && flagsOf(Token).emptyToken === 'anonymous')) return null
  if (id === '') throw new Error('Model::findById requires the id argument')
  if (Token.resolve === tokenStatics.resolve) return resolveToken(Token, id)
  return ((await fromCallback(Token.resolve as UserFunction, 1).call(Token, id)) ?? null) as Found | null
}

/** Whether a class finds tokens in the way of its own. */
export function hasOwnSearch(Token: SharedModel): boolean {
  return Token.findForRequest !== tokenStatics.findForRequest
}

/** The token of a request, by the class's own search. */
export async function searchToken(Token: SharedModel, req: TokenRequest, options: TokenOptions): Promise<Found | null> {
  return ((await fromCallback(Token.findForRequest as UserFunction, 2).call(Token, req, options)) ?? null) as Found | null
}

/** Makes the id of a new token by the class's own `createAccessTokenId`. */
export async function makeTokenId(Token: SharedModel): Promise<string> {
  return (await fromCallback(stored(Token).createAccessTokenId as UserFunction, 0).call(Token)) as string
}
