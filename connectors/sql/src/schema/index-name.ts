import { createHash } from 'node:crypto'
import type { IndexWhere } from '@reloop/connector'
import type { Column, Table } from '../statement/table'

/** An index that a table should have. */
export interface WantedIndex {
  readonly name: string
  readonly unique: boolean
  readonly keys: readonly { readonly column: Column; readonly direction: 'ASC' | 'DESC' }[]
  /** Rows that are in it, by values of properties. */
  readonly where?: IndexWhere
}

/**
 * The indexes of an entity: those of its properties and its own. Names begin with the table's, because databases want them to differ among all tables.
 *
 * @param table of the entity
 * @param length longest name in bytes
 */
export function wantedIndexes(table: Table, length: number): readonly WantedIndex[] {
  const single = table.columns.filter(({ property }) => (property.unique || property.index) && !isWholeKey(table, property.name))
  const own = single.map((column) => ({
    name: bounded(`${table.name}_${column.name}_${column.property.unique ? 'key' : 'idx'}`, length),
    unique: column.property.unique,
    keys: [{ column, direction: 'ASC' as const }],
  }))
  const stated = table.entity.indexes.map(({ name, unique, keys, where }) => ({
    name: bounded(name.toLowerCase().startsWith(table.name.toLowerCase()) ? name : `${table.name}_${name}`, length),
    unique,
    where,
    keys: keys.flatMap(({ property, direction }) => {
      const column = table.byName.get(property)
      return column ? [{ column, direction }] : []
    }),
  }))
  return [...own, ...stated].filter(({ keys }) => keys.length > 0)
}

/** A name of at most so many bytes; what is cut off is told by a hash. */
export function bounded(name: string, length: number): string {
  if (Buffer.byteLength(name) <= length) return name
  const hash = createHash('sha256').update(name).digest('hex').slice(0, 8)
  let cut = name
  while (Buffer.byteLength(cut) > length - 9) cut = cut.slice(0, -1)
  return `${cut}_${hash}`
}

function isWholeKey(table: Table, name: string): boolean {
  return table.ids.length === 1 && table.ids[0]!.property.name === name
}
