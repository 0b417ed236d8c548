type Plain = Readonly<Record<string, unknown>>

/** A merge that is not possible: which option, and why. */
export class MergeProblem extends Error {}

/**
 * Lays one configuration over another as LoopBack does: objects deeply, lists element by element, other values replaced by their like.
 *
 * @param base what is there
 * @param over what is laid over it
 * @param at path of the value, for the problem
 * @returns a new value; neither of the given ones is touched
 * @throws MergeProblem
 */
export function merge(base: unknown, over: unknown, at = ''): unknown {
  if (base === undefined || base === null) return over
  if (isPlain(base)) return over === null ? null : mergeObjects(base, over, at)
  if (Array.isArray(base)) return mergeLists(base, over, at)
  if (over === null || typeof over === 'object') throw incompatible(at)
  return over
}

function mergeObjects(base: Plain, over: unknown, at: string): Plain {
  if (!isPlain(over)) throw incompatible(at)
  const merged: Record<string, unknown> = { ...base }
  for (const key of Object.keys(over))
    merged[key] = Object.hasOwn(base, key) ? merge(base[key], over[key], at === '' ? key : `${at}.${key}`) : over[key]
  return merged
}

function mergeLists(base: readonly unknown[], over: unknown, at: string): unknown[] {
  if (!Array.isArray(over)) throw incompatible(at)
  if (base.length !== over.length) throw new MergeProblem(`Cannot merge array values of different length for the option \`${at}\`.`)
  return base.map((item, index) => merge(item, over[index], `${at}[${index}]`))
}

function incompatible(at: string): MergeProblem {
  return new MergeProblem(`Cannot merge values of incompatible types for the option \`${at}\`.`)
}

/** Whether a value is an object of keys; instances of classes are values. */
export function isPlain(value: unknown): value is Plain {
  if (typeof value !== 'object' || value === null) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === null || Object.getPrototypeOf(prototype) === null
}
