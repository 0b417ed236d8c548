import { errors } from '../errors'
import { isPlainObject } from '../value/plain'

/**
 * Refuses what is nested deeper than any filter may be, a circle above all, before it is copied or searched. How deep conditions
 * really are is judged when they are walked; here a level may take an array and two objects.
 */
export function checkNesting(where: unknown, limit: number): void {
  if (isNested(where, limit * 3 + 3)) throw errors.QUERY_OBJECT_TOO_DEEP({ limit })
}

function isNested(value: unknown, levels: number): boolean {
  if (!Array.isArray(value) && !isPlainObject(value)) return false
  if (levels === 0) return true
  const items: readonly unknown[] = Array.isArray(value) ? value : Object.values(value)
  return items.some((item) => isNested(item, levels - 1))
}
