import type { Awaitable } from '@reloop/connector'
import type { At, BeginOptions, Command, Driver, Ran, RawRow, Session } from '@reloop/connector-sql'
import { Connection, type DatabaseClass, type SqliteLocation } from './connection'
import { Gate } from './gate'

/**
 * Runs commands on better-sqlite3, which answers at once.
 *
 * A transaction in a file has a connection of its own: others read what was there before, and write when it is over. The database `:memory:` has
 * one connection, so that all others wait until the transaction is over.
 */
export class SqliteDriver implements Driver {
  readonly #load: () => DatabaseClass
  readonly #location: SqliteLocation
  readonly #gate: Gate
  #main: Connection | undefined
  /** Kept from the last transaction, with its prepared statements. */
  #spare: Connection | undefined

  constructor(load: () => DatabaseClass, location: SqliteLocation) {
    this.#load = load
    this.#location = location
    this.#gate = new Gate(location.queryTime)
  }

  get native(): unknown {
    return this.#main?.native
  }

  open(): void {
    this.#main ??= this.#connect()
  }

  async close(): Promise<void> {
    const main = this.#main
    if (!main) return
    await this.#gate.wait(() => {
      this.#main = undefined
      this.#spare?.close()
      this.#spare = undefined
      main.close()
    })
  }

  all(command: Command, parameters: readonly unknown[], at: At): Awaitable<readonly RawRow[]> {
    if (at.session) return (at.session as SqliteSession).connection.all(command, parameters)
    const main = this.#connection()
    return this.#mustWait(main, command) ? this.#gate.wait(() => main.all(command, parameters)) : main.all(command, parameters)
  }

  run(command: Command, parameters: readonly unknown[], at: At): Awaitable<Ran> {
    if (at.session) return (at.session as SqliteSession).connection.run(command, parameters)
    const main = this.#connection()
    return this.#mustWait(main, command) ? this.#gate.wait(() => main.run(command, parameters)) : main.run(command, parameters)
  }

  /** Nothing else runs on a connection while it iterates, so that a stream out of a file has one of its own. */
  async *iterate(command: Command, parameters: readonly unknown[], at: At): AsyncGenerator<RawRow> {
    if (at.session || this.#inMemory) {
      yield* await this.all(command, parameters, at)
      return
    }
    const own = this.#connect()
    try {
      yield* own.iterate(command, parameters)
    } finally {
      own.close()
    }
  }

  /** SQLite knows SERIALIZABLE only, which is more than any other level asks for. */
  begin({ schema = false }: BeginOptions): Awaitable<Session> {
    return this.#gate.busy ? this.#gate.wait(() => this.#begin(schema)) : this.#begin(schema)
  }

  #begin(schema: boolean): SqliteSession {
    const connection = this.#inMemory ? this.#connection() : (this.#spare ?? this.#connect())
    this.#spare = undefined
    connection.begin(schema)
    this.#gate.close()
    return new SqliteSession(connection, () => {
      if (connection !== this.#main) this.#spare = connection
      this.#gate.open()
    })
  }

  #mustWait(main: Connection, command: Command): boolean {
    return this.#gate.busy && (this.#inMemory || !main.reads(command))
  }

  get #inMemory(): boolean {
    return this.#location.file === ':memory:'
  }

  #connection(): Connection {
    return (this.#main ??= this.#connect())
  }

  #connect(): Connection {
    return new Connection(this.#load(), this.#location)
  }
}

class SqliteSession implements Session {
  readonly connection: Connection
  readonly #ended: () => void

  constructor(connection: Connection, ended: () => void) {
    this.connection = connection
    this.#ended = ended
  }

  end(how: 'commit' | 'rollback'): void {
    try {
      this.connection.end(how)
    } finally {
      this.#ended()
    }
  }
}
