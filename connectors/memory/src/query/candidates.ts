import type { Row } from '@reloop/connector'
import type { Cell } from '../table/cell'
import type { Table } from '../table/table'
import type { Overlay } from '../transaction/changes'
import type { Source } from './source'

/** Rows to be tested, in ascending order of their ids; holes are undefined. */
export type Candidates = readonly (Row | undefined)[]

/** Sorting found cells pays only while they are few among the rows. */
const scanFactor = 4

/** The rows to be tested for a condition: those that its source finds, or all, with a transaction's own changes in place. */
export function candidates(table: Table, source: Source | undefined, at: { values: readonly unknown[]; overlay?: Overlay }): Candidates {
  const found = committed(table, source, at.values)
  return at.overlay ? changed(table, found, at.overlay) : found
}

function committed(table: Table, source: Source | undefined, values: readonly unknown[]): Candidates {
  const rows = table.rows
  if (!source || source.size(values) * scanFactor > rows.length + scanFactor) return rows
  const cells = source.cells(values)
  return cells.length < 2 ? cells.map(({ row }) => row) : inOrder(cells)
}

function inOrder(cells: readonly Cell[]): Candidates {
  return [...new Set(cells)].sort((a, b) => a.at - b.at).map(({ row }) => row)
}

function changed(table: Table, found: Candidates, overlay: Overlay): Candidates {
  const untouched = found.filter((row) => row !== undefined && !overlay.has(table.keyOf(row)))
  const own = [...overlay.values()].filter((row) => row !== undefined)
  return own.length === 0 ? untouched : table.sort([...untouched, ...own] as Row[])
}
