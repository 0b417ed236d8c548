import { errors, type IsolationLevel } from '@reloop/connector'
import type { At, BeginOptions, Command, Driver, Ran, RawRow, Session } from '@reloop/connector-sql'
import type pg from 'pg'
import { PgSession } from './session'
import { StatementNames } from './statement-names'
import { textTypes } from './types'

/** What the driver needs of the package pg. */
export type PgModule = Pick<typeof pg, 'Client' | 'Pool' | 'types'>

/** How it is used. */
export interface PgOptions {
  readonly pool: pg.PoolConfig
  /** Milliseconds to connect. */
  readonly connectTimeout: number
  /** Milliseconds to wait for a free connection. */
  readonly acquireTimeout: number
  readonly preparedStatements: boolean
  readonly onError: (error: Error) => void
}

type Result = pg.QueryArrayResult<unknown[]>
const rowsAtOnce = 500

/** Runs commands on PostgreSQL through a pool of pg; frequent ones as prepared statements. */
export class PgDriver implements Driver {
  readonly #load: () => PgModule
  readonly #options: PgOptions
  readonly #names: StatementNames
  #pool: pg.Pool | undefined
  #types: pg.CustomTypesConfig | undefined
  #cursors = 0

  constructor(load: () => PgModule, options: PgOptions) {
    this.#load = load
    this.#options = options
    this.#names = new StatementNames(options.preparedStatements)
  }

  get native(): unknown {
    return this.#pool
  }

  async open(): Promise<void> {
    if (this.#pool) return
    const { Client, Pool, types } = this.#load()
    const { acquireTimeout, connectTimeout, onError, pool: config } = this.#options
    // The pool knows one time for waiting and connecting; each connection gets its own here.
    class TimedClient extends Client {
      constructor(given?: pg.ClientConfig) {
        super({ ...given, connectionTimeoutMillis: connectTimeout })
      }
    }
    const pool = new Pool({ ...config, Client: TimedClient, connectionTimeoutMillis: acquireTimeout })
    // An idle connection that breaks is replaced; without a listener its error would end the process.
    pool.on('error', onError)
    try {
      const client = await pool.connect()
      client.release()
    } catch (error) {
      await pool.end()
      throw error
    }
    this.#types = textTypes(types)
    this.#pool = pool
  }

  async close(): Promise<void> {
    const pool = this.#pool
    this.#pool = undefined
    await pool?.end()
  }

  async all(command: Command, parameters: readonly unknown[], at: At): Promise<readonly RawRow[]> {
    return (await this.#query(command, parameters, at)).rows
  }

  async run(command: Command, parameters: readonly unknown[], at: At): Promise<Ran> {
    const { rowCount, fields, rows } = await this.#query(command, parameters, at)
    return { count: rowCount ?? 0, columns: fields.map(({ name }) => name), rows }
  }

  /** Reads through a cursor, some hundred rows at a time. */
  async *iterate(command: Command, parameters: readonly unknown[], at: At): AsyncGenerator<RawRow> {
    const own = at.session ? undefined : await this.begin({})
    const session = at.session ?? own!
    const inside = { ...at, session }
    const cursor = `reloop_cursor_${++this.#cursors}`
    const say = (text: string, values: readonly unknown[] = []) => this.#query({ text }, values, inside)
    try {
      await say(`declare ${cursor} no scroll cursor for ${command.text}`, parameters)
      for (;;) {
        const { rows } = await say(`fetch ${rowsAtOnce} from ${cursor}`)
        yield* rows
        if (rows.length < rowsAtOnce) break
      }
      if (!own) await say(`close ${cursor}`)
    } finally {
      await own?.end('rollback')
    }
  }

  forget(): void {
    this.#names.forget()
  }

  async begin({ level, schema }: BeginOptions): Promise<Session> {
    const session = new PgSession(await this.#acquire())
    try {
      await session.client.query(beginText(level))
      // An index over many rows takes longer than any query should.
      if (schema) await session.client.query('set local statement_timeout = 0')
    } catch (error) {
      session.client.release(error as Error)
      throw error
    }
    return session
  }

  async #query(command: Command, parameters: readonly unknown[], at: At): Promise<Result> {
    const name = this.#names.for(command)
    const config = {
      text: command.text,
      values: parameters as unknown[],
      rowMode: 'array' as const,
      ...(name !== undefined && { name }),
      ...(!command.natural && { types: this.#types }),
    }
    const session = at.session as PgSession | undefined
    try {
      if (at.signal) return await this.#cancellable(config, { session, signal: at.signal })
      return await (session ? session.query(config) : this.#connected().query<unknown[]>(config))
    } catch (error) {
      if (name === undefined || session || !this.#names.isStale(error)) throw this.#told(error)
      this.#names.renew(command)
      return this.#query(command, parameters, at)
    }
  }

  /** The connection goes back only when the request to cancel is through, so that it cannot meet the next statement. */
  async #cancellable(
    config: pg.QueryArrayConfig,
    { session, signal }: { session: PgSession | undefined; signal: AbortSignal },
  ): Promise<Result> {
    signal.throwIfAborted()
    const client = session?.client ?? (await this.#acquire())
    let cancelling: Promise<unknown> | undefined
    const cancel = () => {
      cancelling = this.#cancel((client as unknown as { readonly processID: number }).processID)
    }
    signal.addEventListener('abort', cancel, { once: true })
    try {
      return await (session ? session.query(config) : client.query<unknown[]>(config))
    } catch (error) {
      throw signal.aborted ? signal.reason : error
    } finally {
      signal.removeEventListener('abort', cancel)
      await cancelling
      if (!session) client.release()
    }
  }

  /** On a connection of its own, because those of the pool may all be busy. Where it fails, the statement goes on until its own time is up. */
  async #cancel(processID: number): Promise<void> {
    const { Client } = this.#load()
    const client = new Client({ ...this.#options.pool, connectionTimeoutMillis: this.#options.connectTimeout })
    try {
      await client.connect()
      await client.query('select pg_cancel_backend($1)', [processID])
    } catch (error) {
      this.#options.onError(error as Error)
    } finally {
      await client.end()
    }
  }

  async #acquire(): Promise<pg.PoolClient> {
    try {
      return await this.#connected().connect()
    } catch (error) {
      throw this.#told(error)
    }
  }

  #connected(): pg.Pool {
    if (this.#pool) return this.#pool
    throw Object.assign(new Error('not connected'), { code: 'ENOTCONN' })
  }

  /** The pool says the same of waiting in vain and of a server that does not answer; connecting has its own, shorter time. */
  #told(error: unknown): unknown {
    if (!(error instanceof Error) || error.message !== 'timeout exceeded when trying to connect') return error
    return errors.POOL_EXHAUSTED({ milliseconds: this.#options.acquireTimeout }, { cause: error })
  }
}

function beginText(level: IsolationLevel | undefined): string {
  return level === undefined ? 'begin' : `begin isolation level ${level.toLowerCase()}`
}
