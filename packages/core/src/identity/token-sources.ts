import type { IncomingHttpHeaders } from 'node:http'
import type { SharedModel } from '../types'
import type { IdentityFlags } from './compat'

/** The options of `loopback.token(options)`. */
export interface TokenOptions {
  /** Token model, as class or name. @default the first class that extends AccessToken */
  readonly model?: string | SharedModel
  /** Further parameters of path, body and query to look in. */
  readonly params?: string | readonly string[]
  /** Further headers to look in. */
  readonly headers?: string | readonly string[]
  /** Further signed cookies to look in. */
  readonly cookies?: string | readonly string[]
  /** Look under the usual names as well; `true` in `modern` opens URL and cookies. @default true */
  readonly searchDefaultTokenKeys?: boolean
  /** Segment of the path that stands for the caller's own id; any truth that is no text means `me`. @default none */
  readonly currentUserLiteral?: unknown
  /** Look again although an earlier middleware has looked. @default false */
  readonly enableDoublecheck?: boolean
  /** With `enableDoublecheck`: replace a token that was found earlier. @default false */
  readonly overwriteExistingToken?: boolean
  /** The token behind `Bearer` is base64. @default true (modern: false) */
  readonly bearerTokenBase64Encoded?: boolean
}

/** What of a request may hold a token. */
export interface TokenRequest {
  readonly headers: IncomingHttpHeaders
  readonly url?: string
  readonly params?: unknown
  readonly body?: unknown
  readonly query?: unknown
  readonly signedCookies?: unknown
}

/** Finds the text of the token that a request carries; undefined where it carries none, '' for an empty parameter. */
export type TokenReader = (req: TokenRequest) => string | undefined

/** Longest text that may be a token; JSON web tokens with several claims are below it. */
const longest = 8192

/**
 * Makes the function that finds the token of a request: parameters first, then headers, then signed cookies, as LoopBack looks.
 *
 * @param options names to look under
 * @param flags of the profile
 */
export function tokenReader(options: TokenOptions, flags: IdentityFlags): TokenReader {
  const usual = options.searchDefaultTokenKeys !== false
  const everywhere = usual && (flags.tokenPlaces === 'everywhere' || options.searchDefaultTokenKeys === true)
  if (everywhere && flags.tokenPlaces !== 'everywhere')
    process.emitWarning(
      'searchDefaultTokenKeys: true accepts access tokens in URLs and cookies, where logs and other sites may reach them.',
    )
  const params = [...listOf(options.params), ...(everywhere ? ['access_token'] : [])]
  const headers = [...listOf(options.headers), ...(usual ? ['x-access-token', 'authorization'] : [])].map((name) => name.toLowerCase())
  const cookies = [...listOf(options.cookies), ...(everywhere ? ['access_token', 'authorization'] : [])]
  const base64 = options.bearerTokenBase64Encoded ?? flags.bearerBase64
  return (req) => plausible(ofParams(req, params) ?? ofHeaders(req.headers, headers, base64) ?? ofCookies(req.signedCookies, cookies))
}

function listOf(given: string | readonly string[] | undefined): readonly string[] {
  return given === undefined ? [] : typeof given === 'string' ? [given] : given
}

/** What no token can be is not looked up. */
function plausible(text: string | undefined): string | undefined {
  return text === undefined || text.length > longest || /[\0-\x1f\x7f]/.test(text) ? undefined : text
}

function ofParams(req: TokenRequest, names: readonly string[]): string | undefined {
  if (names.length === 0) return undefined
  const query = req.query ?? queryOf(req.url)
  for (const name of names)
    for (const place of [req.params, req.body, query]) {
      const value = memberOf(place, name)
      if (typeof value === 'string') return value
    }
  return undefined
}

function queryOf(url: string | undefined): unknown {
  const start = url?.indexOf('?') ?? -1
  return start === -1 ? undefined : Object.fromEntries(new URLSearchParams(url!.slice(start + 1)))
}

function memberOf(place: unknown, name: string): unknown {
  return typeof place === 'object' && place !== null && Object.hasOwn(place, name) ? (place as Record<string, unknown>)[name] : undefined
}

function ofHeaders(headers: IncomingHttpHeaders, names: readonly string[], base64: boolean): string | undefined {
  for (const name of names) {
    const value = headers[name]
    if (typeof value === 'string' && value !== '') return tokenOfHeader(value, base64)
  }
  return undefined
}

/** `Bearer token`, `Basic user:password` of which the longer part is the token, or the bare token. */
function tokenOfHeader(value: string, base64: boolean): string {
  const [, scheme, rest] = /^(bearer|basic) +(.*)$/i.exec(value) ?? []
  if (!scheme || rest === undefined) return value
  if (scheme.toLowerCase() === 'bearer') return base64 ? decoded(rest) : rest
  const text = decoded(rest)
  const colon = text.indexOf(':')
  if (colon === -1) return text
  const [user, password] = [text.slice(0, colon), text.slice(colon + 1)]
  return user.length > password.length ? user : password
}

function decoded(text: string): string {
  return Buffer.from(text, 'base64').toString('utf8')
}

function ofCookies(cookies: unknown, names: readonly string[]): string | undefined {
  for (const name of names) {
    const value = memberOf(cookies, name)
    if (typeof value === 'string') return value
  }
  return undefined
}
