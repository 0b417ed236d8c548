const conditions = new WeakSet<object>()

/** Marks conditions as the layer's own: they may name what the caller may not. */
export function ours<T>(where: T): T {
  if (typeof where === 'object' && where !== null) conditions.add(where)
  return where
}

export function isOurs(where: object): boolean {
  return conditions.has(where)
}
