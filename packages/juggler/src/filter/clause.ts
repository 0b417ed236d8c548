import type { Operator, Where } from '@reloop/connector'
import { errors } from '../errors'
import type { ModelRuntime } from '../model/runtime'
import { GeoPoint } from '../value/geo-point'
import { isPlainObject, type PlainObject } from '../value/plain'
import { coerceOperand, one, type Condition } from './coerce'
import { besideOperators, firstOperator, operatorNames } from './operators'
import type { Target } from './path'
import type { Walk } from './walk'

/** Where the walk stands: whose properties are named, and how deep. */
export interface At {
  readonly model: ModelRuntime
  readonly walk: Walk
  readonly depth: number
  /** The conditions are ours, also in a filter from outside. */
  readonly inside?: boolean
}

/** A place that a condition is about. */
export interface Clause {
  readonly property: string
  readonly place: Extract<Target, { kind: 'place' }>
  readonly at: At
}

/** Conditions that all hold; undefined when there is none. */
export function both(items: readonly Where[]): Where | undefined {
  if (items.length < 2) return items[0]
  return Object.freeze({ kind: 'and', items: Object.freeze(items) })
}

/** A condition that no row meets. */
export function nothing(model: ModelRuntime): Where {
  return Object.freeze({ kind: 'compare', path: [model.compiled.properties[0]?.name ?? 'id'], op: 'inq', value: Object.freeze([]) })
}

/** Walks what is asked of one place: a value, or operators. */
export function walkClause(clause: Clause, value: unknown): Where | undefined {
  const { place } = clause
  if (!place.known) return never(clause.at)
  const condition = conditionOf(clause, value)
  if (value instanceof RegExp) return compare(clause, 'regexp', coerceOperand('regexp', value, condition))
  if (!isPlainObject(value) || value instanceof GeoPoint) return compare(clause, 'eq', equal(value, condition))
  if (place.codec?.kind === 'geopoint' && 'lat' in value && 'lng' in value) return compare(clause, 'eq', one(value, condition))
  const items: Where[] = []
  for (const name of operatorsIn(value, condition)) {
    const item = walkOperator(clause, name, value)
    if (item) items.push(item)
  }
  return both(items)
}

function conditionOf({ property, place, at }: Clause, beside: unknown): Condition {
  return { property, codec: place.codec, flags: at.model.flags, walk: at.walk, beside: beside as PlainObject }
}

function never(at: At): Where | undefined {
  at.walk.node(at.depth)
  at.walk.key += 'never;'
  return at.walk.build ? nothing(at.model) : undefined
}

/** The value of a plain equality: a list only where the property is one. */
function equal(value: unknown, condition: Condition): unknown {
  const kind = condition.codec?.kind
  if (Array.isArray(value) && kind !== 'list' && kind !== 'object' && kind !== 'any' && condition.flags.refuseBadValues) {
    throw errors.CLAUSE_INVALID({ property: condition.property, value, problem: 'Expected one value' })
  }
  return one(value, condition)
}

/** The operators of a condition that count, checked. */
function operatorsIn(value: PlainObject, condition: Condition): readonly string[] {
  const names = Object.keys(value).filter((name) => value[name] !== undefined)
  const { property } = condition
  for (const name of names) {
    if (operatorNames.has(name) || besideOperators.has(name)) continue
    throw errors.OPERATOR_NOT_ALLOWED_IN_QUERY({ property, operator: name }, { details: { operators: [name] } })
  }
  const found = names.filter((name) => operatorNames.has(name))
  if (found.length === 0 && Object.keys(value).length === names.length) {
    throw errors.CLAUSE_INVALID({ property, value, problem: 'Expected a value or an operator' })
  }
  if (condition.flags.combineOperators || found.length < 2) return found
  const first = firstOperator.find((name) => found.includes(name))
  return first ? [first] : found
}

function walkOperator(clause: Clause, name: string, operators: PlainObject): Where | undefined {
  const op = operatorNames.get(name)!
  const value = operators[name]
  if (op === 'not') return walkNegated(clause, value)
  const condition = conditionOf(clause, operators)
  if (value instanceof RegExp && /like$/.test(op)) {
    const pattern = compare(clause, 'regexp', coerceOperand('regexp', value, condition))
    return op.startsWith('n') ? pattern && Object.freeze({ kind: 'not', item: pattern }) : pattern
  }
  return compare(clause, op, coerceOperand(op, value, condition))
}

function walkNegated(clause: Clause, value: unknown): Where | undefined {
  const { at } = clause
  at.walk.node(at.depth + 1)
  at.walk.key += 'not('
  const item = walkClause({ ...clause, at: { ...at, depth: at.depth + 1 } }, value)
  at.walk.key += ')'
  return item && Object.freeze({ kind: 'not', item })
}

/** Operators whose operand decides the statement itself, not only its values. */
const shapeless: ReadonlySet<Operator> = new Set<Operator>(['regexp', 'near'])

function compare(clause: Clause, op: Operator, value: unknown): Where | undefined {
  if ((op === 'inq' || op === 'nin') && (value as unknown[]).includes(null)) return withNull(clause, op, value as unknown[])
  const { place } = clause
  const { walk, depth } = clause.at
  walk.node(depth)
  const constant = value === null || (typeof value === 'boolean' && op === 'exists')
  if (shapeless.has(op)) walk.direct = true
  walk.key += `${place.path.join('.')}:${op}${constant ? `=${String(value)}` : Array.isArray(value) ? '[]' : ''};`
  const operand = constant || shapeless.has(op) ? value : walk.slot(value)
  return walk.build ? Object.freeze({ kind: 'compare', path: place.path, op, value: operand }) : undefined
}

/** A list with null in it: the rest of the list, and null. */
function withNull(clause: Clause, op: 'inq' | 'nin', list: readonly unknown[]): Where | undefined {
  clause.at.walk.key += 'null+'
  const others = list.filter((value) => value !== null)
  const rest = compare(clause, op, others)
  const empty = compare(clause, op === 'inq' ? 'eq' : 'neq', null)
  if (!rest || !empty) return undefined
  return Object.freeze({ kind: op === 'inq' ? 'or' : 'and', items: Object.freeze([rest, empty]) })
}
