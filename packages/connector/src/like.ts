/**
 * Escapes text for use in a `like` pattern, so that `%`, `_` and `\` in it stand for themselves.
 *
 * @param text literal text
 * @example escapeLike('100%') // '100\\%'
 */
export function escapeLike(text: string): string {
  return text.replace(/[\\%_]/g, '\\$&')
}

/** A part of a pattern: literal text, `%` (any text) or `_` (one character). */
export type LikePart = { readonly text: string } | '%' | '_'

/**
 * Takes a `like` pattern apart. A `\` at the very end stands for itself.
 *
 * @param pattern `%` any text, `_` one character, `\` takes the next character literally
 * @returns the parts in order; no two texts and no two `%` in a row
 * @example parseLike('a%') // [{ text: 'a' }, '%']
 */
export function parseLike(pattern: string): readonly LikePart[] {
  const parts: LikePart[] = []
  let text = ''
  const close = () => {
    if (text) parts.push({ text })
    text = ''
  }
  for (let index = 0; index < pattern.length; index++) {
    const char = pattern[index]!
    if (char === '\\') text += pattern[++index] ?? '\\'
    else if (char !== '%' && char !== '_') text += char
    else {
      close()
      if (char === '_' || parts.at(-1) !== '%') parts.push(char)
    }
  }
  close()
  return parts
}

/**
 * Rewrites a `like` pattern so that every store reads it alike: a `\` at the very end, which some refuse, is escaped.
 *
 * @param pattern as in `like`
 * @example normalizeLike('a\\') // 'a\\\\'
 */
export function normalizeLike(pattern: string): string {
  const trailing = /\\*$/.exec(pattern)![0].length
  return trailing % 2 ? `${pattern}\\` : pattern
}

/**
 * The source of an anchored regular expression for a `like` pattern, for stores that have only those; use it with the flag `s`.
 *
 * @param pattern as in `like`
 * @example likeToRegExp('a_%') // '^a..*$'
 */
export function likeToRegExp(pattern: string): string {
  const source = parseLike(pattern).map((part) =>
    part === '%' ? '.*' : part === '_' ? '.' : part.text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&'),
  )
  return `^${source.join('')}$`
}
