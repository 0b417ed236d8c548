import type { Entity } from '@reloop/connector'
import type { Dialect } from '../dialect'
import type { Frame } from '../statement/frame'
import type { Column, Table } from '../statement/table'
import { Operand, type Trace } from '../text/operand'
import { join, literal, sql, type Sql } from '../text/sql'

/** What making one statement needs. */
export interface Making {
  readonly dialect: Dialect
  readonly trace: Trace
  readonly frame: () => Frame
  readonly tableOf: (entity: Entity) => Table
  /** Number of aliases given so far. */
  aliases: number
}

/** A table within a statement, and the name by which its columns are called there. */
export class Scope {
  readonly making: Making
  readonly table: Table
  /** The table as FROM has it. */
  readonly from: Sql
  readonly #qualifier: string

  constructor(making: Making, table: Table, name: { readonly from?: Sql; readonly qualifier?: string } = {}) {
    this.making = making
    this.table = table
    this.from = name.from ?? table.sql
    this.#qualifier = name.qualifier === undefined ? '' : `${name.qualifier}.`
  }

  /** The same table; its columns are called with the table's name, because other tables stand beside it. */
  qualified(): Scope {
    return new Scope(this.making, this.table, { qualifier: this.making.dialect.quote(this.table.name) })
  }

  /** Another table inside the same statement. A tilde keeps its alias apart from names of tables. */
  inner(entity: Entity): Scope {
    const table = this.making.tableOf(entity)
    const alias = this.making.dialect.quote(`~${++this.making.aliases}`)
    return new Scope(this.making, table, { from: sql`${table.sql} ${literal(alias)}`, qualifier: alias })
  }

  column(column: Column): Sql {
    return literal(`${this.#qualifier}${column.quoted}`)
  }

  /** Columns as SELECT and RETURNING have them. */
  reading(columns: readonly Column[]): Sql {
    const { dialect } = this.making
    return join(
      columns.map((column) => dialect.readable?.(this.column(column), column.property) ?? this.column(column)),
      ', ',
    )
  }

  operand(value: unknown): Operand {
    return new Operand(this.making.trace, value)
  }
}
