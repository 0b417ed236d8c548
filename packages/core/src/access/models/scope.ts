import type { Registry } from '../../registry/registry'
import type { SharedModel } from '../../types'
import type { AccessRequest } from '../access-request'
import { withCallbacks } from '../legacy-access'
import { principalTypes } from '../names'
import { closed } from './closed'

type CheckPermission = (...args: [string, unknown, string, string?, string?]) => Promise<AccessRequest>

/** Makes the built-in model Scope: what an application may do in the name of others, as rules about principals of the type SCOPE say. */
export function makeScope(registry: Registry): SharedModel {
  const properties = { name: { type: 'string', required: true }, description: { type: 'string' } }
  const Scope = registry.createModel('Scope', properties, {
    base: 'PersistedModel',
    description: 'What client applications may do in the name of who owns the data',
    strict: false,
    acls: closed(registry),
  })
  const statics = {
    /** What the rules say to a scope: `(scope, model, property, accessType[, callback])`. */
    async checkPermission(this: SharedModel, scope: string, ...rest: [string, string?, string?]): Promise<AccessRequest> {
      const found = (await (this.findOne as (filter: object) => Promise<{ id?: unknown } | null>)({ where: { name: scope } })) ?? undefined
      const { checkPermission } = registry.getModelByType('ACL') as unknown as { checkPermission: CheckPermission }
      return checkPermission(principalTypes.SCOPE, found?.id, ...rest)
    },
  }
  Object.assign(Scope, withCallbacks(statics as never))
  return Scope
}
