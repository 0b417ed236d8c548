import { isPlain, merge, MergeProblem } from './merge'

type Plain = Readonly<Record<string, unknown>>

/**
 * Lays one middleware configuration over another. It may change what is there, and add no phase and no middleware: their order would
 * be a guess. Of several entries of one middleware those of the same name are merged; those without a name are added.
 *
 * @throws MergeProblem
 */
export function mergeMiddleware(base: Plain, over: Plain): Plain {
  const merged: Record<string, unknown> = { ...base }
  for (const phase of Object.keys(over)) {
    if (!Object.hasOwn(base, phase)) throw new MergeProblem(`The phase "${phase}" is not defined in the main config.`)
    merged[phase] = mergePhase((base[phase] ?? {}) as Plain, (over[phase] ?? {}) as Plain, phase)
  }
  return merged
}

function mergePhase(base: Plain, over: Plain, phase: string): Plain {
  const merged: Record<string, unknown> = { ...base }
  for (const name of Object.keys(over)) {
    if (!Object.hasOwn(base, name))
      throw new MergeProblem(`The middleware "${name}" in phase "${phase}" is not defined in the main config.`)
    merged[name] = mergeEntries(base[name], over[name], `${phase}.${name}`)
  }
  return merged
}

function mergeEntries(base: unknown, over: unknown, at: string): unknown {
  if (!Array.isArray(base) && !Array.isArray(over)) return merge(base, over, at)
  const merged: unknown[] = [...listOf(base)]
  for (const entry of listOf(over)) {
    const name = nameOf(entry)
    const place = name === undefined ? -1 : merged.findIndex((other) => nameOf(other) === name)
    if (place === -1) merged.push(entry)
    else merged[place] = merge(merged[place], entry, at)
  }
  return merged
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value]
}

function nameOf(entry: unknown): unknown {
  return isPlain(entry) ? entry.name : undefined
}
