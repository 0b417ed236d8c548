import { topK, type Row, type RowOrder, type RowTest } from '@reloop/connector'
import type { Candidates } from './candidates'

/** Up to here, moving rows within a short list is quicker than a heap. */
const shortList = 256

/** The first `most` rows that pass a test, in order; rows equal in the order stay as they were. Most rows cost a test and one comparison. */
export function firstOf(found: Candidates, test: RowTest, { most, compare }: { readonly most: number; readonly compare: RowOrder }): Row[] {
  if (most > shortList) return topK(passing(found, test), most, compare)
  const kept: Row[] = []
  let last: Row | undefined
  for (let index = 0; index < found.length; index++) {
    const row = found[index]
    if (row === undefined || !test(row) || (last !== undefined && compare(row, last) >= 0)) continue
    insert(kept, row, compare)
    if (kept.length > most) kept.pop()
    if (kept.length === most) last = kept[most - 1]
  }
  return kept
}

function* passing(found: Candidates, test: RowTest): Iterable<Row> {
  for (const row of found) if (row !== undefined && test(row)) yield row
}

/** Puts a row behind those that come before it or are equal. */
function insert(kept: Row[], row: Row, compare: RowOrder): void {
  let [low, high] = [0, kept.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (compare(row, kept[middle]!) < 0) high = middle
    else low = middle + 1
  }
  kept.splice(low, 0, row)
}
