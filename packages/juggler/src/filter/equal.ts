import { isDeepStrictEqual } from 'node:util'

/** Whether two wheres say the same in the same words. */
export function equalFilters(a: unknown, b: unknown): boolean {
  return a === b || isDeepStrictEqual(a, b)
}
