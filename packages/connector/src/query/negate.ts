import { errors } from '../errors'
import type { Compare, Operator, Path, Related, Where } from './ast'
import { and, compare, or, related } from './build'
import { escapeLike } from '../like'

const opposites: Partial<Record<Operator, Operator>> = {
  eq: 'neq',
  neq: 'eq',
  inq: 'nin',
  nin: 'inq',
  like: 'nlike',
  nlike: 'like',
  ilike: 'nilike',
  nilike: 'ilike',
  containsAny: 'nin',
}

/**
 * The condition that holds for exactly the other rows, written without `not`.
 *
 * Orderings and text operators are turned by what they mean for a single value; on a list property use `not` in a store that knows it.
 *
 * @param where condition without slots, possibly with `not` inside
 * @returns its opposite
 * @throws OPERATOR_INVALID for `regexp`, `near` and `containedBy`, CONNECTOR_NOT_SUPPORTED for a native condition
 * @example negate(compare('price', 'gt', 10)) // price lte 10 or price eq null
 */
export function negate(where: Where): Where {
  switch (where.kind) {
    case 'compare':
      return opposite(where)
    case 'and':
      return or(where.items.map(negate))
    case 'or':
      return and(where.items.map(negate))
    case 'not':
      return withoutNot(where.item)
    case 'related':
      return otherQuantifier(where)
    case 'native':
      throw errors.CONNECTOR_NOT_SUPPORTED({ connector: 'without not', what: 'not around a condition in its own language' })
  }
}

/**
 * The same condition without any `not` in it, for stores that have none.
 *
 * @param where condition
 * @returns a condition that holds for the same rows
 * @throws what `negate` throws
 * @example withoutNot(not(or([a, b]))) // and([negate(a), negate(b)])
 */
export function withoutNot(where: Where): Where {
  switch (where.kind) {
    case 'and':
      return and(where.items.map(withoutNot))
    case 'or':
      return or(where.items.map(withoutNot))
    case 'not':
      return negate(where.item)
    case 'related':
      return where.where ? related(where.join, where.quantifier, withoutNot(where.where)) : where
    default:
      return where
  }
}

function opposite({ path, op, value }: Compare): Where {
  const other = opposites[op]
  if (other) return compare(path, other, value)
  // An ordering with null holds for no row, so that its opposite holds for all.
  if (isOrdering(op) && [value].flat().some((bound) => bound === null || bound === undefined)) return and([])
  switch (op) {
    case 'gt':
      return orNull(path, compare(path, 'lte', value))
    case 'gte':
      return orNull(path, compare(path, 'lt', value))
    case 'lt':
      return orNull(path, compare(path, 'gte', value))
    case 'lte':
      return orNull(path, compare(path, 'gt', value))
    case 'between':
      return orNull(path, compare(path, 'lt', (value as readonly unknown[])[0]), compare(path, 'gt', (value as readonly unknown[])[1]))
    case 'startsWith':
      return compare(path, 'nlike', `${escapeLike(String(value))}%`)
    case 'endsWith':
      return compare(path, 'nlike', `%${escapeLike(String(value))}`)
    case 'contains':
      if (!Array.isArray(value)) return compare(path, 'nlike', `%${escapeLike(String(value))}%`)
      return orNull(path, ...value.map((one) => compare(path, 'neq', one)))
    case 'exists':
      return compare(path, 'exists', value === false)
    default:
      throw errors.OPERATOR_INVALID({ property: path.join('.'), operator: op, problem: 'this store cannot negate it' })
  }
}

function isOrdering(op: Operator): boolean {
  return op === 'gt' || op === 'gte' || op === 'lt' || op === 'lte' || op === 'between'
}

function orNull(path: Path, ...items: readonly Where[]): Where {
  return or([...items, compare(path, 'eq', null)])
}

function otherQuantifier({ join, quantifier, where }: Related): Where {
  if (quantifier === 'every') return where ? related(join, 'some', negate(where)) : or([])
  return related(join, quantifier === 'some' ? 'none' : 'some', where && withoutNot(where))
}
