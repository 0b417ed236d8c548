import type { CompiledProperty } from '../definition/compiled'
import { errors } from '../errors'
import type { ModelRuntime } from '../model/runtime'
import { bindQuery, compare, slot, type Where } from '@reloop/connector'
import type { Plan } from './plan-cache'

/** The plan of finding one row by its only id, without a filter: made once per model. */
export function preparedById(model: ModelRuntime): { readonly plan: Plan; readonly id: CompiledProperty } {
  const { id, entity } = model.compiled
  if (!id) throw errors.PRIMARY_KEY_MISSING({ model: model.name })
  const { connector } = model
  const query = Object.freeze({
    where: Object.freeze({ kind: 'compare' as const, path: Object.freeze([id.name]), op: 'eq' as const, value: slot(0) }),
    limit: 1,
  })
  const run = connector.prepare
    ? connector.prepare(entity, Object.freeze({ key: 'by id', query }))
    : (values: readonly unknown[], call: Parameters<Plan['run']>[1]) => connector.find({ entity, query: bindQuery(query, values) }, call)
  return { plan: { run }, id }
}

/**
 * The tree of a where that names one row by its only id, a number or text that needs no conversion; undefined for any other, which is
 * to be walked.
 */
export function whereById(model: ModelRuntime, where: Readonly<Record<string, unknown>>): Where | undefined {
  const { id } = model.compiled
  if (!id) return undefined
  for (const name in where) if (name !== id.name) return undefined
  const value = where[id.name]
  return typeof value === id.kind && value === value ? compare(id.name, 'eq', value) : undefined
}
