import { errors } from '../errors'
import type { SharedModel } from '../types'
import { flagsOf } from './compat'
import type { Origin } from './origin'
import { checkRedirect } from './redirect'
import { digest, sameSecret } from './secret'
import { kInner, stored, type Found } from './stored'

/** What the link of a verification mail says. */
export interface Confirmation {
  readonly uid: unknown
  readonly token: unknown
  readonly redirect?: unknown
}

/**
 * Marks the e-mail address of a user as verified.
 *
 * @param User the user model
 * @param confirmation id of the user, the token of the mail, where to go then
 * @param origin where the call comes from
 * @throws USER_NOT_FOUND, INVALID_TOKEN (400), REDIRECT_NOT_ALLOWED
 */
export async function confirm(User: SharedModel, { uid, token, redirect }: Confirmation, origin: Origin): Promise<void> {
  if (typeof redirect === 'string' && redirect !== '') checkRedirect(User, redirect)
  const { hidesAccounts, hashAtRest } = flagsOf(User)
  const user = await stored(User).findById(uid, undefined, { [kInner]: true })
  const hides = hidesAccounts && origin.outside
  if (!user && !hides) throw errors.USER_NOT_FOUND({ id: uid })
  const wanted = user?.verificationToken
  const given = typeof token === 'string' ? (hashAtRest ? digest(token) : token) : ''
  const right = sameSecret(typeof wanted === 'string' && wanted !== '' ? wanted : digest('nothing'), given)
  if (!user || !right || typeof wanted !== 'string' || wanted === '') throw wrongToken(hides ? undefined : token)
  await mark(User, user, wanted)
}

/** LoopBack shows the token that was wrong. */
function wrongToken(token: unknown): Error {
  return Object.assign(errors.INVALID_TOKEN({ token: token === undefined ? 'it is not known or has been used' : String(token) }), {
    statusCode: 400,
  })
}

/** Only the one who still finds the token there uses it. */
async function mark(User: SharedModel, user: Found, token: string): Promise<void> {
  const where = { [(User.getIdName as () => string)()]: user.id, verificationToken: token }
  const { count } = await stored(User).updateAll(where, { emailVerified: true, verificationToken: null }, { verified: true })
  if (count === 0) throw wrongToken(undefined)
}
