import { errors } from '../errors'
import { load } from '../files/load'

type Exported = (...args: unknown[]) => unknown

/** The function that a module exports, also as `default` or as all that it exports; undefined when it exports none. */
export function exportedFunction(file: string): Exported | undefined {
  const module = load(file)
  if (typeof module === 'function') return module as Exported
  if (typeof module !== 'object' || module === null) return undefined
  const [only, ...others] = Object.values(module) as unknown[]
  const own = (module as { default?: unknown }).default ?? (others.length === 0 ? only : undefined)
  return typeof own === 'function' ? (own as Exported) : undefined
}

/** As `exportedFunction`, for modules that must export one. */
export function requiredFunction(what: string, file: string): Exported {
  const found = exportedFunction(file)
  if (!found) throw errors.MODULE_INVALID({ what, file, expected: 'a function' })
  return found
}
