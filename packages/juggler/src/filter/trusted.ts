const trusted = new WeakSet<object>()

/** Marks a where as checked already: what it holds beyond the caller's words is ours, and has no bounds. */
export function trust<T extends object>(where: T): T {
  trusted.add(where)
  return where
}

export function isTrusted(where: unknown): boolean {
  return typeof where === 'object' && where !== null && trusted.has(where)
}
