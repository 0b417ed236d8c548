import type { Registry } from '../registry/registry'
import type { SharedModel } from '../types'
import type { Principal } from './principal'

/** A stored role. */
export interface MappedRole {
  readonly id: unknown
  readonly name: string
}

interface Stored extends SharedModel {
  find(filter: object): Promise<Record<string, unknown>[]>
}

/**
 * The stored roles that principals are mapped to: two queries at most, however many roles there are. None where roles are not stored.
 *
 * @param registry whose `Role` and `RoleMapping`
 * @param principals who
 */
export async function mappedRoles(registry: Registry, principals: readonly Principal[]): Promise<readonly MappedRole[]> {
  const known = principals.filter(({ id }) => id !== undefined && id !== null)
  const [Role, RoleMapping] = [stored(registry, 'Role'), stored(registry, 'RoleMapping')]
  if (!Role || !RoleMapping || known.length === 0) return []
  const or = known.map(({ type, id }) => ({ principalType: type, principalId: String(id) }))
  const mappings = await RoleMapping.find({ where: or.length > 1 ? { or } : or[0]! })
  const ids = [...new Set(mappings.map(({ roleId }) => roleId).filter((id) => id !== undefined && id !== null))]
  if (ids.length === 0) return []
  const roles = await Role.find({ where: { id: { inq: ids } } })
  return roles.map(({ id, name }) => ({ id, name: String(name) }))
}

/** The class that the application uses in the place of a built-in one, where it is attached. */
export function stored(registry: Registry, name: string): Stored | undefined {
  if (!registry.findModel(name)) return undefined
  const Model = registry.getModelByType(name)
  return Model.dataSource ? (Model as Stored) : undefined
}
