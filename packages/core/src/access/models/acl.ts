import type { Registry } from '../../registry/registry'
import type { SharedModel } from '../../types'
import { AccessContext, type AccessContextParts, type TokenFacts } from '../access-context'
import { AccessRequest } from '../access-request'
import { checkContext, contextOf } from '../check-access'
import { accessFlags } from '../compat'
import { withCallbacks } from '../legacy-access'
import { stored } from '../mapped-roles'
import { matchingScore } from '../matching-score'
import { accessTypes, all, permissions, principalTypes } from '../names'
import { resolvePermission } from '../resolve-permission'
import type { Rule } from '../rule'
import { staticRules } from '../static-rules'
import { storedRules } from '../stored-rules'
import { userClassOf } from '../user-class'
import { closed } from './closed'

/** Makes the built-in model ACL: access rules in a store, and the functions that decide by them. */
export function makeAcl(registry: Registry): SharedModel {
  const text = { type: 'string' }
  const properties = { model: text, property: text, accessType: text, permission: text, principalType: text, principalId: text }
  const ACL = registry.createModel('ACL', properties, { base: 'PersistedModel', strict: false, acls: closed(registry) })
  const constants = { ALL: all, ...permissions, ...accessTypes, ...principalTypes, DEFAULT_SCOPE: 'DEFAULT' }
  Object.assign(ACL, constants, plainStatics(registry, ACL), withCallbacks(asyncStatics(registry) as never))
  Object.assign(ACL.prototype, {
    /** How closely the rule fits a request; -1 where it does not. */
    score(this: Rule, request: AccessRequest): number {
      return matchingScore(this, request)
    },
  })
  return ACL
}

function plainStatics(registry: Registry, ACL: SharedModel) {
  return {
    getMatchingScore: (rule: Rule, request: AccessRequest): number => matchingScore(rule, request),

    resolvePermission: (rules: readonly Rule[], request: AccessRequest): AccessRequest =>
      resolvePermission(rules, request, accessFlags.of(registry.profile).strictestWildcard),

    /** The rules that a model's settings hold about a property, as records. */
    getStaticACLs(model: string | SharedModel, property: string): unknown[] {
      const Model = registry.findModel(model)
      return Model ? staticRules(Model, property === all ? [] : [property]).map((rule) => new ACL(rule)) : []
    },

    /** Adds a principal to a context; false when it was there. */
    addPrincipal: (context: AccessContext, type: string, id: unknown): boolean => context.addPrincipal(type, id),
  }
}

function asyncStatics(registry: Registry) {
  return {
    /** What rules of settings, then stored ones, say to a principal: `(type, id, model, property, accessType[, callback])`. */
    async checkPermission(...args: [string, unknown, string, string?, string?]): Promise<AccessRequest> {
      return checkPermission(registry, args)
    },

    async checkAccessForContext(given: AccessContext | AccessContextParts): Promise<AccessRequest> {
      return checkContext(given instanceof AccessContext ? given : new AccessContext({ ...given, registry }))
    },

    async checkAccessForToken(token: TokenFacts | null, ...rest: [string | SharedModel, unknown, string]): Promise<boolean> {
      const [model, modelId, method] = rest
      return (await checkContext(contextOf(registry, { token, model, modelId, method }))).isAllowed()
    },

    /** Whether access is granted for a context. */
    async isAllowed(context: AccessContext): Promise<boolean> {
      return (await checkContext(context)).isAllowed()
    },

    /** The record of a principal: by id, or by name, e-mail address or user name. */
    async resolvePrincipal(type: string, id: unknown): Promise<unknown> {
      return resolvePrincipal(registry, type, id)
    },

    /** Whether a principal is mapped to a role, given by name or id. */
    async isMappedToRole(type: string, id: unknown, role: unknown): Promise<boolean> {
      const principal = (await resolvePrincipal(registry, type, id)) as { id?: unknown } | null
      const found = (await resolvePrincipal(registry, principalTypes.ROLE, role)) as { id?: unknown } | null
      const RoleMapping = stored(registry, 'RoleMapping')
      if (!principal || !found || !RoleMapping) return false
      const where = { roleId: found.id, principalType: type, principalId: String(principal.id) }
      return (await RoleMapping.find({ where })).length > 0
    },
  }
}

async function checkPermission(
  registry: Registry,
  [principalType, principalId, model, property = all, accessType = all]: [string, unknown, string, string?, string?],
): Promise<AccessRequest> {
  const { strictestWildcard } = accessFlags.of(registry.profile)
  const request = new AccessRequest({ model, property, accessType })
  const isAbout = (rule: Rule) => rule.principalType === principalType && String(rule.principalId) === String(principalId)
  const Model = registry.findModel(model)
  const own = Model ? staticRules(Model, property === all ? [] : [property]).filter(({ where, fields }) => !where && !fields) : []
  const first = resolvePermission(own.filter(isAbout), request, strictestWildcard)
  if (first.permission === permissions.DENY) return first
  const more = (await storedRules(registry, model)).filter(isAbout)
  const resolved = resolvePermission([...own.filter(isAbout), ...more], request, strictestWildcard)
  resolved.settleDefaultPermission(Model?.settings.defaultPermission === 'DENY' ? permissions.DENY : permissions.ALLOW)
  return resolved
}

async function resolvePrincipal(registry: Registry, type: string, id: unknown): Promise<unknown> {
  const [Model, names] = placesOf(registry, type)
  if (!Model?.dataSource) return null
  const { findOne, findById } = Model as unknown as Record<string, (this: SharedModel, asked: unknown) => Promise<unknown>>
  const or = names.map((name) => ({ [name]: String(id) }))
  return (await findOne!.call(Model, { where: or.length > 1 ? { or } : or[0]! })) ?? (await findById!.call(Model, id))
}

function placesOf(registry: Registry, type: string): readonly [SharedModel | undefined, readonly string[]] {
  const known = (name: string) => (registry.findModel(name) ? registry.getModelByType(name) : undefined)
  if (type === principalTypes.SCOPE) return [known('Scope'), ['name']]
  if (type === principalTypes.ROLE) return [known('Role'), ['name']]
  if (type === principalTypes.APP) return [known('Application'), ['name', 'email']]
  return [userClassOf(registry, type), ['username', 'email']]
}
