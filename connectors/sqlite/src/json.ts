import { types } from 'node:util'
import { join, literal, place as placeOf, sql, type JsonDialect, type JsonPlace, type Sql } from '@reloop/connector-sql'

const isText = (value: unknown) => typeof value === 'string' || types.isDate(value)
const isNumber = (value: unknown) => typeof value === 'number' || typeof value === 'bigint'
const isBoolean = (value: unknown) => typeof value === 'boolean'

const item = literal('"~item"')
const one = literal('"~one"')

/**
 * JSON in text columns, through json_each. An item is the alias of a row of json_each, of which `type` and `value` are compared together:
 * SQLite gives 1 for `true`, and takes every text for greater than every number.
 */
export const json = Object.freeze<JsonDialect>({
  some: (place, unwrap, test) => {
    const { from, value } = walk(place)
    const last = unwrap ? elements(value, place.list && !place.parts.length) : sql`json_array(json(${value}))`
    return sql`exists (select 1 from ${join([...from, sql`json_each(${last}) ${item}`], ', ')} where ${item}.type <> 'null' and ${test(item)})`
  },
  equals: (own, operand) => {
    if (operand.is(isText)) return sql`${own}.type = 'text' and ${own}.value = ${operand.bind(textOf)}`
    if (operand.is(isNumber)) return sql`${own}.type in ('integer', 'real') and ${own}.value = ${operand.bind()}`
    if (operand.is(isBoolean)) return sql`${own}.type = ${operand.bind(String)}`
    return sql`${own}.type in ('object', 'array') and ${own}.value = ${operand.bind(JSON.stringify)}`
  },
  in: (own, operand) => sql`exists (select 1 from json_each(${operand.bind(JSON.stringify)}) "~in" where ${same(own, literal('"~in"'))})`,
  ordered: (own, how, operand) => {
    const sign = literal(how)
    if (operand.is(isText)) return sql`${own}.type = 'text' and ${own}.value ${sign} ${operand.bind(textOf)}`
    if (operand.is(isNumber)) return sql`${own}.type in ('integer', 'real') and ${own}.value ${sign} ${operand.bind()}`
    if (operand.is(isBoolean)) return sql`${own}.type in ('true', 'false') and ${own}.value ${sign} ${operand.bind(Number)}`
    return literal('1 = 0')
  },
  text: (own) => sql`case ${own}.type when 'text' then ${own}.value end`,
  list: (own, how, operand) => {
    const wanted = sql`json_each(${operand.bind(JSON.stringify)}) "~wanted"`
    const held = sql`json_each(${own}.value) "~held"`
    const equal = same(literal('"~held"'), literal('"~wanted"'))
    const isList = sql`${own}.type = 'array'`
    if (how === 'any') return sql`case when ${isList} then exists (select 1 from ${held}, ${wanted} where ${equal}) end`
    if (how === 'all')
      return sql`case when ${isList} then not exists (select 1 from ${wanted} where not exists (select 1 from ${held} where ${equal})) end`
    return sql`case when ${isList} then not exists (select 1 from ${held} where not exists (select 1 from ${wanted} where ${equal})) end`
  },
  sortable: (place) => first(place, sql`${one}.value`),
  readable: (place) => first(place, element(one)),
  extreme: (place, fn) => sql`json_quote(${literal(fn)}(${first(place, sql`${one}.value`)}))`,
  number: (place) => first(place, sql`case when ${one}.type in ('integer', 'real') then ${one}.value end`),
})

/**
 * JSON text of an element: json_each gives text without its quotes, and 1 for true.
 *
 * @param row alias of a row of json_each
 */
export function element(row: Sql): Sql {
  return sql`case ${row}.type when 'object' then ${row}.value when 'array' then ${row}.value when 'true' then 'true' when 'false' then 'false' else json_quote(${row}.value) end`
}

/** Equality of two rows of json_each. Numbers are compared by value, whether they are whole or not. */
export function same(a: Sql, b: Sql): Sql {
  return sql`${a}.value is ${b}.value and replace(${a}.type, 'integer', 'real') = replace(${b}.type, 'integer', 'real')`
}

/** The first value at a place that is not null. */
function first(place: JsonPlace, value: Sql): Sql {
  const { from, value: last } = walk(place)
  return sql`(select ${value} from ${join([...from, sql`json_each(json_array(json(${last}))) ${one}`], ', ')} where ${one}.type <> 'null' limit 1)`
}

/** One json_each for each list that may lie on the way, and the JSON text at its end. */
function walk({ column, list, parts }: JsonPlace): { readonly from: readonly Sql[]; readonly value: Sql } {
  const from: Sql[] = []
  let value = column
  parts.forEach((part, index) => {
    const alias = literal(`"~${index}-"`)
    from.push(sql`json_each(${elements(value, list && index === 0)}) ${alias}`)
    value = sql`case ${alias}.type when 'object' then ${member(alias, part)} end`
  })
  return { from, value }
}

/** A member of an object. SQLite has no way to quote some characters in a path; keys with these are compared one by one. */
function member(object: Sql, part: string): Sql {
  if (!/["'\\\u0000-\u001f]/.test(part)) return sql`${object}.value -> ${literal(`'$."${part}"'`)}`
  const key = literal('"~member"')
  return sql`(select ${element(key)} from json_each(${object}.value) ${key} where ${key}.key = ${placeOf(() => part)})`
}

/** The elements of a list; anything else stands for itself. */
function elements(value: Sql, isList: boolean): Sql {
  return isList ? value : sql`case json_type(${value}) when 'array' then ${value} else json_array(json(${value})) end`
}

function textOf(value: unknown): unknown {
  return types.isDate(value) ? value.toISOString() : value
}
