import type { GuardAllowed } from '../model/options'
import type { PlainObject } from '../value/plain'

/** Key of a filter that has passed a guard. */
export const kReach = Symbol('reach')

/** What a guard said about a query. */
export interface Reach {
  readonly allowed: GuardAllowed
  /** Rows over which an order may look, by the name of the relation. */
  readonly orders: ReadonlyMap<string, PlainObject>
}
