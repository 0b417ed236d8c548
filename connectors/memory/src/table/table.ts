import { compileOrder, type Entity, type IndexWhere, type Row, type RowOrder } from '@reloop/connector'
import type { Cell, RowChange } from './cell'
import type { Hash } from './hash'
import { HashIndex } from './hash-index'
import { Key } from './key'

const fewHoles = 64

/** Committed rows under their keys, in the order of their ids, with indexes. */
export class Table {
  readonly cells = new Map<Hash, Cell>()
  /** Next number of the sequence that makes ids. */
  next = 1
  /** Grows when ids or indexes are defined anew, so that plans know when they are outdated. */
  version = 0
  /** Grows with every change of a row, so that what was derived from the rows knows when it is outdated. */
  revision = 0
  key: Key
  indexes: readonly HashIndex[] = []
  #order: RowOrder = () => 0
  #rows: (Row | undefined)[] = []
  #last: Row | undefined
  #holes = 0
  #sorted = true
  readonly #entities = new Map<string, Entity>()
  /** Names of properties that rows may hold, by what was defined and loaded so far. */
  readonly #names = new Set<string>()
  #isOpen = false
  /** Keys of rows without ids. */
  readonly #anonymous = new WeakMap<Row, Hash>()

  constructor(
    readonly name: string,
    entity: Entity,
  ) {
    this.key = keyOf(entity)
    this.define(entity)
  }

  /** Rows in ascending order of their ids; undefined where one was removed. */
  get rows(): readonly (Row | undefined)[] {
    if (!this.#sorted) this.#arrange([...this.cells.values()].sort((a, b) => this.#order(a.row, b.row)))
    return this.#rows
  }

  get size(): number {
    return this.cells.size
  }

  /** Takes over ids and indexes of an entity; entities of other names that share the table keep their indexes. */
  define(entity: Entity): void {
    if (this.#entities.get(entity.name) === entity) return
    this.#entities.set(entity.name, entity)
    for (const { name } of entity.properties) this.#names.add(name)
    this.#isOpen ||= entity.open
    const key = keyOf(entity)
    const rekey = !key.equals(this.key)
    this.key = key
    this.#order = compileOrder(entity)
    if (rekey) this.#rekey()
    this.#reindex()
    this.version++
  }

  /** Whether defining the entity would change neither ids nor indexes. */
  holds(entity: Entity): boolean {
    const has = ({ properties, unique, where }: Wanted) =>
      this.indexes.some((index) => index.unique === unique && isSame(index.where, where) && index.key.equals(new Key(properties, entity)))
    return this.key.equals(keyOf(entity)) && indexesOf(entity).every(has)
  }

  /** The properties to which rows must be cut for an entity that knows fewer than they may hold; undefined when there are none. */
  cutFor(entity: Entity): readonly string[] | undefined {
    if (entity.open) return undefined
    const isWhole = !this.#isOpen && [...this.#names].every((name) => entity.byName.has(name))
    return isWhole ? undefined : entity.properties.map(({ name }) => name)
  }

  /** The key under which a row is, or would be, kept; a row without ids gets one from the sequence. */
  keyOf(row: Row): Hash {
    if (this.key.properties.length > 0) return this.key.ofRow(row)
    let key = this.#anonymous.get(row)
    if (key === undefined) this.#anonymous.set(row, (key = this.next++))
    return key
  }

  /** Puts a row that was written down before; `id` is its key in the file. */
  load(row: Row, id: string): void {
    if (this.key.properties.length === 0) this.#anonymous.set(row, Number(id))
    for (const name in row) this.#names.add(name)
    const key = this.keyOf(row)
    const held = this.cells.get(key)
    this.apply({ key, before: held?.row, after: row })
  }

  /** Sorts rows by their ids, in place. */
  sort(rows: Row[]): readonly Row[] {
    return rows.sort(this.#order)
  }

  apply({ key, before, after }: RowChange): void {
    this.revision++
    if (after === undefined) this.#remove(this.cells.get(key)!)
    else if (before === undefined) this.#insert(key, after)
    else this.#replace(this.cells.get(key)!, after)
  }

  clear(): void {
    this.revision++
    this.cells.clear()
    for (const index of this.indexes) index.clear()
    this.#arrange([])
  }

  #insert(key: Hash, row: Row): void {
    if (this.#last !== undefined && this.#sorted && this.#order(this.#last, row) > 0) this.#sorted = false
    const cell: Cell = { key, row, one: Object.freeze([row]), at: this.#rows.length }
    this.#rows.push(row)
    this.#last = row
    this.cells.set(key, cell)
    for (const index of this.indexes) index.add(cell)
  }

  #replace(cell: Cell, row: Row): void {
    const touched = this.indexes.filter((index) => !index.isUntouched(cell.row, row))
    for (const index of touched) index.remove(cell)
    if (this.key.properties.length === 0) this.#anonymous.set(row, cell.key)
    cell.row = row
    cell.one = Object.freeze([row])
    this.#rows[cell.at] = row
    for (const index of touched) index.add(cell)
  }

  #remove(cell: Cell): void {
    for (const index of this.indexes) index.remove(cell)
    this.cells.delete(cell.key)
    this.#rows[cell.at] = undefined
    if (++this.#holes > fewHoles && this.#holes * 2 > this.#rows.length) this.#close()
  }

  /** Closes the holes that removed rows have left. */
  #close(): void {
    this.#arrange(
      [...this.cells.values()].sort((a, b) => a.at - b.at),
      this.#sorted,
    )
  }

  #arrange(cells: readonly Cell[], sorted = true): void {
    this.#rows = cells.map((cell) => cell.row)
    for (const [position, cell] of cells.entries()) cell.at = position
    this.#last = this.#rows.at(-1)
    this.#holes = 0
    this.#sorted = sorted
  }

  #rekey(): void {
    const rows = this.#rows.filter((row) => row !== undefined)
    this.clear()
    for (const row of rows) this.#insert(this.keyOf(row), row)
  }

  #reindex(): void {
    const wanted = new Map<string, HashIndex>()
    for (const entity of this.#entities.values()) {
      for (const { properties, unique, where } of indexesOf(entity)) {
        wanted.set(JSON.stringify([unique, properties, where]), new HashIndex(new Key(properties, entity), unique, where))
      }
    }
    this.indexes = [...wanted.values()]
    for (const cell of this.cells.values()) for (const index of this.indexes) index.add(cell)
  }
}

function keyOf(entity: Entity): Key {
  return new Key(
    entity.ids.map(({ name }) => name),
    entity,
  )
}

interface Wanted {
  readonly properties: readonly string[]
  readonly unique: boolean
  readonly where?: IndexWhere
}

function isSame(a: IndexWhere | undefined, b: IndexWhere | undefined): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}

function indexesOf(entity: Entity): readonly Wanted[] {
  const own = entity.properties
    .filter(({ unique, index, id }) => (unique || index) && !(id !== undefined && entity.ids.length === 1))
    .map(({ name, unique }) => ({ properties: [name], unique }))
  return [...own, ...entity.indexes.map(({ keys, unique, where }) => ({ properties: keys.map((key) => key.property), unique, where }))]
}
