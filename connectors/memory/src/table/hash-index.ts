import type { IndexWhere, Row } from '@reloop/connector'
import type { Cell } from './cell'
import type { Hash } from './hash'
import type { Key } from './key'

/** Finds the rows that hold given values in given properties. */
export class HashIndex {
  readonly #buckets = new Map<Hash, Cell | Set<Cell>>()
  /** Rows with a list where one value is declared: what looks for a value must look into each of them. */
  readonly #lists = new Set<Cell>()

  constructor(
    readonly key: Key,
    readonly unique: boolean,
    /** Rows among which values are unique, by values that they have; what finds rows by the index finds all. */
    readonly where?: IndexWhere,
  ) {}

  /** Whether a row's values are held to be unique: rows with a null among them never are. */
  guards(row: Row): boolean {
    return this.unique && this.key.properties.every((name) => row[name] !== null && row[name] !== undefined) && this.#counts(row)
  }

  add(cell: Cell): void {
    const at = this.key.ofRow(cell.row)
    const held = this.#buckets.get(at)
    if (held === undefined) this.#buckets.set(at, cell)
    else if (held instanceof Set) held.add(cell)
    else this.#buckets.set(at, new Set([held, cell]))
    if (this.#holdsList(cell.row)) this.#lists.add(cell)
  }

  remove(cell: Cell): void {
    const at = this.key.ofRow(cell.row)
    const held = this.#buckets.get(at)
    if (held instanceof Set && held.size > 1) held.delete(cell)
    else this.#buckets.delete(at)
    if (this.#lists.size > 0) this.#lists.delete(cell)
  }

  /** Whether a change from one row to another leaves the index as it is. */
  isUntouched(before: Row, after: Row): boolean {
    return (
      this.key.properties.every((name) => before[name] === after[name]) && (!this.where || this.#counts(before) === this.#counts(after))
    )
  }

  size(at: Hash): number {
    const held = this.#buckets.get(at)
    return this.#lists.size + (held === undefined ? 0 : held instanceof Set ? held.size : 1)
  }

  /** Every row with these values, and possibly others. */
  cells(at: Hash): readonly Cell[] {
    const held = this.#buckets.get(at)
    const cells = held === undefined ? [] : held instanceof Set ? [...held] : [held]
    return this.#lists.size === 0 ? cells : [...new Set([...cells, ...this.#lists])]
  }

  clear(): void {
    this.#buckets.clear()
    this.#lists.clear()
  }

  #counts(row: Row): boolean {
    const { where } = this
    if (!where) return true
    for (const name in where) if ((row[name] ?? null) !== where[name]) return false
    return true
  }

  #holdsList(row: Row): boolean {
    return this.key.properties.some((name) => Array.isArray(row[name]))
  }
}
