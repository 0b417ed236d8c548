import { parseLike, type LikePart } from '../like'

type Text = (text: string) => boolean

/**
 * Compiles a `like` pattern. Takes at most pattern × text steps, whatever the pattern.
 *
 * @param pattern as in `like`
 * @param ignoreCase as in `ilike`
 * @example compileLike('a%', false)('abc') // true
 */
export function compileLike(pattern: string, ignoreCase: boolean): Text {
  const match = compile(parseLike(ignoreCase ? pattern.toLowerCase() : pattern))
  return ignoreCase ? (text) => match(text.toLowerCase()) : match
}

function compile(parts: readonly LikePart[]): Text {
  if (parts.length === 0) return (text) => text === ''
  if (!parts.includes('_')) {
    const literal = literals(parts)
    if (literal) return literal
  }
  const tokens = parts.flatMap<Token>((part) => (typeof part === 'object' ? [...part.text] : part === '%' ? any : one))
  return (text) => walk(tokens, [...text])
}

/** The forms that string methods answer: equal, starts with, ends with, includes. */
function literals(parts: readonly LikePart[]): Text | undefined {
  const [first, second, third] = parts
  if (parts.length === 1) {
    if (typeof first === 'object') return (text) => text === first.text
    return () => true
  }
  if (parts.length === 2 && typeof first === 'object') return (text) => text.startsWith(first.text)
  if (parts.length === 2 && typeof second === 'object') return (text) => text.endsWith(second.text)
  if (parts.length === 3 && first === '%' && typeof second === 'object' && third === '%') return (text) => text.includes(second.text)
  return undefined
}

type Token = string | symbol

const any = Symbol('%')
const one = Symbol('_')

/** Greedy with one place to return to: a later `%` makes the earlier one settled. */
function walk(tokens: readonly Token[], text: readonly string[]): boolean {
  let [at, token, star, resume] = [0, 0, -1, 0]
  while (at < text.length) {
    const wanted = tokens[token]
    if (wanted === any) {
      star = token++
      resume = at
    } else if (token < tokens.length && (wanted === one || wanted === text[at])) {
      token++
      at++
    } else if (star >= 0) {
      token = star + 1
      at = ++resume
    } else return false
  }
  while (tokens[token] === any) token++
  return token === tokens.length
}
