import { errors } from '../errors'
import type { SharedModel } from '../types'
import { flagsOf } from './compat'

/** Against this a path is read; nothing that is left of it is used. */
const nowhere = 'http://nowhere.invalid'

/**
 * Checks where a client wants to be sent to.
 *
 * @param User the user model; setting `redirects` lists origins such as `https://shop.example.com`
 * @param target a path, or an absolute URL of a listed origin
 * @throws REDIRECT_NOT_ALLOWED, in `modern`
 */
export function checkRedirect(User: SharedModel, target: string): void {
  if (flagsOf(User).redirects === 'any' || isOwnPath(target)) return
  const { redirects } = User.settings
  const listed = Array.isArray(redirects) ? (redirects as unknown[]).map((origin) => originOf(String(origin))) : []
  const origin = originOf(target)
  if (origin === undefined || !listed.includes(origin)) throw errors.REDIRECT_NOT_ALLOWED()
}

/** A path of this server, whatever a browser makes of slashes, backslashes and what it strips. */
function isOwnPath(target: string): boolean {
  if (!/^\/(?![/\\])/.test(target) || /[\0-\x20\x7f\\]/.test(target)) return false
  return originOf(target, nowhere) === nowhere
}

function originOf(target: string, base?: string): string | undefined {
  if (/[\0-\x20\x7f\\]/.test(target)) return undefined
  try {
    const { origin, protocol, username, password } = new URL(target, base)
    return ['http:', 'https:'].includes(protocol) && username === '' && password === '' ? origin : undefined
  } catch {
    return undefined
  }
}
