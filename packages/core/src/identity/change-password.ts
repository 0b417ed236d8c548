import { errors } from '../errors'
import type { SharedModel } from '../types'
import { flagsOf } from './compat'
import { callHasPassword, callOwn } from './legacy-overrides'
import { beginAttempt } from './limit-attempts'
import type { Origin } from './origin'
import { checkPassword } from './password'
import { modelScope } from './purpose'
import { stored, type Found, type Options } from './stored'
import { restrictsReset, tokenModelFor } from './user-rules'

/** The new password of a user, and the old one where it is asked for. */
export interface PasswordChange {
  readonly id: unknown
  readonly oldPassword?: unknown
  readonly newPassword: unknown
}

/**
 * Changes a password by the old one.
 *
 * @param User the user model
 * @param change id of the user, both passwords
 * @param how options of the call, and where it comes from
 * @throws USER_NOT_FOUND (401), INVALID_PASSWORD, PASSWORD_TOO_LONG, PASSWORD_TOO_SHORT, LOGIN_TOO_MANY_ATTEMPTS
 */
export async function changePassword(
  User: SharedModel,
  { id, oldPassword, newPassword }: PasswordChange,
  { options, origin }: { readonly options: Options; readonly origin: Origin },
): Promise<void> {
  const user = await userOf(User, id, options)
  if (!origin.outside) return void (await callOwn(user, 'changePassword', [oldPassword, newPassword, options]))
  const attempt = await beginAttempt(User, { purpose: 'login', account: `id ${String(id)}`, address: origin.address })
  try {
    await callOwn(user, 'changePassword', [oldPassword, newPassword, options])
    await attempt.end('passed')
  } catch (error) {
    await attempt.end((error as { code?: unknown }).code === 'INVALID_PASSWORD' ? 'failed' : 'void')
    throw error
  }
}

/** Changes the password of one user by the old one. */
export async function changeOwnPassword(
  user: Found,
  { oldPassword, newPassword }: Omit<PasswordChange, 'id'>,
  options: Options,
): Promise<void> {
  if (!(await callHasPassword(user, oldPassword)))
    throw Object.assign(errors.INVALID_PASSWORD({ text: 'Invalid current password' }), { statusCode: 400 })
  await callOwn(user, 'setPassword', [newPassword, options])
}

/**
 * Sets a password without the old one. Where reset tokens are bound to that, the caller's token must be one, and is used up.
 *
 * @param User the user model
 * @param change id of the user, the new password
 * @param how options of the call, and where it comes from
 * @throws USER_NOT_FOUND (401), AUTHORIZATION_REQUIRED, INVALID_TOKEN, INVALID_PASSWORD, PASSWORD_TOO_LONG, PASSWORD_TOO_SHORT
 */
export async function setPassword(
  User: SharedModel,
  { id, newPassword }: PasswordChange,
  { options, origin }: { readonly options: Options; readonly origin: Origin },
): Promise<void> {
  const spends = origin.outside && flagsOf(User).hashAtRest && restrictsReset(User)
  if (spends) {
    const scopes: unknown = origin.token?.scopes
    const list = Array.isArray(scopes) ? [...(scopes as unknown[])] : []
    if (!list.includes(modelScope(User.modelName))) throw errors.AUTHORIZATION_REQUIRED()
  }
  const user = await userOf(User, id, options)
  if (spends) {
    checkPassword(typeof newPassword === 'string' ? newPassword : '', User)
    const { count } = await tokenModelFor(User).destroyById(origin.token!.id)
    if (count !== 1) throw errors.INVALID_TOKEN({})
  }
  await callOwn(user, 'setPassword', [newPassword, options])
}

/** Sets the password of one user. */
export async function setOwnPassword(user: Found, newPassword: unknown, options: Options): Promise<void> {
  const User = user.constructor as unknown as SharedModel
  if (flagsOf(User).checksCredentials || newPassword === '') checkPassword(typeof newPassword === 'string' ? newPassword : '', User)
  await user.updateAttributes({ password: newPassword }, { ...ownOptions(options), setPassword: true })
}

async function userOf(User: SharedModel, id: unknown, options: Options): Promise<Found> {
  const user = id === undefined || id === null ? null : await stored(User).findById(id, undefined, plain(options))
  if (user) return user
  throw Object.assign(errors.USER_NOT_FOUND({ caller: id }), { statusCode: 401 })
}

/** What gives the right to this is the old password, or the token: rules about the record have no say in it. */
function ownOptions(options: Options): Options {
  const { fromOutside: _outside, ...rest } = Object.fromEntries(Object.entries(options))
  return rest
}

function plain({ transaction }: Options): Options {
  return transaction === undefined ? {} : { transaction }
}
