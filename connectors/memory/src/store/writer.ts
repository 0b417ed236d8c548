import type { Awaitable, Entity } from '@reloop/connector'
import { errors } from '../errors'
import type { RowChange } from '../table/cell'
import type { Table } from '../table/table'
import { wouldNeverEnd, type Holder } from '../transaction/holder'
import type { Session } from '../transaction/session'
import type { Transactions } from '../transaction/transactions'
import { checkUnique } from './check-unique'
import type { Store } from './store'

/** Who writes what. */
export interface Writing {
  readonly entity: Entity
  readonly table: Table
  readonly session: Session | undefined
  readonly signal?: AbortSignal
}

/** What a write comes to: the rows that change, and the answer to the caller. */
export interface Outcome<T> {
  readonly changes: readonly RowChange[]
  readonly result: T
}

/** The one way in which rows change: all of a call's changes or none, at once unless a transaction or the disk must be waited for. */
export class Writer {
  constructor(
    private readonly store: Store,
    private readonly transactions: Transactions,
  ) {}

  /**
   * Computes changes from the rows as they are, and makes them.
   *
   * @param compute called again after every wait, because rows may have changed meanwhile
   * @throws DUPLICATE_ENTRY, TRANSACTION_DEADLOCK, MEMORY_WRITE_FAILED
   */
  write<T>(writing: Writing, compute: () => Outcome<T>): Awaitable<T> {
    const outcome = compute()
    if (this.transactions.isFree) return this.#make(writing, outcome)
    const blocker = this.transactions.blocker(writing.table, outcome.changes, writing.session)
    return blocker ? this.#later(writing, compute, blocker) : this.#make(writing, outcome)
  }

  async #later<T>(writing: Writing, compute: () => Outcome<T>, first: Holder): Promise<T> {
    const { entity, table, session, signal } = writing
    let blocker = first
    for (;;) {
      if (wouldNeverEnd(session, blocker)) throw errors.TRANSACTION_DEADLOCK({ id: session!.id, model: entity.name })
      await waitFor(blocker, session, signal)
      const outcome = compute()
      const next = this.transactions.blocker(table, outcome.changes, session)
      if (!next) return this.#make(writing, outcome)
      blocker = next
    }
  }

  #make<T>({ entity, table, session }: Writing, { changes, result }: Outcome<T>): Awaitable<T> {
    if (changes.length === 0) return result
    const { locks } = this.transactions
    checkUnique({ entity, table, locks, overlay: session?.changes.of(table) }, changes)
    if (session) {
      locks.take(session, table, changes)
      session.changes.add(table, changes)
      return result
    }
    this.store.check()
    const kept = this.store.commit([{ table, changes }])
    return kept ? Promise.resolve(kept).then(() => result) : result
  }
}

async function waitFor(blocker: Holder, session: Session | undefined, signal: AbortSignal | undefined): Promise<void> {
  if (session) session.waitsFor = blocker
  try {
    signal?.throwIfAborted()
    await (signal ? Promise.race([blocker.ended, aborted(signal)]) : blocker.ended)
    signal?.throwIfAborted()
  } finally {
    if (session) session.waitsFor = undefined
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }))
}
