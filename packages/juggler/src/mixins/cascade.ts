import type { ModelRuntime } from '../model/runtime'

/** Names of the relations whose rows go with a row that is marked as deleted. */
export function relationNames(model: ModelRuntime): readonly string[] {
  const { cascade } = model.compiled.softDelete!
  if (cascade === false) return []
  const owned = Object.keys(model.definition.relations).filter((name) => {
    const relation = model.relation(name)!
    return (relation.type === 'hasMany' || relation.type === 'hasOne') && relation.kind !== 'through'
  })
  return cascade === true ? owned : owned.filter((name) => cascade.includes(name))
}
