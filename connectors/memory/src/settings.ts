import type { SettingsSchema } from '@reloop/connector'

/** Settings of the memory connector. */
export interface MemorySettings {
  /** Name of the data source; not used here. */
  readonly name?: string
  /** Path of the file that keeps the rows; beside it are `FILE.log` and, while in use, `FILE.lock`. Left out: nothing is kept. */
  readonly file?: string
  /** Bytes up to which `FILE.log` is never folded into FILE while running. @default 1048576 */
  readonly foldAbove?: number
  /** Milliseconds after which an open transaction is rolled back; 0: never. @default 60000 */
  readonly transactionTimeout?: number
  /** Most milliseconds that the regular expressions of one query may take. @default 50 */
  readonly patternTime?: number
  /** Accepted for LoopBack's browser build, where it names an entry of localStorage; a server has none. */
  readonly localStorage?: string
}

/** JSON Schema of them. */
export const memorySettings: SettingsSchema = Object.freeze({
  type: 'object',
  properties: {
    name: { type: 'string' },
    file: { type: 'string', minLength: 1, description: 'Path of the file that keeps the rows' },
    foldAbove: {
      type: 'integer',
      minimum: 0,
      description: 'Bytes up to which the journal is never folded while running',
      default: 1_048_576,
    },
    transactionTimeout: {
      type: 'integer',
      minimum: 0,
      description: 'Milliseconds until an open transaction is rolled back, 0: never',
      default: 60_000,
    },
    patternTime: { type: 'integer', minimum: 1, description: 'Milliseconds for the regular expressions of one query', default: 50 },
    localStorage: { type: 'string', description: 'Not used on a server' },
  },
  additionalProperties: false,
})
