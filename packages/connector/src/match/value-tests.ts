import { distanceBetween, earthPoint } from '../geo'
import type { PropertyType } from '../entity'
import type { Compare } from '../query/ast'
import { compareDecimal, compareLike } from './compare-values'
import { compileLike } from './like-matcher'
import { operandOf } from './operand'
import { compilePattern } from './pattern'
import { sameValue } from './same-value'

/** Asked for a value that is neither null nor undefined. */
export type ValueTest = (value: unknown) => boolean

/** What a test needs beside the operand. */
export interface TestContext {
  readonly type: PropertyType
  readonly patternTime?: number
}

type Make = (value: unknown, node: Compare, context: TestContext) => ValueTest

const never: ValueTest = () => false

/**
 * Tests of operators on a value that is there. Those with an opposite (`neq`, `nin`, `nlike`, `nilike`) are made from it, and `eq` of
 * null and `exists` from whether there is a value, by `match.ts`.
 */
export const valueTests: Readonly<Partial<Record<Compare['op'], Make>>> = Object.freeze({
  eq: (value, _, { type }) => equalTo(value, type),
  gt: ordered((order) => order > 0),
  gte: ordered((order) => order >= 0),
  lt: ordered((order) => order < 0),
  lte: ordered((order) => order <= 0),
  between: (value, node, { type }) => {
    const [low, high] = operandOf(node).pair(value)
    const compare = orderOf(type)
    return anyElement((item) => compare(item, low) >= 0 && compare(item, high) <= 0)
  },
  inq: (value, node, { type }) => oneOf(operandOf(node).list(value), type),
  like: (value, node) => onText(compileLike(operandOf(node).text(value), false)),
  ilike: (value, node) => onText(compileLike(operandOf(node).text(value), true)),
  regexp: (value, node, { patternTime }) => onText(compilePattern(operandOf(node).pattern(value), patternTime)),
  startsWith: (value, node) => {
    const text = operandOf(node).text(value)
    return onText((item) => item.startsWith(text))
  },
  endsWith: (value, node) => {
    const text = operandOf(node).text(value)
    return onText((item) => item.endsWith(text))
  },
  contains: (value) => contains(value),
  containsAny: (value, node) => {
    const wanted = operandOf(node).list(value)
    return onList((list) => wanted.some((one) => holds(list, one)))
  },
  containedBy: (value, node) => {
    const allowed = operandOf(node).list(value)
    return onList((list) => list.every((one) => holds(allowed, one)))
  },
  near: (value, node) => {
    const { maxDistance = Infinity, minDistance = 0, ...centre } = operandOf(node).near(value)
    return (item) => {
      const point = earthPoint(item)
      if (!point) return false
      const distance = distanceBetween(point, centre)
      return distance <= maxDistance && distance >= minDistance
    }
  },
})

function equalTo(value: unknown, type: PropertyType): ValueTest {
  const same = equality(type)
  if (!Array.isArray(value)) return anyElement((item) => same(item, value))
  return (item) => sameValue(item, value) || (Array.isArray(item) && item.some((element) => sameValue(element, value)))
}

function equality(type: PropertyType): (a: unknown, b: unknown) => boolean {
  return isExact(type) ? (a, b) => compareDecimal(a, b) === 0 : sameValue
}

function oneOf(list: readonly unknown[], type: PropertyType): ValueTest {
  const same = equality(type)
  const scalars = same === sameValue && list.every((one) => typeof one === 'string' || typeof one === 'number' || typeof one === 'boolean')
  const known = new Set(list)
  return scalars
    ? anyElement((item) => known.has(item))
    : anyElement((item) => list.some((one) => one !== null && one !== undefined && same(item, one)))
}

function ordered(holds: (order: number) => boolean): Make {
  return (value, _, { type }) => {
    if (value === null || value === undefined) return never
    const compare = orderOf(type)
    return anyElement((item) => holds(compare(item, value)))
  }
}

function orderOf(type: PropertyType): (a: unknown, b: unknown) => number {
  return isExact(type) ? compareDecimal : compareLike
}

/** Numbers that may be texts, because a JavaScript number would round them. */
function isExact(type: PropertyType): boolean {
  return type === 'bigint' || type === 'decimal'
}

function contains(value: unknown): ValueTest {
  if (Array.isArray(value)) return onList((list) => value.every((one) => holds(list, one)))
  return (item) =>
    Array.isArray(item) ? holds(item, value) : typeof item === 'string' && typeof value === 'string' && item.includes(value)
}

function holds(list: readonly unknown[], value: unknown): boolean {
  return list.some((item) => sameValue(item, value))
}

function onText(test: (text: string) => boolean): ValueTest {
  return anyElement((item) => typeof item === 'string' && test(item))
}

function onList(test: (list: readonly unknown[]) => boolean): ValueTest {
  return (item) => Array.isArray(item) && test(item)
}

/** On a list a test of single values holds when it holds for any element. */
function anyElement(test: ValueTest): ValueTest {
  return (item) => (Array.isArray(item) ? item.some((element) => element !== null && element !== undefined && test(element)) : test(item))
}
