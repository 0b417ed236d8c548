import { randomUUID } from 'node:crypto'
import type { Awaitable, Transaction } from './connector'
import { errors } from './errors'

/** What a connector does to its session when a transaction on it ends, or when one is opened inside it. */
export interface TransactionSteps<S> {
  /** The connection, client or copy of the data that statements of the transaction use. */
  readonly session: S
  commit(): Awaitable<void>
  rollback(): Awaitable<void>
  /** Opens a savepoint; left out: transactions do not nest. */
  begin?(): Awaitable<TransactionSteps<S>>
}

export type TransactionState = 'active' | 'committed' | 'rolled back'

/** A transaction that knows whether it is still open. */
export interface TrackedTransaction<S> extends Transaction {
  readonly state: TransactionState
  /** The session, for a statement. Throws TRANSACTION_NOT_ACTIVE, or TRANSACTION_TIMEOUT after the time was up. */
  session(): S
}

/** Whose the transaction is, and how long it may stay open. */
export interface TransactionOptions {
  /** The connector that opened it; see `sessionOf`. */
  readonly owner: object
  /** Milliseconds until it is rolled back by itself. Left out: no bound. */
  readonly timeout?: number
}

/**
 * Makes a transaction out of a connector's steps: with an id, a state, a bound of time and savepoints inside.
 *
 * It ends once: commit and rollback of a transaction that has ended fail, as does every statement in it. With a transaction end those
 * inside it. A commit that fails rolls back.
 *
 * @param steps what commit, rollback and begin do
 * @param options owner and time
 * @example
 * begin: async () => trackTransaction({ session, commit: () => session.query('COMMIT'), rollback: () => session.query('ROLLBACK') }, { owner: this })
 */
export function trackTransaction<S>(steps: TransactionSteps<S>, options: TransactionOptions): TrackedTransaction<S> {
  return new Tracked(steps, options)
}

/**
 * The session of the transaction that accompanies a call.
 *
 * @param transaction of the call, if there is one
 * @param owner the connector that asks
 * @returns undefined without a transaction, and for one of another connector: such calls run outside
 * @throws TRANSACTION_NOT_ACTIVE, TRANSACTION_TIMEOUT
 * @example const session = sessionOf<Client>(call.transaction, this) ?? this.#pool
 */
export function sessionOf<S>(transaction: Transaction | undefined, owner: object): S | undefined {
  return transaction instanceof Tracked && transaction.owner === owner ? (transaction.session() as S) : undefined
}

class Tracked<S> implements TrackedTransaction<S> {
  readonly id = randomUUID()
  readonly owner: object
  readonly begin?: () => Promise<Transaction>
  readonly #steps: TransactionSteps<S>
  readonly #timer: NodeJS.Timeout | undefined
  readonly #inside = new Set<Tracked<S>>()
  #state: TransactionState = 'active'
  #timedOut: number | undefined

  constructor(steps: TransactionSteps<S>, { owner, timeout }: TransactionOptions) {
    this.owner = owner
    this.#steps = steps
    if (steps.begin) this.begin = () => this.#savepoint(steps.begin!.bind(steps))
    if (timeout !== undefined && timeout !== Infinity) this.#timer = setTimeout(() => void this.#expire(timeout), timeout).unref()
  }

  get state(): TransactionState {
    return this.#state
  }

  session(): S {
    this.#check()
    return this.#steps.session
  }

  async commit(): Promise<void> {
    this.#check()
    this.#end('committed')
    try {
      await this.#steps.commit()
    } catch (error) {
      this.#state = 'rolled back'
      await this.#abandon()
      throw error
    }
  }

  async rollback(): Promise<void> {
    this.#check()
    this.#end('rolled back')
    await this.#steps.rollback()
  }

  toJSON(): { id: string; state: TransactionState } {
    return { id: this.id, state: this.#state }
  }

  async #savepoint(open: () => Awaitable<TransactionSteps<S>>): Promise<Transaction> {
    this.#check()
    const child = new Tracked(await open(), { owner: this.owner })
    this.#inside.add(child)
    return child
  }

  async #expire(milliseconds: number): Promise<void> {
    if (this.#state !== 'active') return
    this.#markExpired(milliseconds)
    this.#end('rolled back')
    await this.#abandon()
  }

  /** A rollback that nobody asked for: what failed before is the error to tell, and a broken connection tells its next user itself. */
  async #abandon(): Promise<void> {
    try {
      await this.#steps.rollback()
    } catch {
      return
    }
  }

  #markExpired(milliseconds: number): void {
    this.#timedOut = milliseconds
    for (const child of this.#inside) child.#markExpired(milliseconds)
  }

  #end(state: TransactionState): void {
    clearTimeout(this.#timer)
    this.#state = state
    for (const child of this.#inside) if (child.#state === 'active') child.#end(state)
    this.#inside.clear()
  }

  #check(): void {
    if (this.#state === 'active') return
    throw this.#timedOut === undefined
      ? errors.TRANSACTION_NOT_ACTIVE({ id: this.id })
      : errors.TRANSACTION_TIMEOUT({ id: this.id, milliseconds: this.#timedOut })
  }
}
