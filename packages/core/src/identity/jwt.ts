import type * as Jose from 'jose'
import { errors } from '../errors'
import { loadPeer } from '../ops/peer'
import type { JwtKey, JwtRules } from './jwt-rules'

type Key = Awaited<ReturnType<typeof Jose.importSPKI>> | Uint8Array

const imported = new WeakMap<JwtKey, { readonly sign?: Promise<Key>; readonly verify: Promise<Key> }>()

/** Media type of these tokens, so that no other token of the same keys passes for one. */
const type = 'at+jwt'

/** What a web token says. */
export interface JwtClaims {
  readonly userId: unknown
  /** Id of the family that it belongs to. */
  readonly family: string
}

/**
 * Makes a web token.
 *
 * @param rules keys, issuer, audience and life
 * @param claims whom it is for
 */
export async function signJwt(rules: JwtRules, { userId, family }: JwtClaims): Promise<string> {
  const key = rules.keys[0]!
  const { SignJWT } = jose()
  const secret = await keysOf(key).sign
  if (!secret) throw errors.JWT_SETTINGS_INVALID({ problem: `key "${key.kid}" is the first and needs a "privateKey"` })
  return new SignJWT({ sid: family })
    .setProtectedHeader({ alg: key.algorithm, kid: key.kid, typ: type })
    .setSubject(String(userId))
    .setIssuer(rules.issuer)
    .setAudience(rules.audience)
    .setIssuedAt()
    .setExpirationTime(Math.floor(Date.now() / 1000) + rules.ttl)
    .sign(secret)
}

/**
 * The family of a web token. The key is one of ours, chosen by its name, and the algorithm is the key's: what the token says about either
 * decides nothing.
 *
 * @param rules keys, issuer and audience
 * @param token what the request carries
 * @throws INVALID_TOKEN for anything that is not a token of ours that is good now
 */
export async function verifyJwt(rules: JwtRules, token: string): Promise<string> {
  const { decodeProtectedHeader, jwtVerify } = jose()
  try {
    const { kid } = decodeProtectedHeader(token)
    const key = rules.keys.find((known) => known.kid === kid)
    if (!key) throw errors.INVALID_TOKEN({})
    const { payload } = await jwtVerify(token, await keysOf(key).verify, {
      algorithms: [key.algorithm],
      issuer: rules.issuer,
      audience: rules.audience,
      typ: type,
      clockTolerance: rules.clockTolerance,
      requiredClaims: ['exp', 'iat', 'sub', 'sid'],
    })
    return payload.sid as string
  } catch (cause) {
    throw errors.INVALID_TOKEN({}, { cause })
  }
}

function jose(): typeof Jose {
  return loadPeer<typeof Jose>('jose')
}

/** The keys as the library wants them; read once. */
function keysOf(key: JwtKey) {
  const known = imported.get(key)
  if (known) return known
  const made = importKeys(key)
  imported.set(key, made)
  return made
}

function importKeys({ algorithm, secret, privateKey, publicKey }: JwtKey): { readonly sign?: Promise<Key>; readonly verify: Promise<Key> } {
  if (secret !== undefined) {
    const bytes = Promise.resolve(new TextEncoder().encode(secret))
    return { sign: bytes, verify: bytes }
  }
  const { importPKCS8, importSPKI } = jose()
  const sign = privateKey === undefined ? undefined : importPKCS8(privateKey, algorithm)
  sign?.catch(() => undefined)
  return { sign, verify: importSPKI(publicKey!, algorithm) }
}
