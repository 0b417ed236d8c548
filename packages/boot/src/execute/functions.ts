import { errors } from '../errors'
import { load } from '../files/load'

type Exported = (...args: unknown[]) => unknown

/** The function that a module exports, also as `default`; undefined when it exports none. */
export function exportedFunction(file: string): Exported | undefined {
  const module = load(file)
  if (typeof module === 'function') return module as Exported
  const own = (module as { default?: unknown } | null | undefined)?.default
  return typeof own === 'function' ? (own as Exported) : undefined
}

/** As `exportedFunction`, for modules that must export one. */
export function requiredFunction(what: string, file: string): Exported {
  const found = exportedFunction(file)
  if (!found) throw errors.MODULE_INVALID({ what, file, expected: 'a function' })
  return found
}
