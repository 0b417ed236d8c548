import { compare, type Awaitable, type Call, type Entity, type Row } from '@reloop/connector'
import { after } from '../run/awaitable'
import type { On, Runner } from '../run/runner'
import { Cache } from '../statement/cache'
import { statementOf, type Statement } from '../statement/frame'
import { createReader, type Reader } from '../statement/reader'
import type { Statements } from '../statement/statements'
import type { Column, Table } from '../statement/table'
import { Scope } from '../query/scope'
import { literal, place, sql, type Sql } from '../text/sql'
import type { Inserting } from './insert'
import type { Modifying } from './modifying'

interface Upsert {
  readonly statement: Statement
  readonly read: Reader
}

/** What is put where. */
interface Given {
  readonly row: Row
  readonly set?: Row | undefined
}

type Done = { readonly row: Row; readonly created?: boolean }

/** Inserts a row or changes the one that is there, in one statement. */
export class Upserting {
  readonly #runner: Runner
  readonly #statements: Statements
  readonly #others: { readonly inserting: Inserting; readonly modifying: Modifying }
  readonly #known = new WeakMap<Table, Cache<Upsert>>()

  constructor(runner: Runner, statements: Statements, others: { readonly inserting: Inserting; readonly modifying: Modifying }) {
    this.#runner = runner
    this.#statements = statements
    this.#others = others
  }

  upsert(entity: Entity, given: Given, call: Call): Awaitable<Done> {
    const table = this.#statements.tableOf(entity)
    const on: On = { table, call }
    const hasIds =
      table.ids.length > 0 && table.ids.every(({ property }) => given.row[property.name] !== undefined && given.row[property.name] !== null)
    if (!hasIds) return after(this.#others.inserting.insert(table, [given.row], on), ([row]) => ({ row: row!, created: true }))
    if (this.#statements.dialect.created) return this.#run(table, given, on)
    return this.#runner.atomic(on, (within) =>
      after(this.#isThere(table, given.row, within), (there) =>
        after(this.#run(table, given, within), (done) => ({ ...done, created: !there })),
      ),
    )
  }

  #run(table: Table, { row, set }: Given, on: On): Awaitable<Done> {
    const inserted = stated(table, row)
    const changed = set ? stated(table, set) : inserted.filter(({ property }) => property.id === undefined)
    const { statement, read } = this.#statement(table, { inserted, changed, apart: set !== undefined })
    const values = [...inserted.map((column) => encoded(column, row)), ...(set ? changed.map((column) => encoded(column, set)) : [])]
    const { created } = this.#statements.dialect
    return after(this.#runner.run(statement, values, on), (ran) => {
      const raw = ran.rows[0]!
      return { row: read([raw])[0]!, ...(created && { created: isYes(raw[table.columns.length]) }) }
    })
  }

  #isThere(table: Table, row: Row, { call, session }: On): Awaitable<boolean> {
    const where = { kind: 'and' as const, items: table.ids.map(({ property }) => compare(property.name, 'eq', row[property.name])) }
    return after(this.#others.modifying.count({ entity: table.entity, where }, call, session), (count) => count > 0)
  }

  #statement(table: Table, parts: Parts): Upsert {
    let known = this.#known.get(table)
    if (!known) this.#known.set(table, (known = new Cache(64)))
    const key = JSON.stringify([parts.inserted.map(({ name }) => name), parts.apart && parts.changed.map(({ name }) => name)])
    let upsert = known.get(key)
    if (!upsert) known.set(key, (upsert = this.#make(table, parts)))
    return upsert
  }

  #make(table: Table, { inserted, changed, apart }: Parts): Upsert {
    const { dialect } = this.#statements
    const frame = this.#statements.frame()
    const scope = new Scope(this.#statements.making({ values: [], questions: [] }), table)
    const at = (index: number) => frame.raw(place((values) => values[index]))
    const name = (column: Column) => frame.name(literal(column.quoted))
    const row = Object.fromEntries(inserted.map((column, index) => [name(column), at(index)]))
    const merge = Object.fromEntries(
      changed.map((column, index) => [
        name(column),
        apart ? at(inserted.length + index) : frame.raw(dialect.proposed(literal(column.quoted))),
      ]),
    )
    // A change of nothing still locks the row and returns it.
    const [id] = table.ids
    const changes = changed.length ? merge : { [name(id!)]: frame.raw(dialect.proposed(literal(id!.quoted))) }
    const builder = frame.knex(frame.raw(table.sql)).insert(row).onConflict(table.ids.map(name)).merge(changes)
    const returned: Sql = dialect.created ? sql`${scope.reading(table.columns)}, ${dialect.created}` : scope.reading(table.columns)
    return { statement: statementOf(dialect, sql`${frame.piece(builder)} returning ${returned}`), read: createReader(table.columns) }
  }
}

interface Parts {
  readonly inserted: readonly Column[]
  readonly changed: readonly Column[]
  /** The change has values of its own. */
  readonly apart: boolean
}

function isYes(raw: unknown): boolean {
  return raw === true || raw === 1 || raw === 't'
}

function stated(table: Table, row: Row): readonly Column[] {
  return table.columns.filter(({ property }) => row[property.name] !== undefined)
}

function encoded({ codec, property }: Column, row: Row): unknown {
  const value = row[property.name]
  if (value === null || value === undefined) return null
  return codec.encode ? codec.encode(value) : value
}
