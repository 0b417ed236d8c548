import { errors } from '../errors'
import type { SharedModel } from '../types'
import { flagsOf } from './compat'
import { createToken, showing } from './create-token'
import { readCredentials, type Credentials, type Login } from './credentials'
import { callCreateAccessToken, callHasPassword } from './legacy-overrides'
import { beginAttempt } from './limit-attempts'
import type { Origin } from './origin'
import { hashingOf, hashPassword, isOfKind, pretendToVerify } from './password'
import { kInner, stored, type Found } from './stored'

/** What is asked of `login`. */
export interface LoginRequest {
  readonly credentials: unknown
  readonly include: unknown
  readonly origin: Origin
}

/**
 * Logs a user in.
 *
 * @param User the user model
 * @param request credentials, what to include (`user`), and where the call comes from
 * @returns a new token, with the user where it is asked for
 * @throws LOGIN_FAILED, LOGIN_FAILED_EMAIL_NOT_VERIFIED, LOGIN_TOO_MANY_ATTEMPTS, and what is wrong with the credentials
 */
export async function login(User: SharedModel, { credentials, include, origin }: LoginRequest): Promise<Found> {
  const wanted = readCredentials(User, credentials)
  const { password, ttl } = credentials as Credentials
  const user = await findUser(User, wanted)
  const account = user ? `id ${String(user.id)}` : wanted.account
  const attempt = await beginAttempt(User, { purpose: 'login', account, address: origin.address })
  try {
    await check(User, { user, password })
    const token = await callCreateAccessToken(user!, { ttl, data: credentials as object, usual: createToken })
    await attempt.end('passed')
    await renewHash(User, user!, password as string)
    return includesUser(include) ? showing(token, { user }) : token
  } catch (error) {
    await attempt.end(isRefusal(error) ? 'failed' : 'void')
    throw error
  }
}

/** The one user that credentials mean; an address that is stored as it is given is preferred to one that differs in case. */
async function findUser(User: SharedModel, { where }: Login): Promise<Found | undefined> {
  const found = await stored(User).find({ where, limit: 2 }, { [kInner]: true })
  return found.length < 2 ? found[0] : (found.find((user) => user.email === (where.email as { inq?: string[] }).inq?.[0]) ?? found[0])
}

async function check(User: SharedModel, { user, password }: { readonly user?: Found; readonly password: unknown }): Promise<void> {
  const hashing = hashingOf(User)
  const hasPassword = user ? await callHasPassword(user, password) : await pretendToVerify(password, hashing)
  if (!hasPassword) throw errors.LOGIN_FAILED()
  if (!User.settings.emailVerificationRequired || user!.emailVerified) return
  const { hidesAccounts, unverifiedDetails } = flagsOf(User)
  if (hidesAccounts) throw errors.LOGIN_FAILED()
  throw errors.LOGIN_FAILED_EMAIL_NOT_VERIFIED(undefined, unverifiedDetails ? { details: { userId: user!.id } } : {})
}

function isRefusal(error: unknown): boolean {
  return String((error as { code?: unknown } | null)?.code).startsWith('LOGIN_FAILED')
}

/** A hash of the older kind becomes one of the present kind, now that the password is known. */
async function renewHash(User: SharedModel, user: Found, password: string): Promise<void> {
  const hashing = hashingOf(User)
  const hash = user.password
  if (hashing.kind !== 'argon2id' || typeof hash !== 'string' || isOfKind(hash, hashing)) return
  const renewed = await hashPassword(password, hashing)
  await stored(User).updateAll({ id: user.id, password: hash }, { password: renewed }, { [kInner]: true })
}

function includesUser(include: unknown): boolean {
  const names: unknown[] = Array.isArray(include) ? include : [include]
  return names.some((name) => typeof name === 'string' && name.toLowerCase() === 'user')
}
