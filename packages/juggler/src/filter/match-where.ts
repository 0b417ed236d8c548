import { compileMatch, type Row } from '@reloop/connector'
import type { ModelRuntime } from '../model/runtime'
import { planWhere } from './plan'

/** How a where is judged. */
export interface MatchWhereOptions {
  /** Whether a client wrote it: unknown and hidden properties are refused, bounds hold. @default false */
  readonly outside?: boolean
}

/**
 * Compiles a where to a function of a row, for rows that are not in a store: those of events, for instance.
 *
 * @param model runtime of the model
 * @param where as in a filter; its values get the types of the properties
 * @param options whether a client wrote it
 * @returns `(row) => boolean`
 * @throws what a find with this where would throw; CONNECTOR_NOT_SUPPORTED for conditions on related rows
 * @example matchWhere(runtimeOf(Product), { price: { lt: 10 } })({ price: 5 }) // true
 */
export function matchWhere(model: ModelRuntime, where: unknown, options: MatchWhereOptions = {}): (row: Row) => boolean {
  return compileMatch(model.entity, planWhere(model, where, options.outside === true))
}
