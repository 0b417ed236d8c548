import { isPlainObject, type PlainObject } from '../value/plain'
import { unwatched } from '../model/watch'

/**
 * Merges the settings of a base model with those of a subclass: arrays are united, objects merged, other values replaced.
 *
 * @param base settings of the base
 * @param own settings of the subclass
 * @param dropped names that are not inherited
 */
export function inheritSettings(base: PlainObject, own: PlainObject, dropped: readonly string[]): PlainObject {
  const kept = Object.fromEntries(Object.entries(base).filter(([name]) => !dropped.includes(name)))
  return merge(kept, own) as PlainObject
}

function merge(given: unknown, over: unknown): unknown {
  const [base, own] = [unwatched(given), unwatched(over)]
  if (own === undefined) return copy(base)
  if (Array.isArray(base) && Array.isArray(own)) return unite(base, own)
  if (!isPlainObject(base) || !isPlainObject(own)) return copy(own)
  const merged: PlainObject = {}
  for (const key of new Set([...Object.keys(base), ...Object.keys(own)])) {
    if (key !== '__proto__') merged[key] = key in own ? merge(base[key], own[key]) : copy(base[key])
  }
  return merged
}

function unite(base: readonly unknown[], own: readonly unknown[]): unknown[] {
  const seen = new Set<string>()
  return [...base, ...own].filter((item) => {
    const key = isPlainObject(item) ? JSON.stringify(item) : `${typeof item} ${String(item)}`
    if (seen.has(key)) return false
    seen.add(key)
    return true
  })
}

/** A deep copy of plain objects and arrays; functions and instances of classes are shared. */
export function copy(given: unknown): unknown {
  const value = unwatched(given)
  if (Array.isArray(value)) return value.map(copy)
  if (!isPlainObject(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, copy(item)]))
}

/** Merges declared properties; `null` or `false` removes an inherited one, and own ids replace those of the base. */
export function inheritProperties(base: Record<string, PlainObject>, own: PlainObject, excluded: readonly string[]): PlainObject {
  const ownIds = Object.values(own).some((form) => isPlainObject(form) && form.id)
  const merged: PlainObject = {}
  for (const [name, form] of Object.entries(base)) {
    if (excluded.includes(name) || (ownIds && form.id)) continue
    merged[name] = { ...(copy(form) as PlainObject), type: form.type }
  }
  for (const [name, form] of Object.entries(own)) {
    if (form === null || form === false) delete merged[name]
    else merged[name] = form
  }
  return merged
}
