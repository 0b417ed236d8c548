import type { Awaitable, IsolationLevel } from '@reloop/connector'

/** Text that a driver runs; the same object each time, so that a driver can keep a prepared statement beside it. */
export interface Command {
  readonly text: string
  /** Values come back as the driver gives them to programs; else as codecs take them. */
  readonly natural?: boolean
  /** What the driver keeps. */
  kept?: unknown
}

/** An open transaction on a connection of its own. */
export interface Session {
  /** Ends the transaction and gives the connection back. */
  end(how: 'commit' | 'rollback'): Awaitable<void>
}

/** Where a command runs. */
export interface At {
  readonly session?: Session
  readonly signal?: AbortSignal
}

/** Values of one row in the order of the columns; nothing is decoded yet. */
export type RawRow = readonly unknown[]

/** What a command did, and what it gave back. */
export interface Ran {
  /** Rows changed. */
  readonly count: number
  readonly columns: readonly string[]
  readonly rows: readonly RawRow[]
  /** Integer id of the last row inserted, where the database tells it without being asked. */
  readonly lastId?: number | bigint
}

export interface BeginOptions {
  readonly level?: IsolationLevel
  readonly schema?: boolean
}

/** The way to one database. Everything may answer at once or by a promise; errors are the driver's own. */
export interface Driver {
  /** The driver's own object, for programs that go round us: a pool, a database. Undefined while it is not open. */
  readonly native?: unknown
  open(): Awaitable<void>
  close(): Awaitable<void>
  /** Rows of a query. */
  all(command: Command, parameters: readonly unknown[], at: At): Awaitable<readonly RawRow[]>
  run(command: Command, parameters: readonly unknown[], at: At): Awaitable<Ran>
  /** Rows of a query one after the other, without holding them all. */
  iterate(command: Command, parameters: readonly unknown[], at: At): AsyncIterable<RawRow>
  /** Told that tables were made or changed, so that what is prepared may not fit any more. */
  forget?(): void
  /** Opens a transaction; `schema`: tables are changed in it, and references are not to be checked meanwhile. */
  begin(options: BeginOptions): Awaitable<Session>
}
