import type { TypeName } from '../contract/type-name'
import { errors } from '../errors'
import { cleanBody } from '../http/poison'
import { defaultLimits } from '../limits'

/** How LoopBack 2 makes a value of a type from whatever came. Returns the value, or an error for a value that cannot be one. */
export type LooseConverter = (value: unknown, name: string) => unknown

/**
 * The conversion of LoopBack 2 for a type.
 *
 * @param type the declared type
 * @param delimiters separators of list items in one text
 */
export function looseConverter(type: TypeName, delimiters?: RegExp): LooseConverter {
  if (typeof type !== 'string') return looseList(type[0], delimiters)
  return table[type] ?? looseObject
}

/**
 * What LoopBack 2 shows to hooks: scalars look like their type already (text that is no number is NaN), objects are still text.
 *
 * @param type the declared type
 * @param delimiters separators of list items in one text
 */
export function softConverter(type: TypeName, delimiters?: RegExp): LooseConverter {
  if (typeof type === 'string' && !Object.hasOwn(table, type)) return (value) => value
  const convert = looseConverter(type, delimiters)
  const fallback = type === 'number' || type === 'integer' ? Number : (value: unknown) => value
  return (value, name) => {
    if (value === undefined) return undefined
    const converted = convert(value, name)
    return converted instanceof Error ? fallback(value) : converted
  }
}

const table: Readonly<Record<string, LooseConverter>> = {
  any: (value) => value,
  buffer: (value, name) => (Buffer.isBuffer(value) ? value : notBytes(value, name)),
  string: (value) => (value === undefined ? undefined : String(value)),
  boolean: (value) => looseBoolean(value),
  date: (value) => (value === undefined ? undefined : new Date(value as string | number)),
  number(value, name) {
    if (value === undefined) return undefined
    const number = Number(value)
    return Number.isNaN(number) ? errors.REMOTING_ARGUMENT_INVALID({ problem: `${name} must be a number` }) : number
  },
  integer(value, name) {
    if (value === undefined) return undefined
    const number = Number(value)
    if (Number.isSafeInteger(number)) return number
    if (Number.isInteger(number)) return errors.REMOTING_ARGUMENT_INVALID({ problem: `${name} must be a safe integer` })
    return errors.REMOTING_ARGUMENT_UNFIT({ name, type: 'integer', value: number })
  },
}

const falseWords = new Set<unknown>(['false', 'undefined', 'null', '0', ''])

function looseBoolean(value: unknown): boolean {
  return typeof value === 'string' ? !falseWords.has(value) : Boolean(value)
}

const looseObject: LooseConverter = (value, name) => {
  const read = readObject(value, name, 'object')
  if (read instanceof Error || value === undefined) return read
  if (typeof read === 'object' && read !== null && !Buffer.isBuffer(read)) return typeof value === 'string' ? cleaned(read) : read
  return errors.REMOTING_ARGUMENT_UNFIT({ name, type: 'object', value: read })
}

/** LoopBack 2 reads text as JSON also where bytes are declared, which come tagged only. */
const notBytes: LooseConverter = (value, name) => {
  const read = readObject(value, name, 'buffer')
  return read instanceof Error || value === undefined ? read : errors.REMOTING_ARGUMENT_UNFIT({ name, type: 'buffer', value: read })
}

/** Objects as they are, text as JSON; an error for anything else. */
function readObject(value: unknown, name: string, type: string): unknown {
  const unreadable = (reason: string) => errors.REMOTING_ARGUMENT_UNREADABLE({ name, type, value, reason })
  if (typeof value === 'object' || value === undefined) return value
  if (typeof value !== 'string') return unreadable(`${name} must be ${type}`)
  try {
    return JSON.parse(value) as unknown
  } catch (error) {
    return unreadable((error as Error).message)
  }
}

function looseList(itemType: string, delimiters?: RegExp): LooseConverter {
  const convert = table[itemType] ?? looseObject
  return (value, name) => {
    const items = itemsOf(value, delimiters)
    const list: unknown[] = []
    for (let index = 0; index < items.length; index++) {
      const converted = convert(items[index], `${name}[${index}]`)
      if (converted instanceof Error) return converted
      list.push(converted)
    }
    return list
  }
}

function itemsOf(value: unknown, delimiters?: RegExp): readonly unknown[] {
  if (value === undefined || value === '') return []
  if (Array.isArray(value)) return value
  if (typeof value !== 'string') return [value]
  if (value.startsWith('[')) {
    try {
      const read = JSON.parse(value) as unknown
      if (Array.isArray(read)) return cleaned(read) as unknown[]
    } catch {
      // Not a list after all: the text is one item.
    }
  }
  return delimiters ? value.split(delimiters) : [value]
}

function cleaned(value: unknown): unknown {
  return cleanBody(value, defaultLimits.body.depth)
}

const unsigned = /^(?:[1-9]\d*|\d*\.\d+)$/
const words = new Map<string, unknown>([
  ['null', null],
  ['true', true],
  ['false', false],
])

/** What LoopBack 2 makes of text without a type: unsigned numbers, true, false and null; anything else stays text. */
export function guessLoosely(value: unknown): unknown {
  if (typeof value !== 'string') return value
  if (words.has(value)) return words.get(value)
  return unsigned.test(value) ? Number(value) : value
}

/** The same for all texts inside an object, at any depth; items of lists stay as they are, as in LoopBack 2. */
export function guessInside(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item: unknown) => (isRecord(item) ? guessInside(item) : item))
  if (!isRecord(value)) return guessLoosely(value)
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, guessInside(item)]))
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype
}
