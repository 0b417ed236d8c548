import { defineConnector, errors } from '@reloop/connector'
import { createSqlConnector, type SqlConnector } from '@reloop/connector-sql'
import type { PoolConfig } from 'pg'
import { dialect } from './dialect'
import { PgDriver, type PgModule } from './driver'
import { settings, type PostgresqlSettings } from './settings'

/**
 * PostgreSQL, through the package pg.
 *
 * Settings: `url`, or `host`, `port`, `user`, `password`, `database`; `schema`, `ssl`, and those of the pool (`max`, `min`, `idleTimeoutMillis`, …).
 *
 * Throws CONNECTOR_DRIVER_MISSING when pg is not installed, and CONNECTOR_UNREACHABLE, naming host and port, when the server cannot be used.
 *
 * @example
 * const { connector } = require('@reloop/connector-postgresql')
 * const store = connector.create({ url: 'postgresql://localhost/shop' }, { dataSource: 'db', load: require })
 */
export const connector = defineConnector<PostgresqlSettings>({
  name: 'postgresql',
  settings,
  create: (given, context): SqlConnector => {
    const {
      queryTimeout = 30_000,
      transactionTimeout = 60_000,
      acquireTimeoutMillis = 10_000,
      connectionTimeoutMillis = 5000,
      onError,
    } = given
    const driver = new PgDriver(() => context.load('pg') as PgModule, {
      pool: poolOf(given, queryTimeout),
      connectTimeout: connectionTimeoutMillis,
      acquireTimeout: acquireTimeoutMillis,
      preparedStatements: given.preparedStatements ?? true,
      onError: typeof onError === 'function' ? onError : ignore,
    })
    return createSqlConnector({
      dialect,
      driver,
      address: addressOf(given),
      queryTime: queryTimeout,
      ...(given.schema !== undefined && { schema: given.schema }),
      ...(transactionTimeout > 0 && { transactionTime: transactionTimeout }),
      ...(given.statements !== undefined && { statements: given.statements }),
      ...(context.log && { log: context.log }),
    })
  },
})

function poolOf(given: PostgresqlSettings, queryTimeout: number): PoolConfig {
  const { host, port, password, database, ssl, max = 10, min, idleTimeoutMillis = 10_000 } = given
  const user = given.user ?? given.username
  const connectionString = given.url ?? given.connectionString
  const stated = { host, port, user, password, database, ssl, min, connectionString }
  return {
    ...Object.fromEntries(Object.entries(stated).filter(([, value]) => value !== undefined)),
    max,
    idleTimeoutMillis,
    application_name: given.applicationName ?? 'reloop',
    options: given.options ?? '-c timezone=UTC',
    ...(queryTimeout > 0 && { statement_timeout: queryTimeout }),
  }
}

/** Host and port, for messages; never the user or the password. */
function addressOf(given: PostgresqlSettings): string {
  const text = given.url ?? given.connectionString
  const url = text === undefined ? undefined : parsed(text)
  const host = url?.hostname || url?.searchParams.get('host') || (given.host ?? 'localhost')
  return `${host}:${url?.port || (given.port ?? 5432)}`
}

function parsed(text: string): URL {
  try {
    return new URL(text)
  } catch (cause) {
    throw errors.CONNECTOR_SETTINGS_INVALID(
      { connector: 'postgresql', problem: 'url is not postgresql://user:password@host:port/database' },
      { cause },
    )
  }
}

function ignore(): void {}
