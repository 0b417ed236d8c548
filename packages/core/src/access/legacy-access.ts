import { acceptCallback, fromCallback, type UserFunction } from '@reloop/callback'
import type { AccessContext } from './access-context'

/** A resolver of a role: `(role, context, callback)`, `async (role, context)` or plain `(role, context)`. */
export type RoleResolver = UserFunction

/** Methods of a built-in model that also answer to a callback. */
export function withCallbacks(methods: Record<string, (...args: never[]) => Promise<unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(methods).map(([name, method]) => [name, acceptCallback(method)]))
}

/** What a resolver answers, whatever its manner. */
export function askResolver(resolver: RoleResolver, role: string, context: AccessContext): Promise<unknown> {
  return fromCallback<[string, AccessContext]>(resolver, 2)(role, context)
}

/** What a model's own `checkAccess(token, modelId, method, ctx[, callback])` answers. */
export function askCheckAccess(
  Model: { readonly [member: string]: unknown },
  args: [unknown, unknown, unknown, unknown],
): Promise<unknown> {
  return fromCallback<[unknown, unknown, unknown, unknown]>(Model.checkAccess as UserFunction, 4).call(Model, ...args)
}
