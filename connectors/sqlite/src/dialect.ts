import { normalizeLike, parseLike } from '@reloop/connector'
import { literal, sql, type Dialect, type Operand, type Sql } from '@reloop/connector-sql'
import { randomUUID } from 'node:crypto'
import { change } from './change'
import { codec } from './codec'
import { ddl } from './ddl'
import { failure } from './failure'
import { patternOf } from './functions'
import { json } from './json'

/** What SQLite speaks. */
export const dialect: Dialect = Object.freeze({
  name: 'sqlite',
  client: 'better-sqlite3',
  capabilities: {
    generatedIds: 'number',
    change: ['inc', 'mul', 'min', 'max', 'push', 'pull', 'addToSet', 'unset'],
    transactions: 'savepoints',
  },
  places: 32_766,
  dbName: (name) => name.toLowerCase(),
  quote,
  placeholder: () => '?',
  codec,
  isNotTrue: (condition) => sql`(${condition}) is not true`,
  readable: (column, { type }) => (type === 'bigint' ? sql`cast(${column} as text)` : column),
  comparable: (column, { type }) => (type === 'decimal' ? sql`reloop_decimal(${column})` : column),
  in: (column, operand, { codec: { encode }, property }) => {
    if (property.type === 'decimal')
      return sql`reloop_decimal(${column}) in (select reloop_decimal(value) from json_each(${operand.bind(JSON.stringify)}))`
    if (property.type === 'buffer') return sql`hex(${column}) in (select upper(value) from json_each(${operand.bind(hexList)}))`
    return sql`${column} in (select value from json_each(${operand.bind((list) => listText(list as readonly unknown[], encode!))}))`
  },
  like,
  regexp: (text, source, flags) => {
    const checked = source.bind((pattern) => (patternOf(String(pattern), flags), pattern))
    return sql`reloop_regexp(${literal(`'${flags.replace(/[^a-z]/g, '')}'`)}, ${checked}, ${text})`
  },
  direction: (direction) => direction.toLowerCase(),
  json,
  geo: {
    lat: (column) => sql`json_extract(${column}, '$.lat')`,
    lng: (column) => sql`json_extract(${column}, '$.lng')`,
    inside: (column, box) => {
      const [lat, lng] = [literal('lat'), literal('lng')].map((part) => sql`json_extract(${column}, '$.${part}')`) as [Sql, Sql]
      return sql`${lat} between ${box.south} and ${box.north} and (${lng} between ${box.west} and ${box.east} or ${lng} between ${box.west2} and ${box.east2})`
    },
  },
  change,
  ddl,
  // A bare place behind LIMIT would be planned by its value: the statement would be prepared anew each time.
  count: (number) => sql`(${number} + 0)`,
  proposed: (column) => sql`excluded.${column}`,
  lastId: true,
  rowValues: true,
  generate: ({ type }) => (type === 'string' || type === 'text' ? randomUUID() : undefined),
  failure,
} satisfies Dialect)

/** Quotes a name; a quote inside is doubled. */
function quote(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}

/**
 * GLOB regards case, and an index on the column answers it. Without regard to case LIKE does, as long as the pattern is ASCII; beyond that SQLite
 * does not fold case.
 */
function like(text: Sql, pattern: Operand, ignoreCase: boolean): Sql {
  if (!ignoreCase) return sql`${text} glob ${pattern.bind((given) => globOf(String(given)))}`
  if (pattern.is(isAscii)) return sql`${text} like ${pattern.bind((given) => normalizeLike(String(given)))} escape '\\'`
  return sql`reloop_fold(${text}) glob ${pattern.bind((given) => globOf(String(given).toLowerCase()))}`
}

function isAscii(value: unknown): boolean {
  return typeof value === 'string' && /^[\0-\x7f]*$/.test(value)
}

function globOf(pattern: string): string {
  return parseLike(pattern)
    .map((part) => (typeof part === 'object' ? part.text.replace(/[*?[]/g, '[$&]') : part === '%' ? '*' : '?'))
    .join('')
}

/** A list as JSON; integers beyond those of JavaScript are written with all their digits. */
function listText(list: readonly unknown[], encode: (value: unknown) => unknown): string {
  const items = list.flatMap((value) => (value === null || value === undefined ? [] : [encode(value)]))
  return `[${items.map((item) => (typeof item === 'bigint' ? String(item) : JSON.stringify(item))).join()}]`
}

function hexList(list: unknown): string {
  return JSON.stringify((list as readonly Uint8Array[]).map((bytes) => Buffer.from(bytes).toString('hex')))
}
