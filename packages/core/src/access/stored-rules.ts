import type { Registry } from '../registry/registry'
import { accessFlags } from './compat'
import { stored } from './mapped-roles'
import { all } from './names'
import type { Rule } from './rule'

/** What stored rules are asked about. */
export interface StoredQuestion {
  readonly model: string
  readonly names: readonly string[]
  readonly accessType: string
}

/** Whether rules are stored at all. */
export function storesRules(registry: Registry): boolean {
  return stored(registry, 'ACL') !== undefined
}

/** The stored rules of a model: one query. */
export async function storedRules(registry: Registry, model: string): Promise<readonly Rule[]> {
  const ACL = stored(registry, 'ACL')
  if (!ACL) return []
  const { everyModel } = accessFlags.of(registry.profile)
  const found = await ACL.find({ where: { model: everyModel ? { inq: [model, all] } : model } })
  return found.map(plain)
}

/** LB2: stored rules for EXECUTE are not read for methods that read or write, although such rules in settings hold for them. */
export function isStoredAbout(rule: Rule, { names, accessType }: StoredQuestion): boolean {
  const types = accessType === 'REPLICATE' ? ['REPLICATE', 'WRITE', all] : [accessType, all]
  return (
    types.includes(rule.accessType ?? all) &&
    (rule.property === all || rule.property === undefined || names.includes(rule.property as string))
  )
}

function plain(record: Readonly<Record<string, unknown>>): Rule {
  const { toJSON } = record as { toJSON?: () => Rule }
  return toJSON ? toJSON.call(record) : record
}
