import { parameterize, type Aggregate, type Awaitable, type Call, type Entity, type Path, type Row, type Where } from '@reloop/connector'
import type { Runner } from '../run/runner'
import { Cache } from '../statement/cache'
import { statementOf, type Statement } from '../statement/frame'
import type { Plan } from '../statement/plan'
import { readerOf, type Field, type Reader } from '../statement/reader'
import type { Statements } from '../statement/statements'
import type { Table } from '../statement/table'
import { join, literal, sql, type Sql } from '../text/sql'
import { after } from '../run/awaitable'
import { asksOthers } from './beside'
import { columnAt, jsonPlace } from './column-at'
import { Scope, type Making } from './scope'
import { condition } from './where'

interface Aggregated {
  readonly statement: Statement
  readonly read: Reader
}

interface Output extends Field {
  readonly value: Sql
  readonly group?: Sql
}

type Wanted = Aggregate['values'][string]

/** Groups rows and counts, sums and compares their values; the statement of a shape is made once. */
export class Aggregating {
  readonly #runner: Runner
  readonly #statements: Statements
  readonly #known: Cache<Plan<Aggregated>>

  constructor(runner: Runner, statements: Statements, size: number) {
    this.#runner = runner
    this.#statements = statements
    this.#known = new Cache(size)
  }

  aggregate(entity: Entity, query: Aggregate, call: Call): Awaitable<readonly Row[]> {
    const table = this.#statements.tableOf(entity)
    const taken = parameterize(entity, query.where ? { where: query.where } : {})
    const values = [...(taken?.values ?? []), query.limit]
    const where = taken ? taken.shape.query.where : query.where
    const make = (making: Making) => aggregated(making, table, { ...query, where })
    const { statement, read } = this.#plan(
      taken && `${JSON.stringify([query.groupBy, query.values, query.limit !== undefined])}${taken.shape.key}`,
      make,
    ).for(values)
    return after(this.#runner.all(statement, values, { table, call }), read)
  }

  #plan(key: string | undefined, make: (making: Making) => Aggregated): Plan<Aggregated> {
    const known = key === undefined ? undefined : this.#known.get(key)
    if (known) return known
    const plan = this.#statements.plan(make)
    if (key !== undefined) this.#known.set(key, plan)
    return plan
  }
}

function aggregated(making: Making, table: Table, query: Omit<Aggregate, 'where'> & { readonly where: Where | undefined }): Aggregated {
  const plain = new Scope(making, table)
  const paths = [...(query.groupBy ?? []), ...Object.values(query.values).flatMap(({ path }) => (path ? [path] : []))]
  const looksInside = paths.some((path) => path.length > 1)
  const scope = looksInside || asksOthers(table, query.where) ? plain.qualified() : plain
  const groups = (query.groupBy ?? []).map((path) => groupOf(scope, path))
  const outputs = [...groups, ...Object.entries(query.values).map(([name, wanted]) => valueOf(scope, name, wanted))]
  const frame = making.frame()
  const builder = frame.knex
    .select(
      frame.raw(
        join(
          outputs.map(({ value }) => value),
          ', ',
        ),
      ),
    )
    .from(frame.raw(scope.from))
  if (query.where) void builder.whereRaw(frame.name(condition(scope, query.where)))
  if (groups.length)
    void builder.groupByRaw(
      frame.name(
        join(
          groups.map(({ group }) => group!),
          ', ',
        ),
      ),
    )
  if (query.limit !== undefined) void builder.limit(frame.number((values) => Number(values.at(-1))))
  return { statement: statementOf(making.dialect, frame.piece(builder)), read: readerOf(outputs) }
}

function groupOf(scope: Scope, path: Path): Output {
  const name = path.at(-1)!
  const column = columnAt(scope, path)
  const own = scope.column(column)
  if (isInside(scope, path)) {
    const value = scope.making.dialect.json.readable(jsonPlace(scope, path))
    return { name, value, group: value, decode: parsed }
  }
  return { name, value: scope.reading([column]), group: own, decode: column.codec.decode }
}

function valueOf(scope: Scope, name: string, { fn, path }: Wanted): Output {
  if (!path) return { name, value: sql`count(*)`, decode: Number }
  const { dialect } = scope.making
  const column = columnAt(scope, path)
  const inside = isInside(scope, path)
  const place = () => jsonPlace(scope, path)
  const own = inside ? dialect.json.readable(place()) : scope.column(column)
  switch (fn) {
    case 'count':
      return { name, value: sql`count(${own})`, decode: Number }
    case 'countDistinct':
      return { name, value: sql`count(distinct ${own})`, decode: Number }
    case 'sum':
    case 'avg': {
      const exact = !inside && (column.property.type === 'decimal' || column.property.type === 'bigint')
      return {
        name,
        value: sql`${literal(fn)}(${inside ? dialect.json.number(place()) : own})`,
        decode: exact && fn === 'sum' ? String : Number,
      }
    }
    default: {
      if (inside) return { name, value: dialect.json.extreme(place(), fn), decode: parsed }
      const value = dialect.extreme?.(own, fn, column.property) ?? sql`${literal(fn)}(${own})`
      return { name, value: dialect.readable?.(value, column.property) ?? value, decode: column.codec.decode }
    }
  }
}

function isInside(scope: Scope, path: Path): boolean {
  return path.length > 1 || ['list', 'object', 'any'].includes(columnAt(scope, path).property.type)
}

function parsed(raw: unknown): unknown {
  return typeof raw === 'string' ? JSON.parse(raw) : raw
}
