import { changeOperators, errors, type Change, type ChangeOperator } from '@reloop/connector'
import type { Scope } from '../query/scope'
import type { Column } from '../statement/table'
import type { Operand } from '../text/operand'
import { literal, sql, type Sql } from '../text/sql'

/** New value of a column. */
export interface Assignment {
  readonly column: Column
  readonly value: Sql
}

/** A change taken apart like a query: what it does, and with which values. */
export interface ChangeShape {
  readonly key: string
  readonly steps: readonly Step[]
  readonly values: readonly unknown[]
}

interface Step {
  readonly name: string
  readonly op: ChangeOperator | 'set'
}

const known: ReadonlySet<string> = new Set(['set', ...changeOperators])

/** Takes a change apart; undefined values change nothing. */
export function changeShape(change: Change): ChangeShape {
  const steps: Step[] = []
  const values: unknown[] = []
  let key = ''
  for (const op of Object.keys(change) as Step['op'][]) {
    const given = change[op]
    if (!given || !known.has(op)) continue
    for (const name of Object.keys(given)) {
      if (given[name] === undefined && op === 'set') continue
      steps.push({ name, op })
      values.push(given[name])
      key += `${op}${JSON.stringify(name)}`
    }
  }
  return { key, steps, values }
}

/**
 * Writes what a change makes of each column.
 *
 * @param scope the table
 * @param steps of the change
 * @param operandOf value of the n-th step
 * @throws CONNECTOR_NOT_SUPPORTED for an operator that does not fit the column's type
 */
export function assignments(scope: Scope, steps: readonly Step[], operandOf: (index: number) => Operand): readonly Assignment[] {
  return steps.flatMap(({ name, op }, index) => {
    const column = scope.table.byName.get(name)
    return column ? [{ column, value: changed(scope, column, { op, operand: operandOf(index) }) }] : []
  })
}

function changed(scope: Scope, column: Column, { op, operand }: { op: Step['op']; operand: Operand }): Sql {
  const { change } = scope.making.dialect
  const own = scope.column(column)
  const { encode } = column.codec
  const value = () => operand.bind(encode && ((given) => (given === null || given === undefined ? null : encode(given))))
  switch (op) {
    case 'set':
      return value()
    case 'unset':
      return literal('null')
    case 'inc':
    case 'mul':
      return change.number(own, op === 'inc' ? '+' : '*', { place: value(), property: column.property })
    case 'min':
    case 'max': {
      const [left, right] = [compared(scope, column, own), compared(scope, column, value())]
      return sql`case when ${own} is null or ${right} ${literal(op === 'min' ? '<' : '>')} ${left} then ${value()} else ${own} end`
    }
    default:
      if (column.property.type !== 'list' && column.property.type !== 'any') throw notList(scope, column, op)
      return change[op](
        scope.making.dialect.jsonColumn?.(own, column.property) ?? own,
        operand.is(Array.isArray) ? operand : operand.map((one) => [one]),
      )
  }
}

function compared(scope: Scope, { property }: Column, expression: Sql): Sql {
  return scope.making.dialect.comparable?.(expression, property) ?? expression
}

function notList(scope: Scope, { property }: Column, op: string): Error {
  const { name } = scope.making.dialect
  return errors.CONNECTOR_NOT_SUPPORTED({ connector: name, what: `${op} on ${scope.table.entity.name}.${property.name}, which is no list` })
}
