import { errors } from '../errors'
import type { SharedModel } from '../types'
import { webToken } from './create-token'
import { digest, randomText, sameSecret } from './secret'
import type { Found } from './stored'
import { tokenRules } from './token-rules'
import { isAlive, userModelOf } from './token-validity'
import { principalOf, tokenModelFor } from './user-rules'

/**
 * Gives a new web token and a new refresh token for a refresh token, which is used up. One that is used twice was stolen, from whichever of
 * the two: the whole family ends.
 *
 * @param User the user model
 * @param refreshToken what login or the last refresh gave
 * @throws REFRESH_TOKEN_REFUSED
 */
export async function refresh(User: SharedModel, refreshToken: unknown): Promise<Found> {
  const Token = tokenModelFor(User)
  const { jwt } = tokenRules(Token)
  const [family, given, ...more] = typeof refreshToken === 'string' ? refreshToken.split('.') : []
  if (!jwt || !family || !given || more.length > 0) throw errors.REFRESH_TOKEN_REFUSED()
  const row = await Token.findById(family)
  const { principalType } = principalOf(User)
  if (!row || !isAlive(row, Token) || (row.principalType ?? undefined) !== principalType) throw errors.REFRESH_TOKEN_REFUSED()
  if (!principalType && !isOf(User, userModelOf(Token, row))) throw errors.REFRESH_TOKEN_REFUSED()
  const secret = randomText(64)
  const known = String(row.refresh)
  const change = { refresh: digest(secret), created: new Date() }
  const used = sameSecret(known, digest(given)) ? await Token.updateAll({ id: family, refresh: known }, change) : { count: 0 }
  if (used.count === 1) return webToken(Token, { row, secret, jwt })
  await Token.destroyById(family)
  throw errors.REFRESH_TOKEN_REFUSED()
}

/** A token of a model is one of its subclasses too, and the other way round. */
function isOf(User: SharedModel, Owner: SharedModel | undefined): boolean {
  const extend = (One: SharedModel, Other: SharedModel) => One === Other || Object.prototype.isPrototypeOf.call(Other, One)
  return Owner === undefined || extend(User, Owner) || extend(Owner, User)
}
