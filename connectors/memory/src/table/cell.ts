import type { Row } from '@reloop/connector'
import type { Hash } from './hash'

/** Where a row is kept. Whoever holds the cell sees the row's changes. */
export interface Cell {
  readonly key: Hash
  row: Row
  /** The row as the result of a query that finds it alone. */
  one: readonly Row[]
  /** Position in the list of rows. */
  at: number
}

/** One row before and after a change; absent when it was made or removed. */
export interface RowChange {
  readonly key: Hash
  readonly before?: Row
  readonly after?: Row
}
