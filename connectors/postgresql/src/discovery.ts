import { literal, sql, type DiscoveryDialect, type Lookup, type Sql } from '@reloop/connector-sql'

/** What PostgreSQL tells about its tables, from its catalogue: unlike information_schema it shows tables to those who do not own them, too. */
export const discovery = Object.freeze<DiscoveryDialect>({
  tables: ({ owner, views }) =>
    sql`select case when c.relkind in ('v', 'm') then 'view' else 'table' end as type, c.relname as name, n.nspname as owner
      from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where n.nspname = ${owner} and c.relkind in (${literal(views ? "'r', 'p', 'v', 'm'" : "'r', 'p'")}) order by c.relname`,
  columns: (at) =>
    sql`select a.attname as "columnName", format_type(a.atttypid, a.atttypmod) as "dataType",
      case when t.typname in ('varchar', 'bpchar') and a.atttypmod > 4 then a.atttypmod - 4 end as "dataLength",
      case when t.typname = 'numeric' and a.atttypmod > 4 then ((a.atttypmod - 4) >> 16) & 65535 end as "dataPrecision",
      case when t.typname = 'numeric' and a.atttypmod > 4 then (a.atttypmod - 4) & 65535 end as "dataScale",
      case when a.attnotnull then 'NO' else 'YES' end as nullable,
      case when a.attidentity <> '' or pg_get_expr(d.adbin, d.adrelid) like 'nextval(%' then 'YES' else 'NO' end as generated
      from pg_attribute a join pg_type t on t.oid = a.atttypid left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
      where a.attrelid = ${relation(at)} and a.attnum > 0 and not a.attisdropped order by a.attnum`,
  primaryKeys: (at) =>
    sql`select a.attname as "columnName", k.seq as "keySeq", c.conname as "pkName"
      from pg_constraint c cross join unnest(c.conkey) with ordinality k(num, seq) join pg_attribute a on a.attrelid = c.conrelid and a.attnum = k.num
      where c.contype = 'p' and c.conrelid = ${relation(at)} order by k.seq`,
  foreignKeys: (at) => sql`${keys} and c.conrelid = ${relation(at)} ${order}`,
  exportedForeignKeys: (at) => sql`${keys} and c.confrelid = ${relation(at)} ${order}`,
  indexes: (at) => sql`select i.relname as name from pg_index x join pg_class i on i.oid = x.indexrelid where x.indrelid = ${relation(at)}`,
  type: ({ dataType }) => modelType(dataType),
})

const keys = sql`select c.conname as "fkName", child.relname as "fkTableName", ca.attname as "fkColumnName", k.seq as "keySeq",
  parent.relname as "pkTableName", pa.attname as "pkColumnName", pk.conname as "pkName"
  from pg_constraint c
  join pg_class child on child.oid = c.conrelid
  join pg_class parent on parent.oid = c.confrelid
  cross join unnest(c.conkey, c.confkey) with ordinality k(own, other, seq)
  join pg_attribute ca on ca.attrelid = c.conrelid and ca.attnum = k.own
  join pg_attribute pa on pa.attrelid = c.confrelid and pa.attnum = k.other
  left join pg_constraint pk on pk.conrelid = c.confrelid and pk.contype = 'p'
  where c.contype = 'f'`
const order = sql`order by child.relname, c.conname, k.seq`

function relation({ table, owner }: Lookup): Sql {
  return sql`(select c.oid from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = ${owner} and c.relname = ${table})`
}

function modelType(dataType: string): string {
  const text = dataType.toLowerCase()
  if (text.endsWith('[]') || text === 'json' || text === 'jsonb') return 'Object'
  if (text === 'boolean') return 'Boolean'
  if (text === 'bytea') return 'Binary'
  if (text === 'point') return 'GeoPoint'
  if (/^(timestamp|date|time)\b/.test(text)) return 'Date'
  return /^(smallint|integer|bigint|numeric|real|double precision|oid|money)\b/.test(text) ? 'Number' : 'String'
}
