import { slot, type Where } from '@reloop/connector'
import { Scope, type Making } from '../query/scope'
import { asksOthers } from '../query/beside'
import { condition } from '../query/where'
import { statementOf, type Statement } from '../statement/frame'
import { createReader, type Reader } from '../statement/reader'
import type { Table } from '../statement/table'
import { join, literal, sql, type Sql } from '../text/sql'
import { assignments, type ChangeShape } from './change'

/** A statement that changes rows, and reads them back when it returns them. */
export interface Update {
  readonly statement: Statement
  readonly read?: Reader
}

/** What an update is made of: values of the change come behind those of the condition. */
export interface UpdateParts {
  readonly where?: Where
  readonly change: Pick<ChangeShape, 'steps'>
  readonly returning: boolean
  /** Number of values in the condition. */
  readonly offset: number
}

/**
 * Makes the statement of an update; undefined when it changes no column.
 *
 * @param making what it is made with
 * @param table which
 * @param parts condition and change
 */
export function update(making: Making, table: Table, parts: UpdateParts): Update | undefined {
  const opened = parts.change.steps.some(({ op }) => op === 'push' || op === 'pull' || op === 'addToSet')
  const scope = opened ? new Scope(making, table).qualified() : scopeOf(making, table, parts.where)
  const changes = assignments(scope, parts.change.steps, (index) => scope.operand(slot(parts.offset + index)))
  if (!changes.length) return undefined
  const list = join(
    changes.map(({ column, value }) => sql`${literal(column.quoted)} = ${value}`),
    ', ',
  )
  const returning = parts.returning ? sql` returning ${scope.reading(table.columns)}` : literal('')
  const statement = statementOf(making.dialect, sql`update ${scope.from} set ${list}${filter(scope, parts.where)}${returning}`)
  return parts.returning ? { statement, read: createReader(table.columns) } : { statement }
}

/** Makes the statement that removes rows. */
export function remove(making: Making, table: Table, where: Where | undefined): Statement {
  const scope = scopeOf(making, table, where)
  return statementOf(making.dialect, sql`delete from ${scope.from}${filter(scope, where)}`)
}

/** Makes the statement that counts rows. */
export function count(making: Making, table: Table, where: Where | undefined): Statement {
  const scope = scopeOf(making, table, where)
  return statementOf(making.dialect, sql`select count(*) from ${scope.from}${filter(scope, where)}`)
}

/** The number that a count gave, whatever the driver makes of it. */
export function counted(rows: readonly (readonly unknown[])[]): number {
  return Number(rows[0]?.[0] ?? 0)
}

function scopeOf(making: Making, table: Table, where: Where | undefined): Scope {
  const scope = new Scope(making, table)
  return asksOthers(table, where) ? scope.qualified() : scope
}

function filter(scope: Scope, where: Where | undefined): Sql {
  return where ? sql` where ${condition(scope, where)}` : literal('')
}
