import { errors } from '../errors'
import type { SharedModel } from '../types'
import { tokenModelFor } from './user-rules'

/**
 * Removes a token.
 *
 * @param User the user model
 * @param tokenId id of the token
 * @throws LOGOUT_TOKEN_REQUIRED, LOGOUT_TOKEN_UNKNOWN
 */
export async function logout(User: SharedModel, tokenId: unknown): Promise<void> {
  if (!tokenId) throw errors.LOGOUT_TOKEN_REQUIRED()
  const { count } = await tokenModelFor(User).destroyById(tokenId)
  if (count === 0) throw errors.LOGOUT_TOKEN_UNKNOWN()
}
