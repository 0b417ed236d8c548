import { bindValue, type Call, type Entity, type PropertyType, type Query, type Row } from '@reloop/connector'
import { hash } from '../table/hash'
import type { Table } from '../table/table'
import { soleId } from './source'

type Prepared = (values: readonly unknown[], call: Call) => readonly Row[]

/** What is prepared, and where. */
interface Asked {
  readonly table: Table
  readonly entity: Entity
  readonly query: Query
}

const none: readonly Row[] = Object.freeze([])
const plainTypes: ReadonlySet<PropertyType> = new Set(['number', 'integer', 'string', 'text', 'dateOnly'])

/**
 * The shortest way for queries by one id: a look-up that gives the list in which the row is kept.
 *
 * @param general what runs the query in a transaction, and with values that are no plain ids
 * @returns undefined when the query asks for more
 */
export function prepareById({ table, entity, query }: Asked, general: Prepared): Prepared | undefined {
  const { where, skip, after, columns, perParent, limit } = query
  const id = soleId(entity, where)
  if (!id || !plainTypes.has(entity.ids[0]!.type) || skip !== undefined || after || columns || perParent) return undefined
  const { version } = table
  if (table.cutFor(entity)) return undefined
  return (values, call) => {
    const value = bindValue(id.value, values)
    const most = bindValue(limit ?? 1, values) as number
    if (call.transaction !== undefined || table.version !== version || typeof value === 'object' || !(most >= 1))
      return general(values, call)
    return table.cells.get(hash(value))?.one ?? none
  }
}
