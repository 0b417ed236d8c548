import { sessionOf, type Awaitable, type Call } from '@reloop/connector'
import { bindAll, type Statement } from '../statement/frame'
import type { Table } from '../statement/table'
import { after } from './awaitable'
import type { At, BeginOptions, Driver, RawRow, Ran, Session } from './driver'
import { coded, type Circumstances } from './failure'

/** Whom a statement is run for. */
export interface On {
  readonly table?: Table
  readonly call: Call
  /** Given by a verb that opened a transaction itself; else that of the call. */
  readonly session?: Session
}

/** Runs statements: binds them, finds their session, tells the log, and names what goes wrong. */
export class Runner {
  readonly driver: Driver
  readonly #circumstances: Omit<Circumstances, 'table'>
  readonly #log: ((statement: string, milliseconds: number) => void) | undefined
  readonly #owner: object

  constructor(
    driver: Driver,
    options: { circumstances: Omit<Circumstances, 'table'>; owner: object; log?: (statement: string, milliseconds: number) => void },
  ) {
    this.driver = driver
    this.#circumstances = options.circumstances
    this.#owner = options.owner
    this.#log = options.log
  }

  all(statement: Statement, values: readonly unknown[], on: On): Awaitable<readonly RawRow[]> {
    return this.guard(statement.text, on, () => this.driver.all(statement, bindAll(statement.binds, values), this.at(on)))
  }

  run(statement: Statement, values: readonly unknown[], on: On): Awaitable<Ran> {
    return this.guard(statement.text, on, () => this.driver.run(statement, bindAll(statement.binds, values), this.at(on)))
  }

  async *iterate(statement: Statement, values: readonly unknown[], on: On): AsyncGenerator<RawRow> {
    const started = performance.now()
    try {
      yield* this.driver.iterate(statement, bindAll(statement.binds, values), this.at(on))
    } catch (error) {
      throw this.#coded(error, on)
    } finally {
      this.#log?.(statement.text, performance.now() - started)
    }
  }

  /** Where a statement runs: in the transaction of the call, if it is one of this connector. */
  at(on: On): At {
    const { call } = on
    call.signal?.throwIfAborted()
    const session = on.session ?? sessionOf<Session>(call.transaction, this.#owner)
    return session === undefined && call.signal === undefined ? nowhere : { session, signal: call.signal }
  }

  /** Runs something of the driver's; what it throws is named. */
  guard<T>(text: string, on: On, work: () => Awaitable<T>): Awaitable<T> {
    const started = this.#log && performance.now()
    const told = (value: T) => {
      if (started !== undefined) this.#log!(text, performance.now() - started)
      return value
    }
    try {
      const done = work()
      if (!(done instanceof Promise)) return told(done)
      return done.then(told, (error: unknown) => {
        throw this.#coded(error, on)
      })
    } catch (error) {
      throw this.#coded(error, on)
    }
  }

  /** Runs several statements as one: all of them or none. */
  atomic<T>(on: On, work: (on: On) => Awaitable<T>, options: BeginOptions = {}): Awaitable<T> {
    const { session } = this.at(on)
    if (session) return this.#within(session, on, work)
    return after(
      this.guard('begin', on, () => this.driver.begin(options)),
      (session) =>
        this.#settle(
          () => work({ ...on, session }),
          (how) => this.guard(how, on, () => session.end(how)),
        ),
    )
  }

  #within<T>(session: Session, on: On, work: (on: On) => Awaitable<T>): Awaitable<T> {
    const inside = { ...on, session }
    const name = `reloop_${++savepoints}`
    const say = (text: string) => this.run({ text, binds: [], kept: undefined }, [], inside)
    return after(say(`savepoint ${name}`), () =>
      this.#settle(
        () => work(inside),
        (how) =>
          how === 'commit'
            ? say(`release savepoint ${name}`)
            : after(say(`rollback to savepoint ${name}`), () => say(`release savepoint ${name}`)),
      ),
    )
  }

  #settle<T>(work: () => Awaitable<T>, end: (how: 'commit' | 'rollback') => Awaitable<unknown>): Awaitable<T> {
    const failed = (error: unknown): Awaitable<never> =>
      after(end('rollback'), () => {
        throw error
      })
    try {
      const done = work()
      if (!(done instanceof Promise)) return after(end('commit'), () => done)
      return done.then((value) => after(end('commit'), () => value), failed)
    } catch (error) {
      return failed(error)
    }
  }

  #coded(error: unknown, on: On): Error {
    // The caller's own reason for giving up.
    if (on.call.signal?.aborted && error === on.call.signal.reason) return error as Error
    return coded(error, { ...this.#circumstances, table: on.table, inTransaction: on.call.transaction !== undefined })
  }
}

const nowhere: At = Object.freeze({})
let savepoints = 0
