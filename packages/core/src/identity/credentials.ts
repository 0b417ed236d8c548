import { errors } from '../errors'
import type { SharedModel } from '../types'
import { flagsOf } from './compat'
import { hasRealms, normalName, whereEmail } from './user-rules'

/** What somebody gives to log in. */
export interface Credentials {
  readonly email?: unknown
  readonly username?: unknown
  readonly password?: unknown
  readonly realm?: unknown
  readonly ttl?: unknown
  readonly [further: string]: unknown
}

/** Credentials that have been looked at. */
export interface Login {
  /** Conditions that the user meets. */
  readonly where: Readonly<Record<string, unknown>>
  /** What the attempt is counted by while nobody knows whose account it is. */
  readonly account: string
}

/**
 * Checks credentials and says whom they mean.
 *
 * @param User the user model: its settings `realmRequired`, `realmDelimiter`
 * @param given what somebody gave
 * @throws REALM_REQUIRED, INVALID_REALM, USERNAME_EMAIL_REQUIRED, INVALID_USERNAME, INVALID_EMAIL; in `modern` INVALID_PASSWORD, INVALID_TTL
 */
export function readCredentials(User: SharedModel, given: unknown): Login {
  const credentials = (typeof given === 'object' && given !== null && !Array.isArray(given) ? given : {}) as Credentials
  const realms = hasRealms(User)
  const { email, username, realm } = realms ? splitRealm(User, credentials) : { ...credentials, realm: undefined }
  if (realms && !realm) throw errors.REALM_REQUIRED()
  if (realms && typeof realm !== 'string') throw errors.INVALID_REALM()
  if (!email && !username) throw errors.USERNAME_EMAIL_REQUIRED()
  if (username && typeof username !== 'string') throw errors.INVALID_USERNAME()
  if (email && typeof email !== 'string') throw errors.INVALID_EMAIL()
  if (flagsOf(User).checksCredentials) checkTypes(credentials)
  const where = {
    ...(realm ? { realm } : {}),
    ...(email ? whereEmail(User, email as string) : { username: normalName(User, username as string) }),
  }
  return { where, account: JSON.stringify(where).slice(0, 500) }
}

function checkTypes({ password, realm, ttl }: Credentials): void {
  if (password !== undefined && password !== null && typeof password !== 'string') throw invalidPassword()
  if (realm !== undefined && realm !== null && typeof realm !== 'string') throw errors.INVALID_REALM()
  if (ttl !== undefined && ttl !== null && typeof ttl !== 'number' && typeof ttl !== 'string') throw errors.INVALID_TTL()
}

function invalidPassword(): Error {
  return Object.assign(errors.INVALID_PASSWORD({ text: 'Invalid password' }), { statusCode: 400 })
}

/** With a delimiter, an e-mail address or user name may hold the realm before it. */
function splitRealm({ settings }: SharedModel, { email, username, realm }: Credentials): Pick<Credentials, 'email' | 'username' | 'realm'> {
  const { realmDelimiter: delimiter } = settings
  if (realm || typeof delimiter !== 'string' || delimiter === '') return { email, username, realm }
  const [emailRealm, plainEmail] = parted(email, delimiter)
  const [nameRealm, plainName] = parted(username, delimiter)
  return { email: plainEmail, username: plainName, realm: email ? emailRealm : nameRealm }
}

function parted(text: unknown, delimiter: string): readonly [realm: string | undefined, rest: unknown] {
  const at = typeof text === 'string' ? text.indexOf(delimiter) : -1
  return at === -1 ? [undefined, text] : [(text as string).slice(0, at), (text as string).slice(at + delimiter.length)]
}
