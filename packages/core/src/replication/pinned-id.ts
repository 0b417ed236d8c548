/**
 * The id of the one record that a where can reach, or undefined when it may reach others.
 *
 * @param where of an operation
 * @param name of the id
 */
export function pinnedId(where: unknown, name: string): unknown {
  if (typeof where !== 'object' || where === null) return undefined
  const { [name]: id, and } = where as Readonly<Record<string, unknown>>
  if (id !== undefined && id !== null && !isCondition(id)) return id
  if (!Array.isArray(and)) return undefined
  for (const clause of and as readonly unknown[]) {
    const found = pinnedId(clause, name)
    if (found !== undefined) return found
  }
  return undefined
}

/** Plain objects hold operators; others, such as object ids, are values. */
function isCondition(value: unknown): boolean {
  return typeof value === 'object' && value !== null && [Object.prototype, null].includes(Object.getPrototypeOf(value) as object | null)
}
