import {
  capabilities,
  changeOperators,
  sessionOf,
  type Aggregate,
  type Awaitable,
  type Call,
  type Change,
  type CrudConnector,
  type Entity,
  type IsolationLevel,
  type Query,
  type Row,
  type SchemaConnector,
  type Shape,
  type Where,
} from '@reloop/connector'
import { resolve } from 'node:path'
import { aggregate } from './query/aggregate'
import { compileChange } from './query/change-row'
import { Joins } from './query/joins'
import { Plans } from './query/plans'
import { prepareById } from './query/prepare-by-id'
import { projector } from './query/projector'
import { soleId } from './query/source'
import type { MemorySettings } from './settings'
import { Store } from './store/store'
import { Writer, type Outcome, type Writing } from './store/writer'
import type { RowChange } from './table/cell'
import { freezeRow } from './table/freeze-row'
import { makeIds } from './table/make-ids'
import type { Session } from './transaction/session'
import { Transactions } from './transaction/transactions'

const abilities = capabilities({
  related: true,
  perParent: true,
  near: true,
  change: changeOperators,
  transactions: 'savepoints',
  unique: true,
  open: true,
})

/**
 * A store of rows in memory; verbs answer at once, except where a file or another transaction must be waited for.
 *
 * Rows are kept frozen and given out as they are.
 */
class MemoryConnector implements CrudConnector, SchemaConnector {
  readonly name = 'memory'
  readonly capabilities = abilities
  readonly #store: Store
  readonly #plans: Plans
  readonly #transactions: Transactions
  readonly #writer: Writer

  constructor({ file, foldAbove = 1_048_576, transactionTimeout = 60_000, patternTime = 50 }: MemorySettings) {
    this.#store = new Store(file === undefined ? undefined : resolve(file), foldAbove)
    this.#plans = new Plans({ store: this.#store, joins: new Joins(this.#store), patternTime })
    this.#transactions = new Transactions(this, this.#store, transactionTimeout || Infinity)
    this.#writer = new Writer(this.#store, this.#transactions)
  }

  connect(): Awaitable<void> {
    return this.#store.file === undefined ? undefined : this.#store.connect(this.#store.file)
  }

  disconnect(): Awaitable<void> {
    return this.#store.file === undefined ? undefined : this.#store.disconnect()
  }

  ping(): void {
    this.#store.check()
  }

  define(entity: Entity): void {
    this.#store.define(entity)
  }

  find({ entity, query }: { readonly entity: Entity; readonly query: Query }, call: Call): readonly Row[] {
    return this.#plans.find(entity, query, this.#sessionOf(call))
  }

  prepare(entity: Entity, shape: Shape): (values: readonly unknown[], call: Call) => readonly Row[] {
    const find = this.#plans.prepare(entity, shape.query)
    const general = (values: readonly unknown[], call: Call) => find(values, this.#sessionOf(call))
    return prepareById({ table: this.#store.table(entity), entity, query: shape.query }, general) ?? general
  }

  async *stream({ entity, query }: { readonly entity: Entity; readonly query: Query }, call: Call): AsyncIterable<Row> {
    for (const row of this.find({ entity, query }, call)) {
      call.signal?.throwIfAborted()
      yield row
    }
  }

  count({ entity, where }: { readonly entity: Entity; readonly where?: Where }, call: Call): number {
    const session = this.#sessionOf(call)
    const table = this.#store.table(entity)
    if (!where && !session?.changes.of(table)) return table.size
    return this.#plans.run(entity, { where }, session).length
  }

  aggregate({ entity, query }: { readonly entity: Entity; readonly query: Aggregate }, call: Call): readonly Row[] {
    return aggregate(entity, this.#plans.run(entity, { where: query.where }, this.#sessionOf(call)), query)
  }

  insert({ entity, rows }: { readonly entity: Entity; readonly rows: readonly Row[] }, call: Call): Awaitable<readonly Row[]> {
    const writing = this.#writing(entity, call)
    return this.#writer.write(writing, () => {
      const made = rows.map((row) => this.#made(writing, row))
      return { changes: made, result: made.map(({ after }) => after) }
    })
  }

  update(
    {
      entity,
      where,
      change,
      returning,
    }: { readonly entity: Entity; readonly where?: Where; readonly change: Change; readonly returning?: boolean },
    call: Call,
  ): Awaitable<{ readonly count: number; readonly rows?: readonly Row[] }> {
    const writing = this.#writing(entity, call)
    const changed = compileChange(entity, change)
    return this.#writer.write(writing, () => {
      const found = this.#found(writing, where)
      const rows = found.map(changed)
      const result = returning ? { count: rows.length, rows: this.#shown(writing, rows) } : { count: rows.length }
      return { changes: rows.flatMap((after, index) => replaced(writing, found[index]!, after)), result }
    })
  }

  upsert(
    { entity, row, set }: { readonly entity: Entity; readonly row: Row; readonly set?: Row },
    call: Call,
  ): Awaitable<{ readonly row: Row; readonly created: boolean }> {
    const writing = this.#writing(entity, call)
    return this.#writer.write(writing, (): Outcome<{ row: Row; created: boolean }> => {
      const held = this.#held(writing, row)
      if (!held) {
        const made = this.#made(writing, row)
        return { changes: [made], result: { row: made.after, created: true } }
      }
      const after = compileChange(entity, { set: set ?? row })(held)
      return { changes: replaced(writing, held, after), result: { row: after, created: false } }
    })
  }

  remove({ entity, where }: { readonly entity: Entity; readonly where?: Where }, call: Call): Awaitable<number> {
    const writing = this.#writing(entity, call)
    if (!where && !writing.session && this.#transactions.isFree) return this.#clear(writing)
    return this.#writer.write(writing, () => {
      const found = this.#found(writing, where)
      return { changes: found.map((before) => ({ key: writing.table.keyOf(before), before })), result: found.length }
    })
  }

  begin({ isolationLevel }: { readonly isolationLevel?: IsolationLevel }) {
    return this.#transactions.begin(isolationLevel)
  }

  /** `recreate` removes rows and sequence, as dropping and making a table does; nothing else is to be made. */
  async migrate({ entities, mode }: { readonly entities: readonly Entity[]; readonly mode: 'recreate' | 'alter' }): Promise<void> {
    for (const entity of entities) {
      const table = this.#store.define(entity)
      if (mode === 'recreate') await this.#store.clear(table, { sequence: true })
    }
  }

  /** Tables need not be made and columns not be added: only ids and indexes can differ. */
  async isActual({ entities }: { readonly entities: readonly Entity[] }): Promise<boolean> {
    return entities.every((entity) => this.#store.holds(entity))
  }

  #sessionOf(call: Call): Session | undefined {
    return call.transaction === undefined ? undefined : sessionOf<Session>(call.transaction, this)
  }

  #writing(entity: Entity, call: Call): Writing {
    return { entity, table: this.#store.table(entity), session: this.#sessionOf(call), signal: call.signal }
  }

  /** Rows that a write concerns. By far the most are found by one id. */
  #found({ entity, table, session }: Writing, where: Where | undefined): readonly Row[] {
    const id = session ? undefined : soleId(entity, where)
    if (!id || !table.key.tells([id.value])) return this.#plans.run(entity, { where }, session)
    return table.cells.get(table.key.ofValues([id.value]))?.one ?? []
  }

  #shown({ entity, table }: Writing, rows: readonly Row[]): readonly Row[] {
    const cut = table.cutFor(entity)
    return cut ? rows.map(projector(entity, cut)) : rows
  }

  /** The row that has the ids of another. */
  #held({ table, session }: Writing, row: Row): Row | undefined {
    const { properties } = table.key
    if (properties.length === 0 || properties.some((name) => row[name] === null || row[name] === undefined)) return undefined
    const key = table.key.ofRow(row)
    const overlay = session?.changes.of(table)
    return overlay?.has(key) ? overlay.get(key) : table.cells.get(key)?.row
  }

  #made({ entity, table }: Writing, row: Row): RowChange & { readonly after: Row } {
    const after = freezeRow(row, makeIds(table, entity, row))
    return { key: table.keyOf(after), after }
  }

  #clear({ table }: Writing): Awaitable<number> {
    const count = table.size
    this.#store.check()
    const kept = this.#store.clear(table, { sequence: false })
    return kept ? Promise.resolve(kept).then(() => count) : count
  }
}

/** A row in another's place; where its ids change, the one is removed and the other made. */
function replaced({ table }: Writing, before: Row, after: Row): readonly RowChange[] {
  if (table.key.properties.every((name) => before[name] === after[name])) return [{ key: table.keyOf(before), before, after }]
  const [from, to] = [table.keyOf(before), table.keyOf(after)]
  return from === to
    ? [{ key: from, before, after }]
    : [
        { key: from, before },
        { key: to, after },
      ]
}

/**
 * Makes a store of rows in memory.
 *
 * @param settings `file`: path of a file that keeps the rows, in LoopBack's form, with a journal beside it
 * @throws from `connect` with a file: MEMORY_FILE_LOCKED, MEMORY_FILE_INVALID, MEMORY_JOURNAL_CORRUPT
 * @example
 * const store = createMemoryConnector()
 * store.insert({ entity: product, rows: [{ name: 'Lamp' }] }, plainCall) // [{ name: 'Lamp', id: 1 }]
 */
export function createMemoryConnector(settings: MemorySettings = {}): MemoryConnector {
  return new MemoryConnector(settings)
}

export type { MemoryConnector }
