import { runtimeOf } from '@reloop/juggler'
import { errors } from '../errors'
import type { SharedModel } from '../types'
import type { Found } from './stored'
import { tokenRules } from './token-rules'

/**
 * Whether a token of the store is good now.
 *
 * @param token the instance: `created`, and `ttl` in seconds; -1 never ends where the user model allows it
 * @param Token its class
 * @throws TOKEN_MALFORMED in 2.x and 3.x, for one that lacks either
 */
export function isAlive(token: Found, Token: SharedModel): boolean {
  const { created, ttl } = token
  const problem = problemOf(created, ttl)
  if (problem) {
    if (tokenRules(Token).flags.brokenToken === 'refuse') return false
    throw errors.TOKEN_MALFORMED({ problem })
  }
  if (ttl === -1) return userModelOf(Token, token)?.settings.allowEternalTokens === true
  return (Date.now() - (created as Date).getTime()) / 1000 < (ttl as number)
}

function problemOf(created: unknown, ttl: unknown): string | undefined {
  if (!(created instanceof Date) || Number.isNaN(created.getTime())) return 'token.created must be a valid Date'
  if (typeof ttl !== 'number' || ttl === 0) return 'token.ttl must exist'
  return ttl >= -1 ? undefined : 'token.ttl must be >= -1'
}

/**
 * The user model that a token belongs to: what its relation `user` leads to, by the token's principal type where that leads to several.
 *
 * @param Token class of the token
 * @param token the instance
 */
export function userModelOf(Token: SharedModel, token: Found): SharedModel | undefined {
  const runtime = runtimeOf(Token)
  const relation = runtime.relation('user')
  const type = token.principalType
  if (relation?.polymorphic && typeof type === 'string') return runtime.builder.getModel(type) as SharedModel | undefined
  return (relation?.target()?.ctor ?? runtime.builder.getModel('User')) as SharedModel | undefined
}
