import type { Compare, Related, Where } from './ast'

/** What a fold makes of each kind of condition. */
export interface WhereVisitor<T> {
  compare(node: Compare): T
  /** The items are folded already. */
  and(items: readonly T[]): T
  or(items: readonly T[]): T
  not(item: T): T
  /** Not folded inside: the condition there belongs to another entity. */
  related(node: Related): T
  native(value: unknown): T
}

/**
 * Walks a condition from its leaves up and makes something else of it: text, a function, another condition.
 *
 * @param where condition
 * @param visitor what each kind becomes
 * @example fold(where, { compare: (node) => quote(node), and: (items) => items.join(' AND '), … })
 */
export function fold<T>(where: Where, visitor: WhereVisitor<T>): T {
  switch (where.kind) {
    case 'compare':
      return visitor.compare(where)
    case 'and':
      return visitor.and(where.items.map((item) => fold(item, visitor)))
    case 'or':
      return visitor.or(where.items.map((item) => fold(item, visitor)))
    case 'not':
      return visitor.not(fold(where.item, visitor))
    case 'related':
      return visitor.related(where)
    case 'native':
      return visitor.native(where.value)
  }
}
