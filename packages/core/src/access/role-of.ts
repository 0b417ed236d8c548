import { isOwner } from './is-owner'
import type { AccessContext } from './access-context'
import { accessFlags } from './compat'
import { inTime } from './in-time'
import { askResolver, type RoleResolver } from './legacy-access'
import { mappedRoles } from './mapped-roles'
import { dynamicRoles } from './names'
import { resolverTime } from './access-state'
import type { Application } from '../app/application'

/** Whether the principals of a context have a role: by its resolver, for what they are, or because they are mapped to it. */
export async function isInRole(role: string, context: AccessContext): Promise<boolean> {
  const { registry, principals } = context
  const { resolvers } = (registry.findModel('Role') ?? {}) as { resolvers?: Record<string, RoleResolver> }
  if (resolvers && Object.hasOwn(resolvers, role)) return resolved(resolvers[role]!, role, context)
  const dynamic = await isInDynamicRole(role, context)
  if (dynamic !== undefined) return dynamic
  if (principals.some(({ type, id }) => type === 'ROLE' && id === role)) return true
  return (await mappedRoles(registry, principals)).some(({ name }) => name === role)
}

/** Whether a role is one that nobody is mapped to, and the context has it; undefined for others. */
export async function isInDynamicRole(role: string, context: AccessContext): Promise<boolean | undefined> {
  if (role === dynamicRoles.EVERYONE) return true
  if (role === dynamicRoles.AUTHENTICATED) return context.isAuthenticated()
  if (role === dynamicRoles.UNAUTHENTICATED) return !context.isAuthenticated()
  if (role === dynamicRoles.RELATED) return false
  if (role !== dynamicRoles.OWNER) return undefined
  const { registry, model: Model, modelId } = context
  const owner = context.getUser()
  return Model !== undefined && owner !== undefined && isOwner(registry, { Model, modelId, owner })
}

async function resolved(resolver: RoleResolver, role: string, context: AccessContext): Promise<boolean> {
  const { strictResolvers } = accessFlags.of(context.registry.profile)
  const app = context.remotingContext?.wire.app as Application | undefined
  const answer = inTime(askResolver(resolver, role, context), resolverTime(app))
  if (!strictResolvers) return Boolean(await answer)
  try {
    return (await answer) === true
  } catch {
    return false
  }
}
