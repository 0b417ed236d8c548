import {
  and,
  compare,
  compileMatch,
  compileOrder,
  defineEntity,
  not,
  or,
  type Entity,
  type Operator,
  type Order,
  type Row,
  type RowOrder,
  type Where,
} from '@reloop/connector'
import { errors } from '../errors'
import { isPlainObject } from '../value/plain'
import type { AggregateColumn } from './aggregate'

const operators: ReadonlySet<string> = new Set<Operator>(['eq', 'neq', 'gt', 'gte', 'lt', 'lte', 'between', 'inq', 'nin'])
const deepest = 12

/** The columns of an aggregate as an entity, so that its groups can be compared like rows. */
function entityOf(columns: readonly AggregateColumn[]): Entity {
  return defineEntity({ name: 'aggregate', properties: Object.fromEntries(columns.map(({ name, type }) => [name, type])) })
}

/** A test of groups by the names of their columns; undefined for none. */
export function havingTest(having: unknown, columns: readonly AggregateColumn[]): ((row: Row) => boolean) | undefined {
  if (having === undefined || having === null) return undefined
  const entity = entityOf(columns)
  return compileMatch(entity, whereOf(having, entity, 1))
}

function whereOf(given: unknown, entity: Entity, depth: number): Where {
  if (!isPlainObject(given) || depth > deepest) throw invalid(given, 'Expected conditions on the columns')
  return and(Object.entries(given).map(([key, value]) => clause({ key, value }, entity, depth)))
}

function clause({ key, value }: { key: string; value: unknown }, entity: Entity, depth: number): Where {
  if (!entity.byName.has(key)) {
    if ((key === 'and' || key === 'or') && Array.isArray(value)) {
      const items = value.map((item) => whereOf(item, entity, depth + 1))
      return key === 'and' ? and(items) : or(items)
    }
    if (key === 'not') return not(whereOf(value, entity, depth + 1))
    throw invalid(key, 'it is no column of the result')
  }
  if (!isPlainObject(value)) return compare(key, 'eq', scalar(value))
  return and(
    Object.entries(value).map(([op, operand]) => {
      if (!operators.has(op)) throw invalid(op, `Expected one of ${[...operators].join(', ')}`)
      return compare(key, op as Operator, operandOf(op, operand))
    }),
  )
}

function operandOf(op: string, operand: unknown): unknown {
  if (op !== 'between' && op !== 'inq' && op !== 'nin') return scalar(operand)
  if (!Array.isArray(operand) || (op === 'between' && operand.length !== 2)) throw invalid(operand, 'Expected a list')
  return operand.map(scalar)
}

function scalar(value: unknown): unknown {
  if (value === undefined) return null
  if (typeof value === 'object' && value !== null && !(value instanceof Date)) throw invalid(value, 'Expected a value')
  return value
}

function invalid(value: unknown, problem: string) {
  return errors.AGGREGATE_INVALID({ part: 'having', value, problem })
}

/** An order of groups by the names of their columns; undefined for none. */
export function groupOrder(order: unknown, columns: readonly AggregateColumn[]): RowOrder | undefined {
  if (order === undefined || order === null || order === '') return undefined
  const texts = (Array.isArray(order) ? (order as unknown[]) : [order]).flatMap((text) =>
    typeof text === 'string' ? text.split(',') : [text],
  )
  const entity = entityOf(columns)
  return compileOrder(
    entity,
    texts.map((text: unknown): Order => {
      const [, name, direction = 'ASC'] = (typeof text === 'string' && /^\s*(\w+)(?:\s+(asc|desc))?\s*$/i.exec(text)) || []
      if (name === undefined || !entity.byName.has(name)) throw errors.ORDER_INVALID({ value: text })
      return { path: [name], direction: direction.toUpperCase() as 'ASC' | 'DESC' }
    }),
  )
}
