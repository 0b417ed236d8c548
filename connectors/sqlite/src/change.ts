import { literal, sql, type ChangeDialect, type Operand, type Sql } from '@reloop/connector-sql'
import { element, same } from './json'

const one = literal('"~one"')
const old = literal('"~old"')

/** Changes of lists in JSON text. */
export const change = Object.freeze<ChangeDialect>({
  number: (column, operator, { place, property }) =>
    property.type === 'decimal'
      ? sql`reloop_calculate(${literal(`'${operator}'`)}, ${column}, ${place})`
      : sql`coalesce(${column}, 0) ${literal(operator)} ${place}`,
  push: (column, operand) => both(column, operand, literal('')),
  addToSet: (column, operand) =>
    both(
      column,
      operand.map(distinct),
      sql` where not exists (select 1 from json_each(coalesce(${column}, '[]')) ${old} where ${same(old, one)})`,
    ),
  pull: (column, operand) => {
    const taken = sql`exists (select 1 from json_each(${operand.bind(JSON.stringify)}) ${old} where ${same(old, one)})`
    return sql`case when ${column} is not null then (select json_group_array(json("~json")) from (select ${element(one)} "~json" from json_each(${column}) ${one} where not ${taken} order by ${one}.key)) end`
  },
})

/** The list, and behind it those elements of the operand that pass the filter. */
function both(column: Sql, operand: Operand, filter: Sql): Sql {
  const own = sql`select 0 "~part", ${one}.key "~key", ${element(one)} "~json" from json_each(coalesce(${column}, '[]')) ${one}`
  const more = sql`select 1, ${one}.key, ${element(one)} from json_each(${operand.bind(JSON.stringify)}) ${one}${filter}`
  return sql`(select json_group_array(json("~json")) from (${own} union all ${more} order by 1, 2))`
}

function distinct(value: unknown): unknown {
  const seen = new Map((value as readonly unknown[]).map((one) => [JSON.stringify(one), one]))
  return [...seen.values()]
}
