import type { SharedModel } from '../types'
import { flagsOf } from './compat'
import { innerOptions, type Options } from './stored'
import { principalOf, tokenModelFor } from './user-rules'

const warned = new WeakSet<object>()

/**
 * Removes the tokens of users, but the one that the call was made with.
 *
 * @param User their model
 * @param ids of the users
 * @param options of the call: `accessToken` stays, `preserveAccessTokens` keeps all
 */
export async function endSessions(User: SharedModel, ids: readonly unknown[], options: Options): Promise<void> {
  if (ids.length === 0 || options.preserveAccessTokens || !endsThem(User)) return
  const current = options.accessToken as { id?: unknown } | null | undefined
  const keep = current?.id === undefined ? {} : { id: { neq: current.id } }
  await removeTokens(User, { ids, keep }, options)
}

/** Removes the tokens of users that are gone. */
export async function removeTokens(
  User: SharedModel,
  { ids, keep = {} }: { readonly ids: readonly unknown[]; readonly keep?: object },
  options: Options,
): Promise<void> {
  const Token = tokenModelFor(User)
  if (ids.length === 0 || !Token.dataSource) return
  await Token.destroyAll({ userId: { inq: ids }, ...principalOf(User), ...keep }, innerOptions(options))
}

/** LB2: an application says whether it wants this; one that says nothing is told once. */
function endsThem(User: SharedModel): boolean {
  if (flagsOf(User).endsSessions === 'always') return true
  const app = User.app as { get?: (name: string) => unknown } | undefined
  const wanted = app?.get?.('logoutSessionsOnSensitiveChanges')
  if (wanted === undefined && !warned.has(app ?? User)) {
    warned.add(app ?? User)
    process.emitWarning(
      'The setting "logoutSessionsOnSensitiveChanges" is not set: sessions outlive a change of password or e-mail address. Set it to true, or to false to keep them.',
    )
  }
  return wanted === true
}
