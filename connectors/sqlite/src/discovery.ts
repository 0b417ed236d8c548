import { literal, sql, type DiscoveryDialect } from '@reloop/connector-sql'

const own = literal(`name not like 'sqlite\\_%' escape '\\'`)

/** What SQLite tells about its tables, through its table-valued pragmas. */
export const discovery = Object.freeze<DiscoveryDialect>({
  tables: ({ views }) =>
    sql`select type, name from sqlite_master where type in ('table', ${literal(views ? "'view'" : "'table'")}) and ${own} order by name`,
  columns: ({ table }) =>
    sql`select name as "columnName", type as "dataType",
      case when type like '%(%' then cast(substr(type, instr(type, '(') + 1) as integer) end as "dataLength",
      case when "notnull" = 0 and pk = 0 then 1 else 0 end as "nullable",
      case when pk = 1 and upper(type) = 'INTEGER' and (select max(pk) from pragma_table_info(${table})) = 1 then 1 else 0 end as "generated",
      '"' || replace(name, '"', '""') || '" ' || type || iif("notnull", ' not null', '') || coalesce(' default (' || dflt_value || ')', '') as "definition"
      from pragma_table_info(${table}) order by cid`,
  primaryKeys: ({ table }) => sql`select name as "columnName", pk as "keySeq" from pragma_table_info(${table}) where pk > 0 order by pk`,
  foreignKeys: ({ table }) =>
    sql`select ${table} || '_fk_' || id as "fkName", ${table} as "fkTableName", "from" as "fkColumnName", seq + 1 as "keySeq",
      "table" as "pkTableName", ${parentColumn} as "pkColumnName" from pragma_foreign_key_list(${table}) "~key" order by id desc, seq`,
  exportedForeignKeys: ({ table }) =>
    sql`select "~child".name || '_fk_' || id as "fkName", "~child".name as "fkTableName", "from" as "fkColumnName", seq + 1 as "keySeq",
      "table" as "pkTableName", ${parentColumn} as "pkColumnName"
      from sqlite_master "~child", pragma_foreign_key_list("~child".name) "~key"
      where "~child".type = 'table' and lower("table") = lower(${table}) order by "~child".name, id desc, seq`,
  indexes: ({ table }) =>
    sql`select name, sql as definition from sqlite_master where type in ('index', 'trigger') and lower(tbl_name) = lower(${table})`,
  type: ({ dataType }) => modelType(dataType),
})

/** A key that names no column points to the primary key. */
const parentColumn = literal('coalesce("to", (select name from pragma_table_info("~key"."table") where pk = seq + 1))')

function modelType(dataType: string): string {
  const text = dataType.toUpperCase()
  if (text.startsWith('BOOL')) return 'Boolean'
  if (/DATE|TIME/.test(text)) return 'Date'
  if (text.startsWith('GEO_')) return 'GeoPoint'
  if (text.startsWith('JSON')) return 'Object'
  if (text.startsWith('DECIMAL_TEXT')) return 'Number'
  if (/CHAR|CLOB|TEXT/.test(text)) return 'String'
  return text.includes('BLOB') || text === '' ? 'Binary' : 'Number'
}
