import type { Order, Where } from './ast'
import { and, compare, or, related } from './build'

/**
 * Rewrites keyset paging as a condition, for stores without `after`.
 *
 * @param order the query's order; it ends with the ids, so that no two rows are equal in it
 * @param after values of the order's paths in the last row seen; null is first in ASC and last in DESC
 * @returns a condition that holds for exactly the rows behind that one
 * @example keysetWhere([{ path: ['id'], direction: 'ASC' }], [20]) // id gt 20
 */
export function keysetWhere(order: readonly Order[], after: readonly unknown[]): Where {
  return or(
    order.map((item, index) => {
      const ties = order.slice(0, index).map((earlier, place) => equal(earlier, after[place]))
      return and([...ties, beyond(item, after[index])])
    }),
  )
}

function equal(order: Order, value: unknown): Where {
  return value === null || value === undefined ? missing(order) : at(order, compare(order.path, 'eq', value))
}

function beyond(order: Order, value: unknown): Where {
  const last = value === null || value === undefined
  if (order.direction === 'ASC') return last ? at(order, present(order)) : at(order, compare(order.path, 'gt', value))
  return last ? or([]) : or([at(order, compare(order.path, 'lt', value)), missing(order)])
}

function present(order: Order): Where {
  return compare(order.path, 'neq', null)
}

function missing(order: Order): Where {
  return order.join ? related(order.join, 'none', present(order)) : compare(order.path, 'eq', null)
}

function at(order: Order, where: Where): Where {
  return order.join ? related(order.join, 'some', where) : where
}
