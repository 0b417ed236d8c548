import type { JugglerFlags } from '../compat'
import type { PlainObject } from '../value/plain'
import type { StrictMode } from './compiled'

/** What strictness a setting stands for, in a profile and on a kind of store. */
export function strictMode(given: unknown, flags: JugglerFlags, relational: boolean): StrictMode {
  if (given === undefined || given === null) return relational ? allStrict(flags) : false
  if (given === false) {
    if (!relational) return false
    return flags.strictThrows && flags.strictDrops ? 'throw' : allStrict(flags)
  }
  if (given === 'filter' || given === 'validate') return given
  if (given === 'throw') return flags.strictThrows ? 'throw' : 'validate'
  return allStrict(flags)
}

function allStrict(flags: JugglerFlags): StrictMode {
  return flags.strictDrops ? 'filter' : 'validate'
}

/** Names listed in one of the settings, as an array or as the keys of an object. */
export function namesIn(settings: PlainObject, ...keys: readonly string[]): ReadonlySet<string> {
  const names = new Set<string>()
  for (const key of keys) {
    const given = settings[key]
    if (Array.isArray(given)) for (const name of given) names.add(String(name))
    else if (typeof given === 'object' && given !== null) for (const [name, on] of Object.entries(given)) if (on) names.add(name)
  }
  return names
}

/** A flag that may also be left out. */
export function triState(given: unknown): boolean | undefined {
  return typeof given === 'boolean' ? given : undefined
}
