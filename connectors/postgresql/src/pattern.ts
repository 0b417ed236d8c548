import { compilePattern } from '@reloop/connector'

/** Escapes that PostgreSQL writes in another way; in brackets `\b` is a backspace in both. */
const words: Readonly<Record<string, string>> = { b: '\\y', B: '\\Y' }

/**
 * Writes a regular expression of JavaScript as PostgreSQL reads it. What PostgreSQL cannot read is refused there, as PATTERN_INVALID.
 *
 * @param source of a RegExp
 * @param flags among i, m, s
 * @returns text for the operator `~`
 * @throws PATTERN_INVALID when JavaScript cannot read it either
 */
export function patternText(source: string, flags: string): string {
  compilePattern({ source, flags })
  let inBrackets = false
  const text = source.replace(/\\(x[\da-f]{2}|[^])|\[|\]|\(\?<(?![=!])[^>]*>/gi, (found, escape: string | undefined) => {
    if (escape !== undefined) return inBrackets ? escaped(escape) : (words[escape] ?? escaped(escape))
    if (found === '[') inBrackets = true
    else if (found === ']') inBrackets = false
    // Names of groups mean nothing to a search.
    else if (!inBrackets) return '('
    return found
  })
  return `(?${flags.includes('i') ? 'i' : ''}${newlines(flags)})${text}`
}

/** `\x41` is followed by any number of digits in PostgreSQL, `\u0041` is not. */
function escaped(escape: string): string {
  return escape.length === 3 ? `\\u00${escape.slice(1)}` : `\\${escape}`
}

/** In JavaScript the dot does not match a line break, and ^ and $ match at the ends of the text only. */
function newlines(flags: string): string {
  if (flags.includes('m')) return flags.includes('s') ? 'w' : 'n'
  return flags.includes('s') ? 's' : 'p'
}
