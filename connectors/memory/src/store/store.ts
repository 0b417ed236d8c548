import { errors as shared, type Awaitable, type Entity } from '@reloop/connector'
import { rmSync } from 'node:fs'
import { Journal, readJournal } from '../file/journal'
import { lockFile } from '../file/lock-file'
import { rowText, type RowText } from '../file/row-text'
import { readSnapshot, writeSnapshot, type StoredTable, type TableImage } from '../file/snapshot'
import type { RowChange } from '../table/cell'
import type { Hash } from '../table/hash'
import { Table } from '../table/table'

/** Rows of one table that change together with those of others. */
export interface TableChange {
  readonly table: Table
  readonly changes: readonly RowChange[]
}

/** How a table is recorded in the journal. Removals come before the rows that are put. */
interface TableRecord {
  readonly table: string
  readonly next: number
  readonly clear?: boolean
  readonly remove?: readonly string[]
  readonly put?: readonly (readonly [id: string, text: string])[]
}

/** All tables of one connector and, when there is a file, their journal. */
export class Store {
  readonly #tables = new Map<string, Table>()
  readonly #byEntity = new WeakMap<Entity, Table>()
  readonly #texts = new Map<Table, RowText>()
  /** What the file holds of tables whose entity is not known yet. */
  #stored = new Map<string, StoredTable>()
  #journal: Journal | undefined
  #unlock: (() => void) | undefined

  constructor(
    readonly file: string | undefined,
    private readonly foldAbove: number,
  ) {}

  table(entity: Entity): Table {
    return this.#byEntity.get(entity) ?? this.define(entity)
  }

  /** Whether the table, where there is one, has the entity's ids and indexes. */
  holds(entity: Entity): boolean {
    return this.#tables.get(collectionOf(entity))?.holds(entity) ?? true
  }

  define(entity: Entity): Table {
    const name = collectionOf(entity)
    const table = this.#tables.get(name) ?? new Table(name, entity)
    this.#tables.set(name, table)
    this.#texts.set(table, rowText(entity))
    table.define(entity)
    this.#byEntity.set(entity, table)
    this.#adopt(table)
    return table
  }

  async connect(file: string): Promise<void> {
    this.#unlock = lockFile(file)
    try {
      rmSync(`${file}.tmp`, { force: true })
      this.#stored = await readSnapshot(file)
      const records = (await readJournal(file)) as readonly TableRecord[]
      for (const record of records) replay(this.#stored, record)
      for (const table of this.#tables.values()) {
        table.clear()
        this.#adopt(table)
      }
      this.#journal = await Journal.open({ file, foldAbove: this.foldAbove, snapshot: () => writeSnapshot(this.#images()) })
    } catch (error) {
      this.#unlock()
      throw error
    }
  }

  async disconnect(): Promise<void> {
    const journal = this.#journal
    this.#journal = undefined
    try {
      await journal?.close()
    } finally {
      this.#unlock?.()
      this.#unlock = undefined
    }
  }

  /** Throws when a write could not be kept. */
  check(): void {
    if (this.file === undefined) return
    if (!this.#journal) throw shared.CONNECTOR_UNREACHABLE({ connector: 'memory', address: this.file, reason: 'it is not connected' })
    this.#journal.check()
  }

  /** Applies changes that were checked before; with a file, resolves when they are on disk. */
  commit(changed: readonly TableChange[]): Awaitable<void> {
    for (const { table, changes } of changed) applyAll(table, changes)
    return this.#journal?.append(changed.map((one) => JSON.stringify(this.#record(one))).join())
  }

  /** Removes every row of a table, and its sequence when asked to. */
  clear(table: Table, { sequence }: { readonly sequence: boolean }): Awaitable<void> {
    table.clear()
    if (sequence) table.next = 1
    return this.#journal?.append(JSON.stringify({ table: table.name, next: table.next, clear: true } satisfies TableRecord))
  }

  #adopt(table: Table): void {
    const stored = this.#stored.get(table.name)
    if (!stored) return
    this.#stored.delete(table.name)
    table.next = Math.max(table.next, stored.next)
    const { read } = this.#texts.get(table)!
    for (const [id, text] of stored.rows) table.load(read(text), id)
  }

  #record({ table, changes }: TableChange): TableRecord {
    const { write } = this.#texts.get(table)!
    const removed = changes.filter(({ after }) => after === undefined)
    const put = changes.filter(({ after }) => after !== undefined)
    return {
      table: table.name,
      next: table.next,
      ...(removed.length > 0 && { remove: removed.map(({ key }) => idText(key)) }),
      ...(put.length > 0 && { put: put.map(({ key, after }) => [idText(key), write(after!)] as const) }),
    }
  }

  #images(): TableImage[] {
    const known = [...this.#tables.values()].map((table) => imageOf(table, this.#texts.get(table)!))
    return [...known, ...[...this.#stored].map(([name, { next, rows }]) => ({ name, next, rows: [...rows] }))]
  }
}

/** Rows that go make room for those that take their ids. */
function applyAll(table: Table, changes: readonly RowChange[]): void {
  if (changes.length > 1) for (const change of changes) if (change.after === undefined) table.apply(change)
  for (const change of changes) if (changes.length === 1 || change.after !== undefined) table.apply(change)
}

function imageOf(table: Table, { write }: RowText): TableImage {
  const rows = table.rows.filter((row) => row !== undefined)
  const keys = rows.map((row) => table.keyOf(row))
  const texts = function* (): Iterable<readonly [string, string]> {
    for (const [position, row] of rows.entries()) yield [idText(keys[position]!), write(row)]
  }
  return { name: table.name, next: table.next, rows: texts() }
}

function replay(tables: Map<string, StoredTable>, { table: name, next, clear, remove = [], put = [] }: TableRecord): void {
  const table = tables.get(name) ?? { next, rows: new Map<string, string>() }
  tables.set(name, table)
  table.next = next
  if (clear) table.rows.clear()
  for (const id of remove) table.rows.delete(id)
  for (const [id, text] of put) table.rows.set(id, text)
}

/** Keys of texts and numbers as they are; others without the mark of their kind. */
function idText(key: Hash): string {
  return String(key).replace(/^\0[a-z]/, '')
}

function collectionOf(entity: Entity): string {
  return typeof entity.native.collection === 'string' ? entity.native.collection : entity.table
}
