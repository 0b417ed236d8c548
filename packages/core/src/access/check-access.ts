import type { HttpContext, SharedMethod } from '@reloop/remoting'
import type { Registry } from '../registry/registry'
import { accessTypeOf } from '../models/access-type'
import type { SharedModel } from '../types'
import { AccessContext, type TokenFacts } from './access-context'
import { AccessRequest } from './access-request'
import { accessFlags } from './compat'
import { explain } from './explain'
import { isInRole } from './role-of'
import { permissions } from './names'
import { resolvePermission } from './resolve-permission'
import type { Rule } from './rule'
import { staticRules } from './static-rules'
import { isStoredAbout, storedRules } from './stored-rules'
import { withCallbacks } from './legacy-access'

/**
 * Decides what a context asks for, as `ACL.checkAccessForContext` does in JavaScript. Rules about rows or fields say nothing here.
 *
 * @param context who wants what
 * @returns the request with its permission, which is never DEFAULT
 */
export async function checkContext(context: AccessContext): Promise<AccessRequest> {
  const { registry, modelName: model, property, accessType, methodNames } = context
  const flags = accessFlags.of(registry.profile)
  const request = new AccessRequest({ model, property, accessType, methodNames })
  if (flags.tokenScopes && !context.isScopeAllowed()) return settled(request, permissions.DENY)
  const rules: Rule[] = []
  for (const rule of await rulesAbout(context)) if (await isAbout(rule, context)) rules.push(rule)
  const resolved = resolvePermission(rules, request, flags.strictestWildcard)
  resolved.settleDefaultPermission(context.model?.settings.defaultPermission === 'DENY' ? permissions.DENY : permissions.ALLOW)
  explain('access-context')?.(`${model}.${property} ${accessType}: ${resolved.permission}`, { principals: context.principals, rules })
  return resolved
}

function settled(request: AccessRequest, permission: string): AccessRequest {
  request.permission = permission
  return request
}

async function rulesAbout({ registry, model, modelName, property, accessType, methodNames }: AccessContext): Promise<readonly Rule[]> {
  const { aliasRules } = accessFlags.of(registry.profile)
  const own = model ? staticRules(model, property === '*' ? [] : [property, ...(aliasRules ? methodNames : [])]) : []
  const names = [...new Set([property, ...methodNames])]
  const stored = await storedRules(registry, modelName)
  const rules = [...own, ...stored.filter((rule) => isStoredAbout(rule, { model: modelName, names, accessType }))]
  return rules.filter(({ where, fields }) => where === undefined && fields === undefined)
}

async function isAbout(rule: Rule, context: AccessContext): Promise<boolean> {
  const matches = context.principals.some(({ type, id }) => type === rule.principalType && String(id) === String(rule.principalId))
  return matches || (rule.principalType === 'ROLE' && isInRole(String(rule.principalId), context))
}

/** What a token may do with a method: the context that LoopBack makes of it. */
export function contextOf(registry: Registry, asked: { token: unknown; model: unknown; modelId: unknown; method: unknown }): AccessContext {
  const method = asked.method as SharedMethod | string
  const shared = typeof method === 'object' ? method : undefined
  return new AccessContext({
    registry,
    accessToken: asked.token as TokenFacts | null,
    model: asked.model as string | SharedModel,
    modelId: asked.modelId,
    property: shared ? shared.name : (method as string),
    method: shared ? shared.name : (method as string),
    sharedMethod: shared,
    accessType: shared
      ? accessTypeOf({ name: shared.name, accessType: shared.accessType, http: shared.http })
      : accessTypeOf({ name: method as string }),
  })
}

const { checkAccess } = withCallbacks({
  /** Decides whether a call is allowed: `(token, modelId, method, ctx[, callback])`; replaced by who wants to decide otherwise. */
  async checkAccess(
    this: SharedModel,
    ...args: [token: unknown, modelId: unknown, method: SharedMethod, context: HttpContext]
  ): Promise<boolean> {
    const [token, modelId, method, context] = args
    const { registry } = (this.app ?? context.wire.app) as { registry: Registry }
    return (await checkContext(contextOf(registry, { token, model: this, modelId, method }))).isAllowed()
  },
})

/** What `Model.checkAccess` is where nobody has put another function in its place. */
export const usualCheckAccess = checkAccess as Function

/** Whether a model decides access itself. */
export function hasOwnCheck(Model: SharedModel): boolean {
  return typeof Model.checkAccess === 'function' && Model.checkAccess !== usualCheckAccess
}
