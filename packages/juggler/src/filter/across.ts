import type { ModelRuntime } from '../model/runtime'
import type { RelationDefinition } from '../relations/relation-definition'

/** Whether conditions on related rows must be answered by queries of their own: the store can not, or the rows are elsewhere. */
export function needsTwoSteps(model: ModelRuntime, relation: RelationDefinition): boolean {
  const to = relation.joinTarget()
  if (!to) return false
  const between = relation.throughTarget?.()
  const elsewhere = to.model.dataSource !== model.dataSource || (between !== undefined && between.model.dataSource !== model.dataSource)
  return elsewhere || !model.connector.capabilities.related
}
