import type { Join, Order, Query, Slot, Through, Where } from './ast'

// A symbol, because a value from outside may well be `{ slot: 0 }`, but never has a symbol as a key.
const mark = Symbol.for('@reloop/slot')

const known: Slot[] = []
const knownLists: Slot[] = []

/**
 * A place for a value that is bound later.
 *
 * @param index into the list of values
 * @param list whether the value is a list
 * @example compare('price', 'lt', slot(0))
 */
export function slot(index: number, list = false): Slot {
  return ((list ? knownLists : known)[index] ??= Object.freeze({ [mark]: true, slot: index, ...(list && { list: true as const }) }))
}

/**
 * Whether a value is a slot that `slot` made; an object that only looks like one is not.
 *
 * @example isSlot(slot(0)) // true
 */
export function isSlot(value: unknown): value is Slot {
  return typeof value === 'object' && value !== null && (value as Record<symbol, unknown>)[mark] === true
}

/**
 * The value of an operand: that of the slot when it is one, else itself. Points and patterns hold their slots inside.
 *
 * @param value operand of a comparison, a limit, a part of `after`
 * @param values values of the slots
 * @example bindValue(slot(0), [10]) // 10
 */
export function bindValue(value: unknown, values: readonly unknown[]): unknown {
  if (isSlot(value)) return values[value.slot]
  if (!holdsSlots(value)) return value
  return Object.freeze(Object.fromEntries(Object.entries(value).map(([key, part]) => [key, isSlot(part) ? values[part.slot] : part])))
}

function holdsSlots(value: unknown): value is object {
  return (
    typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype && Object.values(value).some(isSlot)
  )
}

/**
 * Puts values into the slots of a query.
 *
 * @param query query of a shape
 * @param values one value for each slot
 * @returns a query without slots
 * @example bindQuery(shape.query, values)
 */
export function bindQuery(query: Query, values: readonly unknown[]): Query {
  const bound = (value: number | Slot | undefined) => bindValue(value, values) as number | undefined
  const { where, order, limit, skip, after, perParent } = query
  return Object.freeze({
    ...query,
    ...(where && { where: bindWhere(where, values) }),
    ...(order && { order: Object.freeze(order.map((item) => bindOrder(item, values))) }),
    ...(limit !== undefined && { limit: bound(limit) }),
    ...(skip !== undefined && { skip: bound(skip) }),
    ...(after && { after: Object.freeze(after.map((value) => bindValue(value, values))) }),
    ...(perParent && { perParent: Object.freeze({ ...perParent, limit: bound(perParent.limit), skip: bound(perParent.skip) }) }),
  })
}

/**
 * Puts values into the slots of a condition.
 *
 * @param where condition of a shape
 * @param values one value for each slot
 * @returns the condition without slots
 * @example bindWhere(compare('price', 'lt', slot(0)), [10])
 */
export function bindWhere(where: Where, values: readonly unknown[]): Where {
  switch (where.kind) {
    case 'compare':
      return Object.freeze({ ...where, value: bindValue(where.value, values) })
    case 'and':
    case 'or':
      return Object.freeze({ kind: where.kind, items: Object.freeze(where.items.map((item) => bindWhere(item, values))) })
    case 'not':
      return Object.freeze({ kind: 'not', item: bindWhere(where.item, values) })
    case 'related':
      return Object.freeze({ ...where, join: bindJoin(where.join, values), ...inner(where, values) })
    case 'native':
      return where
  }
}

function bindOrder(order: Order, values: readonly unknown[]): Order {
  return order.join ? Object.freeze({ ...order, join: bindJoin(order.join, values) }) : order
}

/** Puts values into the conditions that a join carries. */
export function bindJoin(join: Join, values: readonly unknown[]): Join {
  const through = join.through && { through: Object.freeze({ ...join.through, ...inner(join.through, values) }) }
  return Object.freeze({ ...join, ...through, ...inner(join, values) })
}

function inner(holder: Join | Through | { readonly where?: Where }, values: readonly unknown[]): { where?: Where } {
  return holder.where ? { where: bindWhere(holder.where, values) } : {}
}
