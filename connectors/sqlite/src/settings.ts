import type { SettingsSchema } from '@reloop/connector'

/** Settings of a data source, as in `datasources.json`. */
export interface SqliteSettings {
  /** Path of the database file, or `:memory:`. @default ':memory:' */
  readonly file?: string
  /** The same as `file`, also as `sqlite:path` or `file:path`. */
  readonly url?: string
  /** Opens the file for reading only. @default false */
  readonly readonly?: boolean
  /** Milliseconds to wait while another process writes; the whole process waits. @default 5000 */
  readonly busyTimeout?: number
  /** Milliseconds to wait for a transaction of this process. @default limits.time.query, 30000 */
  readonly queryTimeout?: number
  /** Milliseconds until a transaction is rolled back by itself; 0: never. @default limits.transaction.time, 60000 */
  readonly transactionTimeout?: number
  /** Shapes whose statements are kept. @default 1000 */
  readonly statements?: number
}

const milliseconds = Object.freeze({ type: 'integer', minimum: 0, maximum: 2_147_483_647 })

/** JSON Schema of the settings; keys that every data source has (`name`, `connector`, …) are checked by the data source. */
export const settings: SettingsSchema = Object.freeze({
  type: 'object',
  properties: Object.freeze({
    file: Object.freeze({ type: 'string', minLength: 1 }),
    url: Object.freeze({ type: 'string', minLength: 1 }),
    readonly: Object.freeze({ type: 'boolean' }),
    busyTimeout: milliseconds,
    queryTimeout: milliseconds,
    transactionTimeout: milliseconds,
    statements: Object.freeze({ type: 'integer', minimum: 1 }),
  }),
  additionalProperties: false,
})
