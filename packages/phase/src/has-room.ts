const ignored = /\/\*[^]*?\*\/|\/\/[^\n]*|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'/g

/**
 * Whether a function can take a callback behind its leading arguments: as a declared parameter (with a default or not), through a rest
 * parameter or through `arguments`.
 *
 * Looks at the function's text where its length does not tell, so ask it once, at registration. A bound or built-in function has no text:
 * its length decides.
 */
export function hasRoom(fn: Function, leading: number): boolean {
  if (fn.length > leading) return true
  const text = Function.prototype.toString.call(fn).replace(ignored, '""')
  const { count, rest, arrow } = parametersOf(text)
  return count > leading || rest || (!arrow && /\barguments\b/.test(text))
}

/** Counts the parameters at the top of the list; what destructuring and defaults hold inside does not count. */
function parametersOf(text: string): { readonly count: number; readonly rest: boolean; readonly arrow: boolean } {
  if (/^(async\s+)?[\w$]+\s*=>/.test(text)) return { count: 1, rest: false, arrow: true }
  const open = text.indexOf('(')
  const parts = ['']
  let depth = 0
  let index = open
  for (; index < text.length; index++) {
    const char = text[index]!
    if (depth === 1 && char === ',') parts.push('')
    else if (depth > 0) parts[parts.length - 1] += char
    if ('([{'.includes(char)) depth++
    else if (')]}'.includes(char) && --depth === 0) break
  }
  const named = parts.map((part) => part.trim()).filter((part) => part !== '' && part !== ')')
  return { count: named.length, rest: named.some((part) => part.startsWith('...')), arrow: /^\s*=>/.test(text.slice(index + 1)) }
}
