/**
 * Whether a function can see arguments beyond its declared ones: through `arguments`, a rest parameter or a default value.
 *
 * Looks at the function's text, so ask it once, at registration. A bound or built-in function has no text; it counts as not reading.
 */
export function readsArguments(fn: Function): boolean {
  const text = Function.prototype.toString.call(fn)
  return /\barguments\b/.test(text) || /\.\.\.|=(?!>)/.test(parameters(text))
}

/** The text between the parentheses of the parameter list, or up to the arrow. */
function parameters(text: string): string {
  const open = text.indexOf('(')
  const arrow = text.indexOf('=>')
  if (open === -1 || (arrow !== -1 && arrow < open)) return ''
  let depth = 0
  for (let index = open; index < text.length; index++) {
    if (text[index] === '(') depth++
    if (text[index] === ')' && --depth === 0) return text.slice(open + 1, index)
  }
  return ''
}
