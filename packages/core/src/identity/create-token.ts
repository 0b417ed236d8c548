import type { SharedModel } from '../types'
import { flagsOf } from './compat'
import { signJwt } from './jwt'
import type { JwtRules } from './jwt-rules'
import { limitsOf, tokenDefaults } from './limits'
import { boundToken, familyId, modelScope, resetScope, storedId } from './purpose'
import { digest, randomText } from './secret'
import { innerOptions, type Found, type Options, type Stored } from './stored'
import { tokenRules } from './token-rules'
import { principalOf, restrictsReset, tokenModelFor } from './user-rules'

/** Letters of a secret that nobody guesses: 256 bits and more. */
const secretLength = 64

/**
 * Makes a token for a user.
 *
 * @param user whom it is for
 * @param given seconds that it is good for, or the data of the token
 * @param options options of the call; its transaction is used
 * @returns the token; in JWT mode its `id` is the web token, and `refreshToken` gets a new one
 */
export async function createToken(user: Found, given: unknown, options?: Options): Promise<Found> {
  const User = user.constructor as unknown as SharedModel
  const Token = tokenModelFor(User)
  const data = typeof given === 'object' && given !== null ? (given as Record<string, unknown>) : { ttl: given }
  const owner = { userId: user.id, ...principalOf(User) }
  const { jwt } = tokenRules(Token)
  if (jwt && data.scopes === undefined) return createFamily(Token, { owner, jwt }, options)
  return Token.create({ ...data, ttl: timeToLive(User, data.ttl), ...owner }, innerOptions(options))
}

/** The wanted seconds within what the model allows. */
function timeToLive(User: SharedModel, wanted: unknown): number {
  const { token } = limitsOf(User)
  const setting = (name: 'ttl' | 'maxTTL') => {
    const own = User.settings[name]
    return typeof own === 'number' && own !== tokenDefaults[name] ? own : (token?.[name] ?? tokenDefaults[name])
  }
  const most = setting('maxTTL')
  if (!flagsOf(User).checksCredentials) return Math.min((wanted || setting('ttl')) as number, most)
  if (wanted === undefined || wanted === null || wanted === 0) return Math.min(setting('ttl'), most)
  const seconds = Number(wanted)
  if (seconds === -1 && User.settings.allowEternalTokens === true) return -1
  return seconds > 0 && seconds < most ? seconds : most
}

interface Family {
  readonly owner: { readonly userId: unknown }
  readonly jwt: JwtRules
}

/** Web tokens that are renewed one by the other are a family: one row in the store, whose removal ends them all. */
async function createFamily(Token: Stored, { owner, jwt }: Family, options?: Options): Promise<Found> {
  const id = familyId(randomText(secretLength))
  const secret = randomText(secretLength)
  const row = await Token.create({ id, ttl: jwt.refreshTtl, refresh: digest(secret), ...owner }, innerOptions(options))
  return webToken(Token, { row, secret, jwt })
}

/** The token that a client gets: a view of its family's row. */
export async function webToken(
  Token: Stored,
  { row, secret, jwt }: { readonly row: Found; readonly secret: string; readonly jwt: JwtRules },
): Promise<Found> {
  const id = await signJwt(jwt, { userId: row.userId, family: String(row.id) })
  const { principalType } = row
  const shown = { id, ttl: jwt.ttl, created: new Date(), userId: row.userId, ...(principalType === undefined ? {} : { principalType }) }
  const token = new Token(shown) as Found
  return showing(token, { refreshToken: `${String(row.id)}.${secret}` })
}

/** An instance that is written with further members. */
export function showing(token: Found, members: Readonly<Record<string, unknown>>): Found {
  const plain = token.toJSON.bind(token)
  for (const [name, value] of Object.entries(members))
    if (!(name in token)) Object.defineProperty(token, name, { value, configurable: true, writable: true, enumerable: false })
  const toJSON = () => ({ ...plain(), ...jsonOf(members) })
  return Object.defineProperty(token, 'toJSON', { value: toJSON, configurable: true, writable: true, enumerable: false })
}

function jsonOf(members: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(members).map(([name, value]) => [
      name,
      typeof (value as Found)?.toJSON === 'function' ? (value as Found).toJSON() : value,
    ]),
  )
}

/**
 * Makes the token that lets somebody who has forgotten the password set a new one.
 *
 * @param user whom it is for
 * @param ttl seconds
 * @returns the token; where tokens of a purpose are hashed at rest, `id` is the secret and the row has its hash
 */
export async function createResetToken(user: Found, ttl: number): Promise<Found> {
  const User = user.constructor as unknown as SharedModel
  const flags = flagsOf(User)
  const scopes = restrictsReset(User) ? [resetScope] : undefined
  const data = { ttl, ...(scopes ? { scopes } : {}) }
  const owner = { userId: user.id, ...principalOf(User) }
  if (!flags.hashAtRest) return createToken(user, data)
  const Token = tokenModelFor(User)
  const secret = boundToken(randomText(secretLength))
  const row = await Token.create({ ...data, id: storedId(secret), scopes: [resetScope, modelScope(User.modelName)], ...owner })
  return new Token({ ...row.toJSON(), id: secret }) as Found
}
