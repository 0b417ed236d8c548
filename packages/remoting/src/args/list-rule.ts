import { parsed, Unfit, type TypeRule } from './rules'

const notList = new Unfit('Value is not an array.')
const noJson = new Unfit('Cannot parse JSON-encoded array value.')

/** How a list is read from one text. */
export interface ListOptions {
  /** Whether items that must be single values may be lists or objects. */
  readonly scalarsFromLists: boolean
  /** Separators of items in one text (`rest.arrayItemDelimiters`). */
  readonly delimiters: RegExp | undefined
}

/** The rule of a list of one type. */
export function listRule(item: TypeRule, options: ListOptions): TypeRule {
  const refuses = item.scalar && !options.scalarsFromLists
  const fromText = (value: unknown) => (refuses && typeof value === 'object' && value !== null ? notList : item.sloppy(value))
  const typed = (value: unknown) => (value === null ? null : Array.isArray(value) ? each(value, item.typed) : notList)
  const sloppy = (value: unknown) => {
    if (value === '' || value === undefined) return undefined
    if (value === null || value === 'null') return null
    if (typeof value === 'string' && value.startsWith('[') && value.endsWith(']')) return typedText(value, typed)
    const items = typeof value === 'string' && options.delimiters ? value.split(options.delimiters) : Array.isArray(value) ? value : [value]
    return each(items, fromText)
  }
  return { scalar: false, sloppy, typed }
}

function typedText(text: string, typed: (value: unknown) => unknown): unknown {
  const read = parsed(text)
  return read === undefined ? noJson : typed(read)
}

function each(values: readonly unknown[], convert: (value: unknown) => unknown): unknown {
  const list: unknown[] = []
  for (const value of values) {
    const converted = convert(value)
    if (converted instanceof Unfit) return converted
    list.push(converted)
  }
  return list
}

/** Separators as a user gives them, as one expression. */
export function delimitersOf(given: unknown): RegExp | undefined {
  if (given === undefined || given === null || given === '') return undefined
  if (given instanceof RegExp) return given
  const parts = (Array.isArray(given) ? given : [given]).map((part) =>
    part instanceof RegExp ? part.source : String(part).replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'),
  )
  return new RegExp(parts.join('|'))
}
