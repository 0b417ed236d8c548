/**
 * Cuts a list into pieces of at most `size`, for stores that bind only so many values at once.
 *
 * @param list any list
 * @param size most items in one piece, from 1; Infinity gives one piece
 * @returns the pieces in order; none for an empty list
 * @example chunk([1, 2, 3], 2) // [[1, 2], [3]]
 */
export function chunk<T>(list: readonly T[], size: number): readonly (readonly T[])[] {
  if (list.length <= size) return list.length ? [list] : []
  return Array.from({ length: Math.ceil(list.length / size) }, (_, index) => list.slice(index * size, (index + 1) * size))
}
