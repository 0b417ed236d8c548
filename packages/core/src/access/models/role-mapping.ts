import type { Registry } from '../../registry/registry'
import type { SharedModel } from '../../types'
import { withCallbacks } from '../legacy-access'
import { principalTypes } from '../names'
import { userClassOf } from '../user-class'
import { closed } from './closed'

interface Mapping {
  readonly principalType: string
  readonly principalId: unknown
}

/** Makes the built-in model RoleMapping: which principal has which role. */
export function makeRoleMapping(registry: Registry): SharedModel {
  const properties = {
    id: { type: 'string', id: true, generated: true },
    principalType: { type: 'string', description: 'USER, APP, ROLE, or the name of a user model where there are several' },
    principalId: { type: 'string', index: true },
  }
  const role = { type: 'belongsTo', model: 'Role', foreignKey: 'roleId' }
  const RoleMapping = registry.createModel('RoleMapping', properties, {
    base: 'PersistedModel',
    description: 'Map principals to roles',
    strict: false,
    relations: { role },
    acls: closed(registry),
  })
  const { USER, APP, APPLICATION, ROLE } = principalTypes
  Object.assign(RoleMapping, { USER, APP, APPLICATION, ROLE })
  Object.assign(RoleMapping.prototype, withCallbacks(principals(registry) as never))
  registry.findModel('Role')
  return RoleMapping
}

/** The principal of a mapping, where it is of the kind that is asked for. */
function principals(registry: Registry) {
  const find = async (Model: SharedModel | undefined, id: unknown) =>
    Model?.dataSource ? (Model.findById as (id: unknown) => Promise<unknown>)(id) : null
  const known = (name: string) => (registry.findModel(name) ? registry.getModelByType(name) : undefined)
  return {
    async application(this: Mapping): Promise<unknown> {
      return this.principalType === principalTypes.APP ? find(known('Application'), this.principalId) : null
    },
    async user(this: Mapping): Promise<unknown> {
      const isOther = this.principalType === principalTypes.APP || this.principalType === principalTypes.ROLE
      return isOther ? null : find(userClassOf(registry, this.principalType), this.principalId)
    },
    async childRole(this: Mapping): Promise<unknown> {
      return this.principalType === principalTypes.ROLE ? find(known('Role'), this.principalId) : null
    },
  }
}
