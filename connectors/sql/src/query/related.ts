import type { Join, Related, Where } from '@reloop/connector'
import { join, literal, sql, type Sql } from '../text/sql'
import type { Column } from '../statement/table'
import type { Scope } from './scope'

type Condition = (scope: Scope, where: Where) => Sql

/**
 * Writes a condition on related rows as EXISTS.
 *
 * @param scope the outer table
 * @param node what is asked of the rows on the other side
 * @param condition writes a condition; given, because conditions hold related ones and these hold conditions
 */
export function relatedCondition(scope: Scope, node: Related, condition: Condition): Sql {
  const { dialect } = scope.making
  const other = reach(scope, node.join, condition)
  const wanted = node.where && condition(other.scope, node.where)
  if (node.quantifier === 'every') return wanted ? sql`not ${exists(other, dialect.isNotTrue(wanted))}` : literal('1 = 1')
  const found = exists(other, wanted)
  return node.quantifier === 'some' ? found : sql`not ${found}`
}

/** The other side of a join, from within a statement. */
export interface Reached {
  readonly scope: Scope
  /** FROM with the table in between, if there is one. */
  readonly from: Sql
  /** That the rows belong together, and what is always true of the other side. */
  readonly belongs: readonly Sql[]
}

/**
 * Goes over a join.
 *
 * @param scope this side
 * @param over the join
 * @param condition writes its conditions
 */
export function reach(scope: Scope, over: Join, condition: Condition): Reached {
  const other = scope.inner(over.entity)
  const own = over.where ? [condition(other, over.where)] : []
  if (!over.through) return { scope: other, from: other.from, belongs: [...equal([scope, over.from], [other, over.to]), ...own] }
  const between = scope.inner(over.through.entity)
  const through = over.through.where ? [condition(between, over.through.where)] : []
  const linked = join(equal([between, over.through.to], [other, over.to]), ' and ')
  return {
    scope: other,
    from: sql`${between.from} join ${other.from} on ${linked}`,
    belongs: [...equal([scope, over.from], [between, over.through.from]), ...through, ...own],
  }
}

function exists({ from, belongs }: Reached, wanted: Sql | undefined): Sql {
  return sql`exists (select 1 from ${from} where ${join(wanted ? [...belongs, wanted] : belongs, ' and ')})`
}

function equal([left, from]: readonly [Scope, readonly string[]], [right, to]: readonly [Scope, readonly string[]]): readonly Sql[] {
  return from.map((name, index) => sql`${right.column(columnOf(right, to[index]!))} = ${left.column(columnOf(left, name))}`)
}

function columnOf(scope: Scope, name: string): Column {
  const { table } = scope
  const column = table.byName.get(name) ?? table.columns.find((candidate) => candidate.name === name)
  if (!column) throw new TypeError(`${table.entity.name} has no property "${name}", which a relation joins by.`)
  return column
}
