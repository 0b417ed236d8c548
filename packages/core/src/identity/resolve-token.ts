import { errors } from '../errors'
import { verifyJwt } from './jwt'
import { storedId } from './purpose'
import { stored, type Found, type Stored } from './stored'
import { validateToken } from './legacy-token-validity'
import { tokenRules, type TokenRules } from './token-rules'

/**
 * The token of a text, as the store knows it: one call of the connector.
 *
 * @param Token the class
 * @param text what the request carries
 * @returns null for one that is not known
 * @throws INVALID_TOKEN for one that has expired; it is removed, so that the next request with it is anonymous
 */
export async function resolveToken(Token: Stored, text: string): Promise<Found | null> {
  const rules = tokenRules(Token)
  const id = rules.jwt && text.includes('.') ? await verifyJwt(rules.jwt, text) : storedId(text)
  if (id === undefined) return null
  const token = await Token.findById(id)
  if (!token) return null
  if (!(await validateToken(token))) throw errors.INVALID_TOKEN({})
  if (rules.sliding > 0) await renew(Token, { token, rules })
  return token
}

/** A token that is used after a part of its life begins anew. */
async function renew(Token: Stored, { token, rules }: { readonly token: Found; readonly rules: TokenRules }): Promise<void> {
  const { created, ttl, id } = token as Found & { created: Date; ttl: number }
  if (ttl <= 0 || token.scopes || Date.now() - created.getTime() < ttl * 1000 * rules.sliding) return
  const now = new Date()
  await stored(Token).updateAll({ id }, { created: now })
  token.created = now
}
