import type { Row } from '@reloop/connector'
import type { Dialect } from '../dialect'
import { statementOf, type Statement } from '../statement/frame'
import type { Column, Table } from '../statement/table'
import type { RawRow } from '../run/driver'
import { join, literal, place, sql, type Sql } from '../text/sql'

/** How rows that state the same properties are inserted. */
export class InsertForm {
  readonly #dialect: Dialect
  readonly #table: Table
  readonly #given: readonly Column[]
  /** What only the database knows after the insert. */
  readonly #made: readonly Column[]
  readonly #generate: readonly Column[]
  readonly #counts = new Map<number, Statement>()
  readonly #batch: { readonly statement: Statement; readonly write: (rows: readonly (readonly unknown[])[]) => unknown } | undefined
  /** Most rows in one statement. */
  readonly most: number
  readonly one: Statement

  constructor(making: { readonly dialect: Dialect }, table: Table, stated: readonly Column[]) {
    this.#dialect = making.dialect
    this.#table = table
    this.#generate = table.columns.filter((column) => !stated.includes(column) && isMadeHere(making.dialect, column))
    this.#given = [...stated, ...this.#generate]
    this.#made = table.columns.filter((column) => !this.#given.includes(column))
    this.most = this.#given.length === 0 ? 1 : Math.max(1, Math.min(1000, Math.floor(making.dialect.places / this.#given.length)))
    this.one = this.#statement(1)
    this.#batch = this.#batched()
  }

  /** The row with the values that are made here and not in the database. */
  complete(row: Row): Row {
    if (!this.#generate.length) return row
    return { ...row, ...Object.fromEntries(this.#generate.map(({ property }) => [property.name, this.#dialect.generate!(property)])) }
  }

  /** Statement for a number of rows; texts of full batches are used again and again, others are few. */
  many(count: number): Statement {
    if (this.#batch) return this.#batch.statement
    let statement = this.#counts.get(count)
    if (!statement) {
      statement = this.#statement(count)
      if (count === this.most || this.#counts.size < 16) this.#counts.set(count, statement)
    }
    return statement
  }

  /** Values of one row, in the order of the places. */
  values(row: Row): readonly unknown[] {
    return this.#given.map((column) => encoded(column, row[column.property.name]))
  }

  parameters(rows: readonly Row[]): readonly unknown[] {
    if (this.#batch) return [this.#batch.write(rows.map((row) => this.values(row)))]
    const parameters: unknown[] = []
    for (const row of rows) for (const column of this.#given) parameters.push(encoded(column, row[column.property.name]))
    return parameters
  }

  /** The row with what the database made. */
  merge(row: Row, returned: RawRow | undefined, lastId: number | bigint | undefined): Row {
    if (!this.#made.length) return row
    const whole: Record<string, unknown> = { ...row }
    for (let index = 0; index < this.#made.length; index++) {
      const { property, codec } = this.#made[index]!
      const raw = returned ? returned[index] : lastId
      whole[property.name] = raw === null || raw === undefined ? null : codec.decode ? codec.decode(raw) : raw
    }
    return whole
  }

  /** Whether the id is the only thing made, and the database tells it by itself. */
  get #tellsId(): boolean {
    const [only, second] = this.#made
    return this.#dialect.lastId && second === undefined && only?.property.generated === true && this.#table.ids.length === 1
  }

  #statement(count: number): Statement {
    const returning = count === 1 && this.#tellsId ? literal('') : this.#returning()
    const target = this.#table.sql
    if (!this.#given.length) return statementOf(this.#dialect, sql`insert into ${target} default values${returning}`)
    const columns = join(
      this.#given.map((column) => literal(column.quoted)),
      ', ',
    )
    const tuples = Array.from({ length: count }, (_, row) => this.#tuple(row * this.#given.length))
    return statementOf(this.#dialect, sql`insert into ${target} (${columns}) values ${join(tuples, ', ')}${returning}`)
  }

  #batched() {
    const { batch } = this.#dialect
    if (!batch || !this.#given.length) return undefined
    const columns = join(
      this.#given.map((column) => literal(column.quoted)),
      ', ',
    )
    const source = batch.source(
      this.#table.sql,
      place((values) => values[0]),
    )
    const piece = sql`insert into ${this.#table.sql} (${columns}) select ${columns} from ${source}${this.#returning()}`
    return { statement: statementOf(this.#dialect, piece), write: batch.writer(this.#given) }
  }

  #returning(): Sql {
    if (!this.#made.length) return literal('')
    return sql` returning ${join(
      this.#made.map((column) => readable(this.#dialect, column)),
      ', ',
    )}`
  }

  #tuple(start: number): Sql {
    const places = this.#given.map((_, index) => place((values) => values[start + index]))
    return sql`(${join(places, ', ')})`
  }
}

function readable(dialect: Dialect, { quoted, property }: Column): Sql {
  return dialect.readable?.(literal(quoted), property) ?? literal(quoted)
}

function encoded({ codec }: Column, value: unknown): unknown {
  if (value === null || value === undefined) return null
  return codec.encode ? codec.encode(value) : value
}

function isMadeHere(dialect: Dialect, { property }: Column): boolean {
  return property.generated && dialect.generate?.(property) !== undefined
}

/** Insert forms of all tables, made when a combination of properties is first stated. */
export class InsertForms {
  readonly #making: { readonly dialect: Dialect }
  readonly #forms = new WeakMap<Table, Map<string | number, InsertForm>>()

  constructor(making: { readonly dialect: Dialect }) {
    this.#making = making
  }

  for(table: Table, row: Row): InsertForm {
    let forms = this.#forms.get(table)
    if (!forms) this.#forms.set(table, (forms = new Map<string | number, InsertForm>()))
    const key = signature(table, row)
    let form = forms.get(key)
    if (!form) {
      if (forms.size >= 256) forms.clear()
      forms.set(
        key,
        (form = new InsertForm(
          this.#making,
          table,
          table.columns.filter((column) => isStated(column, row)),
        )),
      )
    }
    return form
  }
}

/** Which columns a row states: a number of bits, as long as a number has enough of them. */
function signature({ columns }: Table, row: Row): string | number {
  if (columns.length > 30) return columns.map((column) => (isStated(column, row) ? '1' : '0')).join('')
  let bits = 0
  for (let index = 0; index < columns.length; index++) if (isStated(columns[index]!, row)) bits |= 1 << index
  return bits
}

/** A generated value that is null is left to the database. */
function isStated({ property }: Column, row: Row): boolean {
  const value = row[property.name]
  return value !== undefined && !(value === null && property.generated)
}
