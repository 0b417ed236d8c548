import { digest } from './secret'

/** Start of the ids of tokens that are good for one thing only, and of families of web tokens; no ordinary token begins so. */
const bound = { reset: 'reset_', family: 'family_' } as const

/** The scope that lets a token set a new password and nothing else. */
export const resetScope = 'reset-password'

/** The scope that binds such a token to one user model. */
export function modelScope(modelName: string): string {
  return `${resetScope}:${modelName}`
}

/** Whether a text is a token that was made for one purpose. */
function isBound(token: string): boolean {
  return token.startsWith(bound.reset)
}

/** A token for one purpose: the text that its holder gets. */
export function boundToken(secret: string): string {
  return bound.reset + secret
}

/**
 * The id under which the token of a request is stored: tokens with a purpose lie there as hashes. Undefined for texts that are ids in the
 * store, and never tokens.
 */
export function storedId(token: string): string | undefined {
  if (token.startsWith(bound.family)) return undefined
  return isBound(token) ? bound.reset + digest(token) : token
}

/** The id of a family of web tokens. */
export function familyId(secret: string): string {
  return bound.family + secret
}
