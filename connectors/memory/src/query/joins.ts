import { prepareMatch, type Entity, type Join, type Row, type RowTest, type Through } from '@reloop/connector'
import type { Store } from '../store/store'
import type { Hash } from '../table/hash'
import { Key } from '../table/key'
import type { Table } from '../table/table'
import type { Session } from '../transaction/session'
import { candidates } from './candidates'
import { findersOf } from './source'

type Lookup = (values: readonly unknown[]) => readonly Row[]

interface Known {
  readonly lookup: Lookup
  readonly revision: number
  readonly epoch: number
}

const none: readonly Row[] = []

/**
 * Gives the rows on the other side of a join: by the ids or an index there, else by a hash that is built once and kept
 * for as long as the rows stay the same.
 */
export class Joins {
  #session: Session | undefined
  /** Counts the queries inside transactions: what was built over uncommitted rows serves one query. */
  #epoch = 0
  readonly #hashes = new WeakMap<Table, Map<string, Known>>()
  readonly #tests = new WeakMap<Through, RowTest>()

  constructor(private readonly store: Store) {}

  /** Runs a query, synchronously, that sees what a transaction sees. */
  within<T>(session: Session | undefined, run: () => T): T {
    if (session) this.#epoch++
    this.#session = session
    try {
      return run()
    } finally {
      this.#session = undefined
    }
  }

  readonly resolve = (join: Join, row: Row): Iterable<Row> => {
    const from = valuesOf(row, join.from)
    if (!from) return none
    return join.through ? this.#through(join, join.through, from) : this.#rows(join.entity, join.to, from)
  }

  #testOf(through: Through): RowTest {
    let test = this.#tests.get(through)
    if (!test) this.#tests.set(through, (test = prepareMatch(through.entity, through.where, { resolve: this.resolve })([])))
    return test
  }

  *#through(join: Join, through: Through, from: readonly unknown[]): Iterable<Row> {
    const test = this.#testOf(through)
    for (const row of this.#rows(through.entity, through.from, from)) {
      const to = test(row) ? valuesOf(row, through.to) : undefined
      if (to) yield* this.#rows(join.entity, join.to, to)
    }
  }

  #rows(entity: Entity, names: readonly string[], values: readonly unknown[]): readonly Row[] {
    const table = this.store.table(entity)
    const isOwn = this.#session?.changes.of(table) !== undefined
    const epoch = isOwn ? this.#epoch : 0
    const hashes = this.#hashesOf(table)
    const name = names.join('\0')
    let known = hashes.get(name)
    if (known?.revision !== table.revision || known.epoch !== epoch) {
      known = { lookup: (!isOwn && indexed(table, names)) || this.#hashed(table, entity, names), revision: table.revision, epoch }
      hashes.set(name, known)
    }
    return known.lookup(values)
  }

  #hashesOf(table: Table): Map<string, Known> {
    let hashes = this.#hashes.get(table)
    if (!hashes) this.#hashes.set(table, (hashes = new Map<string, Known>()))
    return hashes
  }

  #hashed(table: Table, entity: Entity, names: readonly string[]): Lookup {
    const key = new Key(names, entity)
    const groups = new Map<Hash, Row[]>()
    for (const row of candidates(table, undefined, { values: none, overlay: this.#session?.changes.of(table) })) {
      if (!row || !valuesOf(row, names)) continue
      const at = key.ofRow(row)
      const group = groups.get(at)
      if (group) group.push(row)
      else groups.set(at, [row])
    }
    return (values) => groups.get(key.ofValues(values)) ?? none
  }
}

function indexed(table: Table, names: readonly string[]): Lookup | undefined {
  const finder = findersOf(table).find(
    ({ key }) => key.properties.length === names.length && key.properties.every((name) => names.includes(name)),
  )
  if (!finder) return undefined
  const places = finder.key.properties.map((name) => names.indexOf(name))
  const arrange = (values: readonly unknown[]) => places.map((place) => values[place])
  return (values) => finder.cells(finder.key.ofValues(arrange(values))).map(({ row }) => row)
}

/** Values of a row, or undefined when one is null: null belongs to nothing. */
function valuesOf(row: Row, names: readonly string[]): readonly unknown[] | undefined {
  const values = names.map((name) => row[name])
  return values.some((value) => value === null || value === undefined) ? undefined : values
}
