import { extra } from '../model/instance'
import type { ModelInstance } from '../model/types'

/** Keeps properties out of the JSON of an instance: whoever it is made for may not see them. */
export function withhold(instance: ModelInstance, names: readonly string[] | undefined): void {
  if (names?.length) extra(instance).withheld = new Set(names)
}
