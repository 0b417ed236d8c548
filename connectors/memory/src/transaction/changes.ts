import type { Row } from '@reloop/connector'
import type { RowChange } from '../table/cell'
import type { Hash } from '../table/hash'
import type { Table } from '../table/table'

/** What a transaction has changed in one table: rows by key, undefined where removed. */
export type Overlay = ReadonlyMap<Hash, Row | undefined>

/** Uncommitted changes of one transaction or savepoint; what it has not touched itself it sees in the outer one. */
export class Changes {
  readonly #own = new Map<Table, Map<Hash, Row | undefined>>()

  constructor(private readonly outer?: Changes) {}

  of(table: Table): Overlay | undefined {
    return this.#own.get(table) ?? this.outer?.of(table)
  }

  add(table: Table, changes: readonly RowChange[]): void {
    let own = this.#own.get(table)
    if (!own) this.#own.set(table, (own = new Map(this.outer?.of(table))))
    for (const { key, after } of changes) own.set(key, after)
  }

  /** Makes a savepoint's changes those of the outer transaction. */
  mergeInto(outer: Changes): void {
    for (const [table, own] of this.#own) outer.#own.set(table, own)
  }

  /** The changes against what is committed. */
  tables(): readonly { readonly table: Table; readonly changes: readonly RowChange[] }[] {
    return [...this.#own].map(([table, own]) => ({
      table,
      changes: [...own]
        .map(([key, after]) => ({ key, before: table.cells.get(key)?.row, after }))
        .filter(({ before, after }) => before !== after),
    }))
  }
}
