/**
 * Copies a value as JSON would write it, but never fails: cycles are cut, big integers become text, and a `toJSON` that throws counts as absent.
 *
 * @returns undefined for what JSON leaves out (functions, symbols, undefined)
 */
export function toPlain(value: unknown, above: readonly object[] = []): unknown {
  if (typeof value === 'bigint') return String(value)
  if (typeof value === 'function' || typeof value === 'symbol') return undefined
  if (typeof value !== 'object' || value === null) return value
  if (above.includes(value)) return '[Circular]'
  const path = [...above, value]
  const json = jsonOf(value)
  if (json !== value) return toPlain(json, path)
  if (Array.isArray(value)) return value.map((item) => toPlain(item, path) ?? null)
  const copy: Record<string, unknown> = {}
  for (const key of Object.keys(value)) {
    const inner = key === '__proto__' ? undefined : toPlain((value as Record<string, unknown>)[key], path)
    if (inner !== undefined) copy[key] = inner
  }
  return copy
}

function jsonOf(value: object): unknown {
  const { toJSON } = value as { toJSON?: unknown }
  if (typeof toJSON !== 'function') return value
  try {
    return toJSON.call(value)
  } catch {
    return undefined
  }
}
