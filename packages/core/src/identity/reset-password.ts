import { errors } from '../errors'
import type { SharedModel } from '../types'
import { flagsOf } from './compat'
import { createResetToken } from './create-token'
import { beginAttempt } from './limit-attempts'
import type { Origin } from './origin'
import { kInner, stored, type Found } from './stored'
import { hasRealms, whereEmail } from './user-rules'

/** Seconds that a reset token is good for, unless `resetPasswordTokenTTL` says otherwise. */
const usualTtl = 15 * 60

/** What is given to ask for a new password. */
interface ResetOptions {
  readonly email?: unknown
  readonly realm?: unknown
}

/**
 * Makes a token for somebody who has forgotten the password and emits `resetPasswordRequest` on the model, for the application to mail it.
 * A client is answered the same, and at the same time, whether the account exists or not.
 *
 * @param User the user model
 * @param given `email`, `realm`
 * @param origin where the call comes from
 * @throws EMAIL_REQUIRED; EMAIL_NOT_FOUND, RESET_FAILED_EMAIL_NOT_VERIFIED where accounts are not hidden; LOGIN_TOO_MANY_ATTEMPTS
 */
export async function resetPassword(User: SharedModel, given: unknown, origin: Origin): Promise<void> {
  const options = (typeof given === 'object' && given !== null ? given : {}) as ResetOptions
  const { email } = options
  if (typeof email !== 'string' || email === '') throw errors.EMAIL_REQUIRED()
  if (!origin.outside || !flagsOf(User).hidesAccounts) return request(User, { email, options })
  const attempt = await beginAttempt(User, {
    purpose: 'mail',
    account: JSON.stringify(whereOf(User, email, options)),
    address: origin.address,
  })
  await attempt.end('failed')
  // Nobody waits for it: how long it takes tells whether there is such an account.
  setImmediate(() => void request(User, { email, options }).catch((error: unknown) => tell(User, error)))
}

function whereOf(User: SharedModel, email: string, { realm }: ResetOptions): object {
  return { ...(hasRealms(User) && typeof realm === 'string' ? { realm } : {}), ...whereEmail(User, email) }
}

async function request(User: SharedModel, { email, options }: { readonly email: string; readonly options: ResetOptions }): Promise<void> {
  const user = await stored(User).findOne({ where: whereOf(User, email, options) }, { [kInner]: true })
  if (!user) throw errors.EMAIL_NOT_FOUND()
  if (User.settings.emailVerificationRequired && !user.emailVerified) throw errors.RESET_FAILED_EMAIL_NOT_VERIFIED()
  const { resetPasswordTokenTTL: ttl } = User.settings
  const accessToken: Found = await createResetToken(user, typeof ttl === 'number' ? ttl : usualTtl)
  User.emit('resetPasswordRequest', { email, accessToken, user, options })
}

/** Refusals are no errors of the server; of the others it must hear. */
function tell(User: SharedModel, error: unknown): void {
  if (['EMAIL_NOT_FOUND', 'RESET_FAILED_EMAIL_NOT_VERIFIED'].includes(String((error as { code?: unknown } | null)?.code))) return
  report(User, error)
}

/** What went wrong behind an answer that was already given. */
export function report(User: SharedModel, error: unknown): void {
  const app = User.app as { fastify?: { log: { error(given: object, text: string): void } } } | undefined
  if (app?.fastify) app.fastify.log.error({ err: error }, `${User.modelName}: work behind an answer failed`)
  else process.emitWarning(error instanceof Error ? error : String(error))
}
