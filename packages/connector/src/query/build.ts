import type { Join, Operator, Path, Where } from './ast'

/**
 * One comparison of a property, or of a place inside it.
 *
 * @param path property name, or its parts: `['address', 'city']`; a name is taken whole, dots included
 * @param op the operator
 * @param value operand as `operators` describes; lists are copied
 * @example compare('price', 'lt', 10)
 */
export function compare(path: string | Path, op: Operator, value: unknown): Where {
  const parts = typeof path === 'string' ? [path] : [...path]
  return Object.freeze({
    kind: 'compare',
    path: Object.freeze(parts),
    op,
    value: Array.isArray(value) ? Object.freeze([...(value as unknown[])]) : value,
  })
}

/**
 * Holds when every item holds; items that are `and` themselves are merged, undefined ones are left out.
 *
 * @param items conditions; none: holds for every row
 * @example and([base, compare('price', 'lt', 10)])
 */
export function and(items: readonly (Where | undefined)[]): Where {
  return several('and', items)
}

/**
 * Holds when one item holds; items that are `or` themselves are merged, undefined ones are left out.
 *
 * @param items conditions; none: holds for no row
 * @example or([compare('price', 'eq', null), compare('price', 'lt', 10)])
 */
export function or(items: readonly (Where | undefined)[]): Where {
  return several('or', items)
}

/**
 * Holds for exactly the rows that the item does not hold for, rows with nulls included.
 *
 * @param item condition
 * @example not(compare('name', 'like', 'A%'))
 */
export function not(item: Where): Where {
  return item.kind === 'not' ? item.item : Object.freeze({ kind: 'not', item })
}

/**
 * Holds by the rows of another entity that belong to a row.
 *
 * @param join how the rows belong together
 * @param quantifier `some`: at least one holds; `every`: none fails (also when there is none); `none`: no one holds
 * @param where condition on the other side; left out: any row
 * @example related({ entity: review, from: ['id'], to: ['productId'] }, 'some', compare('stars', 'gte', 4))
 */
export function related(join: Join, quantifier: 'some' | 'every' | 'none', where?: Where): Where {
  return Object.freeze({ kind: 'related', join, quantifier, ...(where && { where }) })
}

function several(kind: 'and' | 'or', items: readonly (Where | undefined)[]): Where {
  const flat = items.flatMap((item) => (item === undefined ? [] : item.kind === kind ? item.items : [item]))
  return flat.length === 1 ? flat[0]! : Object.freeze({ kind, items: Object.freeze(flat) })
}
