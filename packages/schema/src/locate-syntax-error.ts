/** Where a text stops being JSON. Lines and columns count from 1. */
export interface SyntaxPlace {
  readonly line: number
  readonly column: number
  readonly problem: string
}

/**
 * Finds the place that JSON.parse refused; engines differ in whether and how they tell it.
 *
 * @param text a text that JSON.parse refused
 */
export function locateSyntaxError(text: string): SyntaxPlace {
  const { offset, wanted } = scan(text)
  const before = text.slice(0, offset).split('\n')
  const found = offset >= text.length ? 'the end of the file' : JSON.stringify(String.fromCodePoint(text.codePointAt(offset)!))
  return { line: before.length, column: before.at(-1)!.length + 1, problem: `expected ${wanted}, found ${found}` }
}

interface Stop {
  readonly offset: number
  readonly wanted: string
}

const value = 'a value'
const valueOrEnd = 'a value or "]"'
const key = 'a key in double quotes'
const keyOrEnd = 'a key in double quotes or "}"'
const colon = '":"'
const more = 'more'

const space = /[ \t\n\r]*/y
const chars = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*/y
const scalar = /true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y

/** Walks the text with a stack of open brackets until something does not fit. */
function scan(text: string): Stop {
  const open: string[] = []
  let wanted: string = value
  let offset = 0
  for (;;) {
    offset = match(space, text, offset) ?? offset
    const char = text[offset] ?? ''
    if ((wanted === value || wanted === valueOrEnd) && (char === '{' || char === '[')) {
      open.push(char === '{' ? '}' : ']')
      wanted = char === '{' ? keyOrEnd : valueOrEnd
      offset++
    } else if (
      (wanted === valueOrEnd && char === ']') ||
      (wanted === keyOrEnd && char === '}') ||
      (wanted === more && char === open.at(-1))
    ) {
      open.pop()
      wanted = more
      offset++
    } else if (wanted === colon && char === ':') {
      wanted = value
      offset++
    } else if (wanted === more && char === ',' && open.length > 0) {
      wanted = open.at(-1) === '}' ? key : value
      offset++
    } else if (wanted === more || wanted === colon) {
      return { offset, wanted: wanted === colon ? colon : open.length > 0 ? `"," or "${open.at(-1)}"` : 'the end of the file' }
    } else {
      const next = word(text, offset, wanted.startsWith(key))
      if (typeof next !== 'number') return { offset: next?.offset ?? offset, wanted: next?.wanted ?? wanted }
      wanted = wanted.startsWith(key) ? colon : more
      offset = next
    }
  }
}

/** The end of a string, or of a number or literal where one may stand; or where a string breaks; or undefined. */
function word(text: string, offset: number, onlyString: boolean): number | Stop | undefined {
  const end = match(chars, text, offset)
  if (end === undefined) return onlyString ? undefined : match(scalar, text, offset)
  if (text[end] === '"') return end + 1
  return { offset: end, wanted: text[end] === '\\' ? 'a valid escape after "\\"' : 'a closing double quote' }
}

function match(pattern: RegExp, text: string, offset: number): number | undefined {
  pattern.lastIndex = offset
  return pattern.test(text) ? pattern.lastIndex : undefined
}
