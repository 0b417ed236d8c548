import type { Command, Ran, RawRow } from '@reloop/connector-sql'
import type Database from 'better-sqlite3'
import { calculate, decimalKey, foldCase, matches } from './functions'

export type DatabaseClass = typeof Database

/** Where the database is, and how it is opened. */
export interface SqliteLocation {
  /** Path of the file, or `:memory:`. */
  readonly file: string
  readonly readonly: boolean
  /** Milliseconds to wait for another process that holds the database. */
  readonly busyTimeout: number
  /** Milliseconds to wait for a transaction of this process. */
  readonly queryTime: number
}

interface Prepared {
  readonly of: Connection
  readonly statement: Database.Statement<unknown[], unknown>
  readonly columns: readonly string[]
}

const noRows: readonly RawRow[] = Object.freeze([])
const noColumns: readonly string[] = Object.freeze([])

/** One open database with its prepared statements. */
export class Connection {
  readonly #database: Database.Database
  readonly #prepared = new WeakMap<Command, Prepared>()

  #unchecked = false

  constructor(Class: DatabaseClass, { file, readonly, busyTimeout }: SqliteLocation) {
    const database = opened(() => new Class(file, { readonly, timeout: busyTimeout }))
    if (!readonly && file !== ':memory:') database.pragma('journal_mode = wal')
    database.pragma('foreign_keys = on')
    // For REGEXP in commands of the program's own.
    database.function('regexp', { deterministic: true }, (source: unknown, text: unknown) => matches('', source, text))
    database.function('reloop_regexp', { deterministic: true }, matches)
    database.function('reloop_fold', { deterministic: true }, foldCase)
    database.function('reloop_decimal', { deterministic: true }, decimalKey)
    database.function('reloop_calculate', { deterministic: true }, calculate)
    this.#database = database
  }

  get native(): Database.Database {
    return this.#database
  }

  all(command: Command, parameters: readonly unknown[]): readonly RawRow[] {
    return this.#prepare(command).statement.all(parameters) as RawRow[]
  }

  run(command: Command, parameters: readonly unknown[]): Ran {
    const { statement, columns } = this.#prepare(command)
    if (statement.reader) {
      const rows = statement.all(parameters) as RawRow[]
      return { count: rows.length, columns, rows }
    }
    const { changes, lastInsertRowid } = statement.run(parameters)
    return { count: changes, columns, rows: noRows, lastId: lastInsertRowid }
  }

  iterate(command: Command, parameters: readonly unknown[]): Iterable<RawRow> {
    return this.#prepare(command).statement.iterate(parameters) as Iterable<RawRow>
  }

  /** Whether a command changes nothing. */
  reads(command: Command): boolean {
    return this.#prepare(command).statement.readonly
  }

  /** Takes the right to write at once, so that the transaction cannot fail for it later. */
  begin(schema: boolean): void {
    // Inside a transaction this setting cannot be changed.
    if (schema) this.#database.pragma('foreign_keys = off')
    this.#unchecked = schema
    this.#database.exec('begin immediate')
  }

  /** An error may have ended the transaction already. */
  end(how: 'commit' | 'rollback'): void {
    try {
      if (how === 'commit' || this.#database.inTransaction) this.#database.exec(how)
    } finally {
      if (this.#unchecked && !this.#database.inTransaction) this.#database.pragma('foreign_keys = on')
    }
  }

  close(): void {
    this.#database.close()
  }

  /** The first connection keeps its statements on the commands, which spares a look-up. */
  #prepare(command: Command): Prepared {
    const kept = command.kept as Prepared | undefined
    if (kept?.of === this) return kept
    let prepared = this.#prepared.get(command)
    if (!prepared) {
      const statement = this.#database.prepare<unknown[], unknown>(command.text)
      if (statement.reader) statement.raw()
      prepared = { of: this, statement, columns: statement.reader ? statement.columns().map(({ name }) => name) : noColumns }
      this.#prepared.set(command, prepared)
      command.kept ??= prepared
    }
    return prepared
  }
}

/** better-sqlite3 has errors of its own for folders that do not exist; they get the code that SQLite would give. */
function opened(open: () => Database.Database): Database.Database {
  try {
    return open()
  } catch (error) {
    if ('code' in (error as object)) throw error
    throw Object.assign(new Error('The file cannot be opened.', { cause: error }), { code: 'SQLITE_CANTOPEN' })
  }
}
