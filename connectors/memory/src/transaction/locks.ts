import type { RowChange } from '../table/cell'
import type { Hash } from '../table/hash'
import type { HashIndex } from '../table/hash-index'
import type { Table } from '../table/table'
import type { Holder } from './holder'

interface Reservation {
  readonly holder: Holder
  /** Rows that hold, or held, the value within the transaction. */
  readonly keys: Set<Hash>
}

/** Rows and unique values that open transactions have written, so that nobody else writes them before these end. */
export class Locks {
  readonly #rows = new Map<Table, Map<Hash, Holder>>()
  readonly #values = new Map<string, Map<Hash, Reservation>>()
  readonly #releases = new Map<Holder, (() => void)[]>()

  /** No transaction has written anything: nobody can be in the way. */
  get isFree(): boolean {
    return this.#releases.size === 0
  }

  /** A transaction other than the writer's that must end first. */
  blocker(table: Table, changes: readonly RowChange[], writer: Holder | undefined): Holder | undefined {
    const rows = this.#rows.get(table)
    for (const { key, after } of changes) {
      const holder = rows?.get(key)
      if (holder && holder !== writer) return holder
      for (const index of after === undefined ? [] : table.indexes) {
        const reserved = index.guards(after!) ? this.#reservations(table, index).get(index.key.ofRow(after!)) : undefined
        if (reserved && reserved.holder !== writer) return reserved.holder
      }
    }
    return undefined
  }

  /** Keys of rows that may hold a unique value without being committed. */
  keysWith(table: Table, index: HashIndex, value: Hash): Iterable<Hash> {
    return this.#reservations(table, index).get(value)?.keys ?? []
  }

  take(holder: Holder, table: Table, changes: readonly RowChange[]): void {
    const releases = this.#releases.get(holder) ?? []
    this.#releases.set(holder, releases)
    const rows = this.#rowsOf(table)
    for (const { key, after } of changes) {
      if (!rows.has(key)) releases.push(() => rows.delete(key))
      rows.set(key, holder)
      if (after === undefined) continue
      for (const index of table.indexes) {
        if (!index.guards(after)) continue
        const values = this.#reservations(table, index)
        const value = index.key.ofRow(after)
        const reserved = values.get(value)
        if (!reserved) releases.push(() => values.delete(value))
        values.set(value, { holder, keys: new Set([...(reserved?.keys ?? []), key]) })
      }
    }
  }

  release(holder: Holder): void {
    for (const release of this.#releases.get(holder) ?? []) release()
    this.#releases.delete(holder)
  }

  #rowsOf(table: Table): Map<Hash, Holder> {
    let rows = this.#rows.get(table)
    if (!rows) this.#rows.set(table, (rows = new Map<Hash, Holder>()))
    return rows
  }

  #reservations(table: Table, index: HashIndex): Map<Hash, Reservation> {
    const name = JSON.stringify([table.name, index.key.properties])
    let values = this.#values.get(name)
    if (!values) this.#values.set(name, (values = new Map<Hash, Reservation>()))
    return values
  }
}
