import type { Compare, Near, Pattern } from '@reloop/connector'
import type { JsonPlace, Ordering } from '../dialect'
import type { Column } from '../statement/table'
import { sql, type Sql } from '../text/sql'
import { jsonPlace } from './column-at'
import { nearPlace } from './near'
import { invalid, isMissing, listOperand, pairOperand, textOperand, textPattern } from './operands'
import type { Scope } from './scope'

const orderings: Partial<Record<Compare['op'], Ordering>> = { gt: '>', gte: '>=', lt: '<', lte: '<=' }
const yes = sql`1 = 1`

/**
 * Writes a comparison of a value that is JSON: a list, an object, a property of any type, or a place inside one.
 *
 * @param scope the column's table
 * @param column the column
 * @param node the comparison; its path may go inside
 */
export function compareJson(scope: Scope, column: Column, node: Compare): Sql {
  const { isNotTrue, json } = scope.making.dialect
  const place = jsonPlace(scope, node.path)
  const present = place.parts.length ? json.some(place, false, () => yes) : sql`${place.column} is not null`
  switch (node.op) {
    case 'exists':
      return node.value === false ? isNotTrue(present) : present
    case 'eq':
      return scope.operand(node.value).is(isMissing) ? isNotTrue(present) : holds(scope, place, node)
    case 'neq':
      return scope.operand(node.value).is(isMissing) ? present : isNotTrue(holds(scope, place, { ...node, op: 'eq' }))
    case 'nin':
      return isNotTrue(holds(scope, place, { ...node, op: 'inq' }))
    case 'nlike':
      return isNotTrue(holds(scope, place, { ...node, op: 'like' }))
    case 'nilike':
      return isNotTrue(holds(scope, place, { ...node, op: 'ilike' }))
    default:
      return holds(scope, place, node)
  }
}

function holds(scope: Scope, place: JsonPlace, node: Compare): Sql {
  const { json } = scope.making.dialect
  const ordering = orderings[node.op]
  if (ordering) return json.some(place, true, (item) => json.ordered(item, ordering, scope.operand(node.value)))
  switch (node.op) {
    case 'eq':
      return equal(scope, place, node)
    case 'between': {
      const [low, high] = pairOperand(scope, node)
      return json.some(place, true, (item) => sql`(${json.ordered(item, '>=', low)} and ${json.ordered(item, '<=', high)})`)
    }
    case 'inq':
      return json.some(place, true, (item) => json.in(item, listOperand(scope, node)))
    case 'contains':
      return contains(scope, place, node)
    case 'containsAny':
    case 'containedBy':
      return json.some(place, false, (item) => json.list(item, node.op === 'containsAny' ? 'any' : 'only', listOperand(scope, node)))
    case 'near':
      return nearPlace(scope, place, node.value as Near)
    default:
      return json.some(place, true, (item) => text(scope, json.text(item), node))
  }
}

function equal(scope: Scope, place: JsonPlace, node: Compare): Sql {
  const { json } = scope.making.dialect
  const operand = scope.operand(node.value)
  const element = json.some(place, true, (item) => json.equals(item, operand))
  if (!operand.is(Array.isArray)) return element
  return sql`(${json.some(place, false, (item) => json.equals(item, operand))} or ${element})`
}

/** Of a list: that it holds the values; of a text: that the other text is part of it. */
function contains(scope: Scope, place: JsonPlace, node: Compare): Sql {
  const { dialect } = scope.making
  const { json } = dialect
  const operand = scope.operand(node.value)
  const asList = operand.is(Array.isArray) ? operand : operand.map((value) => [value])
  const held = json.some(place, false, (item) => json.list(item, 'all', asList))
  if (place.list && !place.parts.length) return held
  if (!operand.is((value) => typeof value === 'string')) return held
  return sql`(${held} or ${json.some(place, false, (item) => dialect.like(json.text(item), textPattern(scope, node), false))})`
}

function text(scope: Scope, subject: Sql, node: Compare): Sql {
  const { dialect } = scope.making
  switch (node.op) {
    case 'regexp': {
      const { source, flags } = node.value as Pattern
      return dialect.regexp(subject, textOperand(scope, { ...node, value: source }), flags)
    }
    case 'like':
    case 'ilike':
      return dialect.like(subject, textOperand(scope, node), node.op === 'ilike')
    case 'startsWith':
    case 'endsWith':
      return dialect.like(subject, textPattern(scope, node), false)
    default:
      throw invalid(node, 'it is not known')
  }
}
