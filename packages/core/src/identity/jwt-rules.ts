import { errors } from '../errors'

/** A key of web tokens: the first of the list signs, all verify. */
export interface JwtKey {
  /** Name in the header of tokens; it only chooses among these keys. */
  readonly kid: string
  readonly algorithm: string
  /** For HS256, HS384, HS512: at least 32 bytes. */
  readonly secret?: string
  /** For the other algorithms: PEM (PKCS#8); may be left out of keys that only verify. */
  readonly privateKey?: string
  /** For the other algorithms: PEM (SPKI). */
  readonly publicKey?: string
}

/** How web tokens are made and checked. */
export interface JwtRules {
  readonly keys: readonly JwtKey[]
  readonly issuer: string
  readonly audience: string
  /** Seconds that a web token is good for. */
  readonly ttl: number
  /** Seconds after which somebody who does nothing has to log in again. */
  readonly refreshTtl: number
  /** Seconds that clocks may differ. */
  readonly clockTolerance: number
}

const symmetric = new Set(['HS256', 'HS384', 'HS512'])
const asymmetric = new Set(['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519'])
const shortestSecret = 32

/**
 * Reads the setting `jwt` of a token model.
 *
 * @param given `secret` or `keys` (`kid`, `algorithm`, `secret` or `privateKey` and `publicKey`), `issuer`, `audience`, `ttl` (900 s),
 *   `refreshTtl` (14 days), `clockTolerance` (5 s)
 * @throws JWT_SETTINGS_INVALID
 */
export function jwtRules(given: unknown): JwtRules | undefined {
  if (given === undefined || given === null || given === false) return undefined
  if (typeof given !== 'object') throw invalid('expected an object')
  const { secret, keys, issuer, audience, ttl, refreshTtl, clockTolerance } = given as Record<string, unknown>
  const list = keys ?? (secret === undefined ? [] : [{ kid: 'default', algorithm: 'HS256', secret }])
  if (!Array.isArray(list) || list.length === 0) throw invalid('expected "secret" or a list "keys"')
  return Object.freeze({
    keys: list.map(keyOf),
    issuer: text(issuer, 'issuer', 'reloop'),
    audience: text(audience, 'audience', 'reloop'),
    ttl: seconds(ttl, 'ttl', 15 * 60),
    refreshTtl: seconds(refreshTtl, 'refreshTtl', 14 * 24 * 60 * 60),
    clockTolerance: seconds(clockTolerance, 'clockTolerance', 5),
  })
}

function keyOf(given: unknown): JwtKey {
  const { kid, algorithm, secret, privateKey, publicKey } = (given ?? {}) as Partial<JwtKey>
  if (typeof kid !== 'string' || kid === '') throw invalid('every key needs a "kid"')
  const name = String(algorithm)
  if (symmetric.has(name)) {
    if (typeof secret !== 'string' || Buffer.byteLength(secret) < shortestSecret)
      throw invalid(`the secret of key "${kid}" must have at least ${shortestSecret} bytes`)
  } else if (!asymmetric.has(name))
    throw invalid(`the algorithm of key "${kid}" must be one of ${[...symmetric, ...asymmetric].join(', ')}`)
  else if (typeof publicKey !== 'string') throw invalid(`key "${kid}" needs a "publicKey"`)
  return Object.freeze({ kid, algorithm: name, secret, privateKey, publicKey })
}

function text(given: unknown, name: string, fallback: string): string {
  if (given === undefined) return fallback
  if (typeof given === 'string' && given !== '') return given
  throw invalid(`"${name}" must be a text`)
}

function seconds(given: unknown, name: string, fallback: number): number {
  if (given === undefined) return fallback
  if (typeof given === 'number' && given >= 0 && Number.isFinite(given)) return given
  throw invalid(`"${name}" must be a number of seconds`)
}

function invalid(problem: string): Error {
  return errors.JWT_SETTINGS_INVALID({ problem })
}
