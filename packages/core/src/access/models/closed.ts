import type { Registry } from '../../registry/registry'
import { accessFlags } from '../compat'
import type { Rule } from '../rule'

/** The rules of a security model: nobody, unless the application's own rules open it. */
export function closed(registry: Registry): Rule[] {
  if (!accessFlags.of(registry.profile).closedSecurityModels) return []
  return [{ principalType: 'ROLE', principalId: '$everyone', permission: 'DENY', property: '*', accessType: '*' }]
}
