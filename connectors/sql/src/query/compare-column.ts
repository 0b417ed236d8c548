import { errors, type Compare, type EntityProperty, type Near, type Operator, type Pattern } from '@reloop/connector'
import type { Column } from '../statement/table'
import type { Operand } from '../text/operand'
import { sql, type Sql } from '../text/sql'
import { nearCondition } from './near'
import { isMissing, listOperand, pairOperand, textOperand, textPattern } from './operands'
import type { Scope } from './scope'

const positive: Partial<Record<Operator, Operator>> = { neq: 'eq', nin: 'inq', nlike: 'like', nilike: 'ilike' }

/**
 * Writes a comparison of a column of a plain type.
 *
 * @param scope the column's table
 * @param column the column
 * @param node the comparison
 */
export function compareColumn(scope: Scope, column: Column, node: Compare): Sql {
  const { dialect } = scope.making
  const op = positive[node.op]
  const expression = scope.column(column)
  if (node.op === 'exists') return node.value === false ? sql`${expression} is null` : sql`${expression} is not null`
  if ((node.op === 'eq' || node.op === 'neq') && scope.operand(node.value).is(isMissing)) {
    return node.op === 'eq' ? sql`${expression} is null` : sql`${expression} is not null`
  }
  if (op) return dialect.isNotTrue(compareColumn(scope, column, { ...node, op }))
  return holds({ scope, column, expression, node })
}

interface Comparison {
  readonly scope: Scope
  readonly column: Column
  readonly expression: Sql
  readonly node: Compare
}

function holds(comparison: Comparison): Sql {
  const { scope, column, expression, node } = comparison
  const { dialect } = scope.making
  const { property } = column
  const value = (operand: Operand) => encoded(scope, column, operand)
  const left = rewrite(comparison, expression)
  switch (node.op) {
    case 'eq':
      if (property.type === 'geopoint' && dialect.geo.equals) return dialect.geo.equals(expression, scope.operand(node.value))
      return sql`${left} = ${value(scope.operand(node.value))}`
    case 'gt':
      return sql`${left} > ${value(scope.operand(node.value))}`
    case 'gte':
      return sql`${left} >= ${value(scope.operand(node.value))}`
    case 'lt':
      return sql`${left} < ${value(scope.operand(node.value))}`
    case 'lte':
      return sql`${left} <= ${value(scope.operand(node.value))}`
    case 'between': {
      const [low, high] = pairOperand(scope, node)
      return sql`${left} between ${value(low)} and ${value(high)}`
    }
    case 'inq':
      return list(comparison)
    case 'near':
      return nearCondition(scope, expression, node.value as Near)
    default:
      return text(comparison)
  }
}

/** A value in the form that its column is compared in. */
export function compareValue(scope: Scope, column: Column, value: unknown): Sql {
  return encoded(scope, column, scope.operand(value))
}

function encoded(scope: Scope, column: Column, operand: Operand): Sql {
  const { encode } = column.codec
  const place = operand.bind(encode && ((given) => (isMissing(given) ? null : encode(given))))
  return scope.making.dialect.comparable?.(place, column.property) ?? place
}

function rewrite({ scope, column }: Comparison, expression: Sql): Sql {
  return scope.making.dialect.comparable?.(expression, column.property) ?? expression
}

/** Null in a list matches null; a list taken apart by `parameterize` holds none. */
function list({ scope, column, expression, node }: Comparison): Sql {
  const { dialect } = scope.making
  const operand = listOperand(scope, node)
  const found = dialect.in(expression, operand, column)
  return operand.is(holdsMissing) ? sql`(${found} or ${expression} is null)` : found
}

function holdsMissing(value: unknown): boolean {
  return Array.isArray(value) && (value.includes(null) || value.includes(undefined))
}

const texts = new Set<EntityProperty['type']>(['string', 'text', 'dateOnly'])

/** Operators on text never hold for other types. */
function text({ scope, column, expression, node }: Comparison): Sql {
  const { dialect } = scope.making
  const subject = texts.has(column.property.type) ? expression : undefined
  switch (node.op) {
    case 'regexp': {
      const { source, flags } = node.value as Pattern
      return subject ? dialect.regexp(subject, textOperand(scope, { ...node, value: source }), flags) : sql`1 = 0`
    }
    case 'like':
    case 'ilike':
      return subject ? dialect.like(subject, textOperand(scope, node), node.op === 'ilike') : sql`1 = 0`
    case 'startsWith':
    case 'endsWith':
    case 'contains':
      return subject ? dialect.like(subject, textPattern(scope, node), false) : sql`1 = 0`
    case 'containsAny':
    case 'containedBy':
      return sql`1 = 0`
    default:
      throw errors.OPERATOR_INVALID({ property: node.path.join('.'), operator: node.op, problem: 'it is not known' })
  }
}
