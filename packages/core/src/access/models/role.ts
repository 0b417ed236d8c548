import type { Registry } from '../../registry/registry'
import type { SharedModel } from '../../types'
import { AccessContext, type AccessContextParts } from '../access-context'
import { isOwner } from '../is-owner'
import { withCallbacks, type RoleResolver } from '../legacy-access'
import { mappedRoles, stored } from '../mapped-roles'
import { dynamicRoles, principalTypes } from '../names'
import { isInDynamicRole, isInRole } from '../role-of'
import { userClassOf } from '../user-class'
import { closed } from './closed'

interface RoleClass extends SharedModel {
  resolvers: Record<string, RoleResolver>
}

/** Makes the built-in model Role: roles in a store, those that nobody is mapped to, and resolvers of an application. */
export function makeRole(registry: Registry): SharedModel {
  const text = { type: 'string' }
  const now = { type: 'date', defaultFn: 'now' }
  const properties = {
    id: { type: 'string', id: true, generated: true },
    name: { type: 'string', required: true },
    description: text,
    created: now,
    modified: now,
  }
  const principals = { type: 'hasMany', model: 'RoleMapping', foreignKey: 'roleId' }
  const Role = registry.createModel('Role', properties, {
    base: 'PersistedModel',
    strict: false,
    relations: { principals },
    acls: closed(registry),
  }) as RoleClass
  const validates = Role.validatesUniquenessOf as (property: string, options: object) => void
  validates.call(Role, 'name', { message: 'already exists' })
  Object.assign(Role, dynamicRoles, resolverStatics(), withCallbacks(asyncStatics(registry) as never))
  Object.assign(Role.prototype, withCallbacks(holders(registry) as never))
  registry.findModel('RoleMapping')
  return Role
}

function resolverStatics(): Record<string, unknown> & ThisType<RoleClass> {
  return {
    resolvers: {},

    /** Says who has a role: `(role, context[, callback])`, yes or no. A resolver of the same role is replaced. */
    registerResolver(role: string, resolver: RoleResolver): void {
      this.resolvers[role] = resolver
    },
  }
}

function asyncStatics(registry: Registry) {
  const contextOf = (given: AccessContext | AccessContextParts) =>
    given instanceof AccessContext ? given : new AccessContext({ ...given, registry })
  return {
    async isInRole(role: string, context: AccessContext | AccessContextParts): Promise<boolean> {
      return isInRole(role, contextOf(context))
    },

    async isAuthenticated(context: AccessContext | AccessContextParts): Promise<boolean> {
      return contextOf(context).isAuthenticated()
    },

    /** Whether a row belongs to a user: `(Model, modelId, userId[, principalType][, options][, callback])`. */
    async isOwner(Model: SharedModel | string, modelId: unknown, ...rest: [unknown, string?]): Promise<boolean> {
      const [userId, type] = rest
      if (userId === undefined || userId === null) return false
      const principalType = typeof type === 'string' ? type : principalTypes.USER
      return isOwner(registry, { Model: registry.getModel(Model), modelId, owner: { id: userId, principalType } })
    },

    /** The roles of a context: names of those that nobody is mapped to, ids of the others, or names with `returnOnlyRoleNames`. */
    async getRoles(given: AccessContext | AccessContextParts, options: { returnOnlyRoleNames?: boolean } = {}): Promise<unknown[]> {
      const context = contextOf(given)
      const roles: unknown[] = []
      const { resolvers } = registry.getModel('Role') as RoleClass
      for (const role of new Set([...Object.values(dynamicRoles), ...Object.keys(resolvers)])) {
        const is = Object.hasOwn(resolvers, role) ? await isInRole(role, context) : await isInDynamicRole(role, context)
        if (is) roles.push(role)
      }
      for (const { type, id } of context.principals) if (type === principalTypes.ROLE) roles.push(id)
      for (const { id, name } of await mappedRoles(registry, context.principals)) roles.push(options.returnOnlyRoleNames ? name : id)
      return [...new Set(roles)]
    },
  }
}

interface Held {
  readonly role: { readonly id: unknown }
  readonly type: string
  readonly Model: SharedModel | undefined
  readonly filter?: Readonly<Record<string, unknown>>
}

/** The users, applications and roles that are mapped to a role. */
function holders(registry: Registry) {
  const find = async ({ role, type, Model, filter = {} }: Held): Promise<unknown[]> => {
    const RoleMapping = stored(registry, 'RoleMapping')
    if (!RoleMapping || !Model?.dataSource) return []
    const mappings = await RoleMapping.find({ where: { roleId: role.id, principalType: type } })
    const id = { inq: mappings.map(({ principalId }) => principalId) }
    const where = filter.where === undefined ? { id } : { and: [{ id }, filter.where] }
    return (Model.find as (filter: object) => Promise<unknown[]>)({ ...filter, where })
  }
  const known = (name: string) => (registry.findModel(name) ? registry.getModelByType(name) : undefined)
  return {
    async users(this: { id: unknown }, filter?: Record<string, unknown> & { principalType?: string }): Promise<unknown[]> {
      const { principalType = principalTypes.USER, ...rest } = filter ?? {}
      return find({ role: this, type: principalType, Model: userClassOf(registry, principalType), filter: rest })
    },
    async applications(this: { id: unknown }, filter?: Record<string, unknown>): Promise<unknown[]> {
      return find({ role: this, type: principalTypes.APP, Model: known('Application'), filter })
    },
    async roles(this: { id: unknown }, filter?: Record<string, unknown>): Promise<unknown[]> {
      return find({ role: this, type: principalTypes.ROLE, Model: known('Role'), filter })
    },
  }
}
