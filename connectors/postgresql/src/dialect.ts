import { earthPoint, normalizeLike } from '@reloop/connector'
import { literal, sql, type ChangeDialect, type Dialect, type Operand, type Sql } from '@reloop/connector-sql'
import { batch } from './batch'
import { codec, isArrayColumn, pointText } from './codec'
import { ddl } from './ddl'
import { failure } from './failure'
import { json } from './json'
import { patternText } from './pattern'
import { quote } from './quote'

const change = Object.freeze<ChangeDialect>({
  number: (column, operator, { place }) => sql`coalesce(${column}, 0) ${literal(operator)} ${place}`,
  push: (column, operand) => sql`${listOf(column)} || ${jsonOf(operand)}`,
  pull: (column, operand) => {
    const kept = sql`select jsonb_agg("~value" order by "~place") from jsonb_array_elements(${column}) with ordinality "~item"("~value", "~place") where "~value" not in (select jsonb_array_elements(${jsonOf(operand)}))`
    return sql`case when ${column} is not null then coalesce((${kept}), '[]') end`
  },
  addToSet: (column, operand) => {
    const fresh = sql`select jsonb_agg("~value" order by "~place") from jsonb_array_elements(${jsonOf(operand.map(distinct))}) with ordinality "~item"("~value", "~place") where "~value" not in (select jsonb_array_elements(${listOf(column)}))`
    return sql`${listOf(column)} || coalesce((${fresh}), '[]')`
  },
})

/** What PostgreSQL speaks. */
export const dialect = Object.freeze<Dialect>({
  name: 'postgresql',
  client: 'pg',
  capabilities: {
    generatedIds: 'number',
    change: ['inc', 'mul', 'min', 'max', 'push', 'pull', 'addToSet', 'unset'],
    transactions: 'savepoints',
  },
  places: 65_535,
  schema: 'public',
  dbName: (name) => name.toLowerCase(),
  quote,
  placeholder: (position) => `$${position}`,
  codec,
  isNotTrue: (condition) => sql`(${condition}) is not true`,
  jsonColumn: (column, property) => (isArrayColumn(property) ? sql`to_jsonb(${column})` : sql`${column}::jsonb`),
  in: (column, operand, { codec: { encode }, property }) => {
    const list = operand.bind((given) =>
      (given as readonly unknown[]).flatMap((value) => (value === null || value === undefined ? [] : [encode ? encode(value) : value])),
    )
    return property.type === 'geopoint' ? sql`${column}::text = any(${list})` : sql`${column} = any(${list})`
  },
  like: (text, pattern, ignoreCase) =>
    sql`${text}::text ${literal(ignoreCase ? 'ilike' : 'like')} ${pattern.bind((given) => normalizeLike(String(given)))}`,
  regexp: (text, source, flags) => sql`${text}::text ~ ${source.bind((given) => patternText(String(given), flags))}`,
  // An index on what is never null can answer either order as it is.
  direction: (direction, nullable) =>
    direction === 'ASC' ? (nullable ? 'asc nulls first' : 'asc') : nullable ? 'desc nulls last' : 'desc',
  extreme: (column, fn, { type }) => sql`${literal(type === 'boolean' ? (fn === 'min' ? 'bool_and' : 'bool_or') : fn)}(${column})`,
  json,
  geo: {
    lat: (column) => sql`(${column})[1]`,
    lng: (column) => sql`(${column})[0]`,
    inside: (column, { south, north, west, east, west2, east2 }) =>
      sql`(${column} <@ box(point(${west}, ${south}), point(${east}, ${north})) or ${column} <@ box(point(${west2}, ${south}), point(${east2}, ${north})))`,
    equals: (column, operand) => sql`${column} ~= ${operand.bind((value) => (earthPoint(value) ? pointText(earthPoint(value)!) : null))}`,
  },
  change,
  ddl,
  proposed: (column) => sql`excluded.${column}`,
  created: literal('xmax = 0'),
  batch,
  lastId: false,
  rowValues: true,
  failure,
})

function listOf(column: Sql): Sql {
  return sql`coalesce(${column}, '[]')`
}

function jsonOf(operand: Operand): Sql {
  return sql`${operand.bind(JSON.stringify)}::jsonb`
}

function distinct(value: unknown): unknown {
  return [...new Map((value as readonly unknown[]).map((one) => [JSON.stringify(one), one])).values()]
}
