import type { Order } from '@reloop/connector'
import { errors } from '../errors'
import type { PlainObject } from '../value/plain'
import { targetOf } from './path'
import { Walk } from './walk'
import { walkWhere } from './where'
import { needsTwoSteps } from './across'
import type { At } from './clause'

const token = /^\s*(\S+)(?:\s+(\S+))?\s*$/

/**
 * Walks an order: a text, several separated by commas, or an array of those.
 *
 * @param rows of each relation that it may go over: which count, where not all do
 */
export function walkOrder(order: unknown, at: At, rows?: ReadonlyMap<string, PlainObject>): readonly Order[] | undefined {
  if (order === undefined || order === null || order === '') return undefined
  const texts = typeof order === 'string' ? order.split(',') : order
  if (!Array.isArray(texts)) throw errors.ORDER_INVALID({ value: order })
  const orders: Order[] = []
  for (const text of texts.flatMap((item: unknown) => (typeof item === 'string' ? item.split(',') : [item]))) {
    if (typeof text !== 'string') throw errors.ORDER_INVALID({ value: text })
    if (text.trim() !== '') orders.push(walkToken(text, { at, rows }))
  }
  return orders.length ? Object.freeze(orders) : undefined
}

function walkToken(text: string, { at, rows }: { at: At; rows?: ReadonlyMap<string, PlainObject> }): Order {
  const found = token.exec(text)
  if (!found) throw errors.ORDER_INVALID({ value: text })
  const direction = (found[2] ?? 'ASC').toUpperCase()
  if (direction !== 'ASC' && direction !== 'DESC') throw errors.ORDER_DIRECTION_INVALID({ value: text })
  at.walk.node(0)
  const target = targetOf(at.model, found[1]!, { outside: at.walk.outside, place: 'order' })
  at.walk.key += `${found[1]} ${direction},`
  if (target.kind === 'place') return Object.freeze({ path: target.path, direction })
  const to = target.relation.multiple ? undefined : target.relation.joinTarget()
  if (!to || !target.rest) throw errors.QUERY_PROPERTY_UNKNOWN({ model: at.model.name, property: found[1]!, where: 'order' })
  const inner = targetOf(to.model, target.rest, { outside: at.walk.outside, place: 'order' })
  if (inner.kind !== 'place') throw errors.QUERY_PROPERTY_UNKNOWN({ model: at.model.name, property: found[1]!, where: 'order' })
  if (at.walk.build && !at.walk.across && needsTwoSteps(at.model, target.relation))
    throw errors.ORDER_ACROSS_UNSUPPORTED({ order: text, connector: at.model.connector.name })
  at.walk.direct = true
  const among = at.walk.build ? rows?.get(target.relation.name) : undefined
  return Object.freeze({
    path: inner.path,
    direction,
    join: to.join({
      where:
        among && walkWhere(among, { model: to.model, walk: new Walk(to.model, { build: true, literal: true, trusted: true }), depth: 1 }),
    }),
  })
}
