import { defineConnector } from '@reloop/connector'
import { createSqlConnector, type SqlConnector } from '@reloop/connector-sql'
import type { DatabaseClass } from './connection'
import { dialect } from './dialect'
import { SqliteDriver } from './driver'
import { settings, type SqliteSettings } from './settings'

/**
 * SQLite, through the package better-sqlite3. All verbs answer at once, without a promise, unless a transaction makes them wait.
 *
 * Settings: `file` (or `url`), `readonly`, `busyTimeout`, `queryTimeout`, `transactionTimeout`, `statements`.
 *
 * Throws CONNECTOR_DRIVER_MISSING when better-sqlite3 is not installed, and CONNECTOR_UNREACHABLE when the file cannot be opened.
 *
 * @example
 * const { connector } = require('@reloop/connector-sqlite')
 * const store = connector.create({ file: 'app.db' }, { dataSource: 'db', load: require })
 */
export const connector = defineConnector<SqliteSettings>({
  name: 'sqlite',
  settings,
  create: (given, context): SqlConnector => {
    const { readonly = false, busyTimeout = 5000, queryTimeout = 30_000, transactionTimeout = 60_000 } = given
    const file = given.file ?? fileOf(given.url) ?? ':memory:'
    return createSqlConnector({
      dialect,
      driver: new SqliteDriver(() => context.load('better-sqlite3') as DatabaseClass, {
        file,
        readonly,
        busyTimeout,
        queryTime: queryTimeout,
      }),
      address: file,
      queryTime: queryTimeout,
      ...(transactionTimeout > 0 && { transactionTime: transactionTimeout }),
      ...(given.statements !== undefined && { statements: given.statements }),
      ...(context.log && { log: context.log }),
    })
  },
})

function fileOf(url: string | undefined): string | undefined {
  return url?.replace(/^(sqlite3?|file):(\/\/)?/, '')
}
