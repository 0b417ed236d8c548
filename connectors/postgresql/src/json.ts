import { literal, sql, type JsonDialect, type JsonPlace, type Operand, type Sql } from '@reloop/connector-sql'

const item = literal('"~item"."~value"')

/**
 * jsonb. Places are paths of jsonpath in its lax mode, which goes through lists on its way; an item is a jsonb value, compared with another.
 */
export const json = Object.freeze<JsonDialect>({
  some: (place, unwrap, test) => {
    if (!unwrap && !place.parts.length) return sql`(${present(place.column)} and ${test(place.column)})`
    return sql`exists (select 1 from jsonb_path_query(${place.column}, ${pathOf(place.parts, unwrap ? '[*]' : '')}) "~item"("~value") where ${present(item)} and ${test(item)})`
  },
  equals: (own, operand) => sql`${own} = ${valueOf(operand)}`,
  in: (own, operand) => sql`${own} in (select jsonb_array_elements(${valueOf(operand)}))`,
  ordered: (own, how, operand) =>
    sql`jsonb_typeof(${own}) = jsonb_typeof(${valueOf(operand)}) and ${own} ${literal(how)} ${valueOf(operand)}`,
  text: (own) => sql`case jsonb_typeof(${own}) when 'string' then ${own} #>> '{}' end`,
  list: (own, how, operand) => {
    const wanted = valueOf(operand)
    // An index answers @>; of objects it would find those that hold the wanted one as a part.
    if (how === 'all' && !operand.is(holdsObjects)) return sql`jsonb_typeof(${own}) = 'array' and ${own} @> ${wanted}`
    const held = sql`jsonb_array_elements(${own})`
    const isList = sql`jsonb_typeof(${own}) = 'array'`
    if (how === 'any') return sql`case when ${isList} then exists (select ${held} intersect select jsonb_array_elements(${wanted})) end`
    if (how === 'all') return sql`case when ${isList} then not exists (select jsonb_array_elements(${wanted}) except select ${held}) end`
    return sql`case when ${isList} then not exists (select ${held} except select jsonb_array_elements(${wanted})) end`
  },
  sortable: first,
  readable: first,
  extreme: (place, fn) =>
    sql`(array_agg(${first(place)} order by ${first(place)} ${literal(fn === 'min' ? 'asc' : 'desc nulls last')}))[1]`,
  number: (place) =>
    sql`(select ("~number" #>> '{}')::float8 from (select ${first(place)} "~number") "~numbers" where jsonb_typeof("~number") = 'number')`,
})

function present(value: Sql): Sql {
  return sql`${value} <> 'null'`
}

function first({ column, parts }: JsonPlace): Sql {
  if (!parts.length) return column
  return sql`jsonb_path_query_first(${column}, ${pathOf(parts, ' ? (@ != null)')})`
}

function valueOf(operand: Operand): Sql {
  return sql`${operand.bind(JSON.stringify)}::jsonb`
}

function holdsObjects(value: unknown): boolean {
  return Array.isArray(value) && value.some((one) => typeof one === 'object' && one !== null)
}

/** A path as literal text, its parts quoted one by one: first as jsonpath, then as SQL. */
function pathOf(parts: readonly string[], behind: string): Sql {
  const path = `$${parts.map((part) => `.${JSON.stringify(part)}`).join('')}${behind}`
  // With a backslash in it only the E form means the same whatever the server's standard_conforming_strings.
  const text = path.replaceAll("'", "''")
  return literal(text.includes('\\') ? `E'${text.replaceAll('\\', '\\\\')}'` : `'${text}'`)
}
