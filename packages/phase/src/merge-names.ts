import { phaseError } from './phase-error'

/**
 * Merges names into an ordered list so that both orders hold; a name that is new goes right after the one named before it.
 *
 * @param current the list as it is
 * @param toMerge further names in the order wanted; when the first one is new, it goes to the front
 * @returns a new list
 * @throws Error with code PHASE_ORDER_CONFLICT when the two lists order the same names differently
 * @example mergePhaseNameLists(['initial', 'routes'], ['initial', 'auth', 'routes']) // ['initial', 'auth', 'routes']
 */
export function mergePhaseNameLists(current: readonly string[], toMerge: readonly string[]): string[] {
  const merged = [...current]
  let previous: string | undefined
  let matched = 0
  for (const name of toMerge) {
    const index = merged.indexOf(name)
    if (index === -1) {
      merged.splice(previous === undefined ? 0 : merged.indexOf(previous) + 1, 0, name)
    } else if (previous === undefined || index >= matched) {
      matched = index
    } else {
      throw phaseError(
        'PHASE_ORDER_CONFLICT',
        `Ordering conflict: cannot add "${name}" after "${previous}", because the opposite order was already specified`,
      )
    }
    previous = name
  }
  return merged
}
