import { errors, type Entity, type Row } from '@reloop/connector'
import type { RowChange } from '../table/cell'
import type { Hash } from '../table/hash'
import type { HashIndex } from '../table/hash-index'
import type { Table } from '../table/table'
import type { Overlay } from '../transaction/changes'
import type { Locks } from '../transaction/locks'

/** Against what changes are checked. */
export interface Standing {
  readonly entity: Entity
  readonly table: Table
  readonly locks: Locks
  /** What the transaction has changed already. */
  readonly overlay?: Overlay
}

/**
 * Refuses changes after which two rows would have the same ids, or the same values where they must be unique.
 *
 * @throws DUPLICATE_ENTRY
 */
export function checkUnique(standing: Standing, changes: readonly RowChange[]): void {
  const made = changes.filter(({ before, after }) => before === undefined && after !== undefined)
  if (made.length > 0) checkIds(standing, made, changes)
  for (const index of standing.table.indexes) if (index.unique) checkIndex(standing, index, changes)
}

function checkIds(standing: Standing, made: readonly RowChange[], changes: readonly RowChange[]): void {
  const removed = new Set(changes.length > made.length ? changes.filter(({ after }) => after === undefined).map(({ key }) => key) : [])
  const own = new Set<Hash>()
  for (const { key } of made) {
    if (own.has(key) || (!removed.has(key) && present(standing, key))) throw duplicate(standing.entity, standing.table.key.properties)
    own.add(key)
  }
}

function checkIndex(standing: Standing, index: HashIndex, changes: readonly RowChange[]): void {
  const concerned = changes.filter(({ before, after }) => after && index.guards(after) && !(before && index.isUntouched(before, after)))
  if (concerned.length === 0) return
  const final = new Map(changes.map(({ key, after }) => [key, after]))
  const taken = new Map<Hash, Hash>()
  for (const { key, after } of concerned) {
    const value = index.key.ofRow(after!)
    const holds = (other: Hash) => {
      const row = other === key ? undefined : final.has(other) ? final.get(other) : present(standing, other)
      return row !== undefined && index.guards(row) && index.key.ofRow(row) === value
    }
    if (taken.has(value) || [...holders(standing, index, value)].some(holds)) throw duplicate(standing.entity, index.key.properties)
    taken.set(value, key)
  }
}

/** Keys of rows that may hold the value: committed, or changed by the transaction itself. */
function* holders({ table, locks, overlay }: Standing, index: HashIndex, value: Hash): Iterable<Hash> {
  for (const cell of index.cells(value)) yield cell.key
  if (overlay) yield* locks.keysWith(table, index, value)
}

function present({ table, overlay }: Standing, key: Hash): Row | undefined {
  return overlay?.has(key) ? overlay.get(key) : table.cells.get(key)?.row
}

function duplicate(entity: Entity, properties: readonly string[]) {
  return errors.DUPLICATE_ENTRY({ model: entity.name, properties }, { details: { properties } })
}
