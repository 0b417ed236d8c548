import type { Dialect } from '../dialect'
import type { Driver } from '../run/driver'

/**
 * What code written for LoopBack's SQL connectors asks of `dataSource.connector` beside its verbs: names, quotes and places of the
 * dialect, and the driver's own object as `client`, `pool` and under the driver's name (`pg`). Those of models (`table`,
 * `columnEscaped`, `all`, …) are added by the data source, which knows the models.
 *
 * @param dialect whose words
 * @param driver whose object
 */
export function outward(dialect: Dialect, driver: Driver): PropertyDescriptorMap {
  const members: Readonly<Record<string, unknown>> = {
    relational: true,
    dbName: (name: string) => dialect.dbName(name),
    escapeName: (name: string) => dialect.quote(name),
    escapeValue,
    getPlaceholderForValue: (position: number) => dialect.placeholder(position),
    getPlaceholderForIdentifier: (position: number) => dialect.placeholder(position),
    getTypes: () => ['db', 'rdbms', 'sql', dialect.name],
    getDefaultIdType: () => Number,
    getDefaultSchemaName: () => dialect.schema ?? '',
  }
  return {
    ...Object.fromEntries(Object.entries(members).map(([name, value]) => [name, { value }])),
    ...Object.fromEntries(['client', 'pool', dialect.client].map((name) => [name, { get: () => driver.native }])),
  }
}

/** A value as text of SQL. Statements of ours bind their values: this is for those who write their own text. */
function escapeValue(value: unknown): string {
  if (value === null || value === undefined) return 'NULL'
  if (typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean') return String(value)
  const text = value instanceof Date ? value.toISOString() : typeof value === 'string' ? value : JSON.stringify(value)
  return `'${text.replaceAll("'", "''")}'`
}
