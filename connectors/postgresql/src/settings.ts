import type { SettingsSchema } from '@reloop/connector'

/** Settings of a data source, as in `datasources.json`. */
export interface PostgresqlSettings {
  /** `postgresql://user:password@host:port/database`; what stands in it goes before the other settings. */
  readonly url?: string
  /** The same as `url`. */
  readonly connectionString?: string
  /** Name or address of the server, or the folder of its socket. @default 'localhost' */
  readonly host?: string
  /** @default 5432 */
  readonly port?: number
  readonly user?: string
  /** The same as `user`. */
  readonly username?: string
  readonly password?: string
  readonly database?: string
  /** Schema of tables whose model names none. @default 'public' */
  readonly schema?: string
  /** Encrypts the connection; an object goes to Node's TLS (`ca`, `rejectUnauthorized`, …). @default false */
  readonly ssl?: boolean | Readonly<Record<string, unknown>>
  /** Most connections. @default limits.pool.size, 10 */
  readonly max?: number
  /** Connections that are kept although idle. @default 0 */
  readonly min?: number
  /** Milliseconds until an idle connection is closed. @default 10000 */
  readonly idleTimeoutMillis?: number
  /** Milliseconds to connect. @default limits.time.connect, 5000 */
  readonly connectionTimeoutMillis?: number
  /** Milliseconds to wait for a free connection. @default limits.pool.acquire, 10000 */
  readonly acquireTimeoutMillis?: number
  /** Milliseconds that a statement may take; 0: no bound. @default limits.time.query, 30000 */
  readonly queryTimeout?: number
  /** Milliseconds until a transaction is rolled back by itself; 0: never. @default limits.transaction.time, 60000 */
  readonly transactionTimeout?: number
  /** Keeps statements prepared on the server. Switch off behind a pooler that gives each transaction another connection. @default true */
  readonly preparedStatements?: boolean
  /** Shapes whose statements are kept. @default 1000 */
  readonly statements?: number
  /** What the server lists the connections under. @default 'reloop' */
  readonly applicationName?: string
  /** Further parameters of the session, as `-c name=value`. @default '-c timezone=UTC' */
  readonly options?: string
  /** Told of errors on idle connections, which are replaced anyway. @default 'ignore' */
  readonly onError?: 'ignore' | ((error: Error) => void)
  /** LoopBack's; accepted, but rows without order always come by their ids. */
  readonly defaultIdSort?: boolean | 'numericIdOnly'
  /** LoopBack's; accepted, all operators are always there. */
  readonly allowExtendedOperators?: boolean
}

const text = Object.freeze({ type: 'string', minLength: 1 })
const milliseconds = Object.freeze({ type: 'integer', minimum: 0, maximum: 2_147_483_647 })
const count = Object.freeze({ type: 'integer', minimum: 1 })

/** JSON Schema of the settings; keys that every data source has (`name`, `connector`, …) are checked by the data source. */
export const settings: SettingsSchema = Object.freeze({
  type: 'object',
  properties: Object.freeze({
    url: text,
    connectionString: text,
    host: text,
    port: Object.freeze({ type: 'integer', minimum: 1, maximum: 65_535 }),
    user: text,
    username: text,
    password: Object.freeze({ type: 'string' }),
    database: text,
    schema: text,
    ssl: Object.freeze({ type: ['boolean', 'object'] }),
    max: count,
    min: Object.freeze({ type: 'integer', minimum: 0 }),
    idleTimeoutMillis: milliseconds,
    connectionTimeoutMillis: milliseconds,
    acquireTimeoutMillis: milliseconds,
    queryTimeout: milliseconds,
    transactionTimeout: milliseconds,
    preparedStatements: Object.freeze({ type: 'boolean' }),
    statements: count,
    applicationName: text,
    options: Object.freeze({ type: 'string' }),
    onError: Object.freeze({}),
    defaultIdSort: Object.freeze({ enum: [true, false, 'numericIdOnly'] }),
    allowExtendedOperators: Object.freeze({ type: 'boolean' }),
  }),
  additionalProperties: false,
})
