/**
 * The known name that a mistyped one most likely meant, for "did you mean …?" in messages.
 *
 * @param given the name as written
 * @param known the names that exist
 * @returns the nearest name, or undefined when none is close: more than a third of the length apart (2 for short names), or nothing in common
 * @example nearest('persistd', ['persisted', 'public']) // 'persisted'
 */
export function nearest(given: string, known: Iterable<string>): string | undefined {
  if (given.length > 64) return undefined
  let best: string | undefined
  let least = Math.max(2, Math.floor(given.length / 3)) + 1
  for (const name of known) {
    const away = distance(given.toLowerCase(), name.toLowerCase(), least)
    if (away < least && away < Math.max(given.length, name.length)) [best, least] = [name, away]
  }
  return best
}

function distance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) >= limit) return limit
  let row = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const changed = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)
      next[j] = Math.min(changed, row[j]! + 1, next[j - 1]! + 1)
    }
    row = next
  }
  return row[b.length]!
}
