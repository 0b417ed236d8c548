import type { Compare, Join, Near, Order, Pattern, Query, Slot, Through, Where } from './ast'
import { and, compare, or } from './build'
import { slot } from './slot'

/**
 * The same query with slots in place of its values, numbered in the order in which `parameterize` collects them.
 *
 * @param query a query without slots and without native conditions
 * @example withSlots({ limit: 5 }) // { limit: slot(0) }
 */
export function withSlots(query: Query): Query {
  return new Slotter().query(query)
}

export function isNull(value: unknown): boolean {
  return value === null || value === undefined
}

/** The parts of a point and its distances that are there, always in the same order. */
export function nearParts(value: unknown): readonly (readonly [string, number])[] {
  const near = value as Near
  const parts = (['lat', 'lng', 'maxDistance', 'minDistance'] as const).map((name) => [name, near[name]] as const)
  return parts.filter((part): part is readonly ['lat', number] => part[1] !== undefined)
}

class Slotter {
  #next = 0

  query({ where, order, limit, skip, after, columns, perParent }: Query): Query {
    return Object.freeze({
      ...(where && { where: this.#where(where) }),
      ...(order && { order: Object.freeze(order.map((item) => this.#order(item))) }),
      ...this.#paging({ limit, skip }),
      ...(after && { after: Object.freeze(after.map((value) => (isNull(value) ? null : this.#slot(value)))) }),
      ...(columns && { columns }),
      ...(perParent && { perParent: Object.freeze({ key: perParent.key, ...this.#paging(perParent) }) }),
    })
  }

  #where(where: Where): Where {
    switch (where.kind) {
      case 'compare':
        return this.#compare(where)
      case 'and':
      case 'or':
        return Object.freeze({ kind: where.kind, items: Object.freeze(where.items.map((item) => this.#where(item))) })
      case 'not':
        return Object.freeze({ kind: 'not', item: this.#where(where.item) })
      case 'related':
        return Object.freeze({ ...where, join: this.#join(where.join), ...this.#inner(where) })
      case 'native':
        return where
    }
  }

  #compare({ path, op, value }: Compare): Where {
    if (op === 'exists') return compare(path, op, value !== false)
    if (isNull(value)) return compare(path, op, null)
    if (op === 'regexp') {
      const { source, flags } = value as Pattern
      return compare(path, op, Object.freeze({ source: this.#slot(source), flags }))
    }
    if (op === 'near')
      return compare(path, op, Object.freeze(Object.fromEntries(nearParts(value).map(([name, part]) => [name, this.#slot(part)]))))
    const rest = compare(path, op, this.#slot(value))
    if ((op !== 'inq' && op !== 'nin') || !Array.isArray(value) || !value.some(isNull)) return rest
    return op === 'inq' ? or([rest, compare(path, 'eq', null)]) : and([rest, compare(path, 'neq', null)])
  }

  #order(order: Order): Order {
    return order.join ? Object.freeze({ ...order, join: this.#join(order.join) }) : order
  }

  #join(join: Join): Join {
    const through = join.through && { through: Object.freeze({ ...join.through, ...this.#inner(join.through) }) }
    return Object.freeze({ ...join, ...through, ...this.#inner(join) })
  }

  #inner(holder: Join | Through | { readonly where?: Where }): { where?: Where } {
    return holder.where ? { where: this.#where(holder.where) } : {}
  }

  #paging({ limit, skip }: { readonly limit?: unknown; readonly skip?: unknown }): { limit?: Slot; skip?: Slot } {
    return { ...(limit !== undefined && { limit: this.#slot(limit) }), ...(skip !== undefined && { skip: this.#slot(skip) }) }
  }

  #slot(value: unknown): Slot {
    return slot(this.#next++, Array.isArray(value))
  }
}
