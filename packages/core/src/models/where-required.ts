/**
 * Whether a where has a condition at all: `{}`, and `and`/`or` of nothing but such, have none and would reach every row.
 *
 * @param where what a client sent
 */
export function hasCondition(where: unknown): boolean {
  if (typeof where !== 'object' || where === null || Array.isArray(where)) return false
  return Object.entries(where).some(([key, value]) => {
    if (key !== 'and' && key !== 'or' && key !== 'nor') return value !== undefined
    return Array.isArray(value) && (key === 'and' ? value.some(hasCondition) : value.length > 0 && value.every(hasCondition))
  })
}
