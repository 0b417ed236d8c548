import { runtimeOf } from '@reloop/juggler'
import type { SharedModel } from '../types'
import { flagsOf, type IdentityFlags } from './compat'
import { jwtRules, type JwtRules } from './jwt-rules'

/** What the settings of a token model say. */
export interface TokenRules {
  readonly flags: IdentityFlags
  /** Part of its life after which a token that is used begins anew; 0: never. */
  readonly sliding: number
  /** How JSON web tokens are made and checked; undefined: tokens are random texts. */
  readonly jwt: JwtRules | undefined
}

/** Used often enough, a token is renewed at every tenth of its life: a write per request would cost too much. */
const tenth = 0.1

const known = new WeakMap<SharedModel, TokenRules>()

/**
 * The rules of a token model, read once and again after a change of its settings.
 *
 * @param Token the class; settings `slidingExpiration` (true, or the part of the ttl after which a used token is renewed) and `jwt`
 * @throws JWT_SETTINGS_INVALID
 */
export function tokenRules(Token: SharedModel): TokenRules {
  const rules = known.get(Token)
  if (rules) return rules
  const { slidingExpiration: sliding, jwt } = Token.settings
  const made = { flags: flagsOf(Token), sliding: sliding === true ? tenth : typeof sliding === 'number' ? sliding : 0, jwt: jwtRules(jwt) }
  runtimeOf(Token).on('changed', () => known.delete(Token))
  known.set(Token, made)
  return made
}
