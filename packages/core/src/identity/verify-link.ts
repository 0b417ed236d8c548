import type { SharedModel } from '../types'

/** The parts of a link to `confirm`. */
export interface LinkParts {
  readonly baseUrl?: unknown
  readonly protocol?: unknown
  readonly host?: unknown
  readonly port?: unknown
  readonly restApiRoot?: unknown
  readonly redirect?: unknown
}

/** Reads a setting of the application that a model belongs to. */
function settingOf(User: SharedModel, name: string): unknown {
  return (User.app as { get?: (name: string) => unknown } | undefined)?.get?.(name)
}

/**
 * The parts of a link with what was left out: from the settings of the application. Nothing of it comes from a request.
 *
 * @param User the user model
 * @param given options of `verify`
 */
export function linkParts(User: SharedModel, given: LinkParts): Required<Omit<LinkParts, 'baseUrl'>> & Pick<LinkParts, 'baseUrl'> {
  return {
    baseUrl: given.baseUrl ?? settingOf(User, 'baseUrl'),
    protocol: given.protocol ?? 'http',
    host: given.host ?? settingOf(User, 'host') ?? 'localhost',
    port: given.port ?? settingOf(User, 'port') ?? 3000,
    restApiRoot: given.restApiRoot ?? settingOf(User, 'restApiRoot') ?? '/api',
    redirect: given.redirect ?? '/',
  }
}

/** The link to `confirm` of a user, without the token. */
export function linkOf(User: SharedModel, uid: unknown, parts: ReturnType<typeof linkParts>): string {
  const { path } = User.http as { path: string }
  const confirm = `${String(parts.restApiRoot)}${path}/confirm`.replace(/\/{2,}/g, '/')
  const query = new URLSearchParams({ uid: String(uid), redirect: String(parts.redirect) }).toString()
  return `${originOf(parts)}${confirm.startsWith('/') ? '' : '/'}${confirm}?${query}`
}

function originOf({ baseUrl, protocol, host, port }: ReturnType<typeof linkParts>): string {
  if (typeof baseUrl === 'string' && baseUrl !== '') return new URL(baseUrl).origin
  const usual = (protocol === 'http' && String(port) === '80') || (protocol === 'https' && String(port) === '443')
  return `${String(protocol)}://${String(host)}${usual ? '' : `:${String(port)}`}`
}
