import { trackTransaction, type Awaitable, type IsolationLevel, type Transaction } from '@reloop/connector'
import type { Store } from '../store/store'
import type { RowChange } from '../table/cell'
import type { Table } from '../table/table'
import type { Holder } from './holder'
import { Locks } from './locks'
import { Session } from './session'

/**
 * Open transactions. Each keeps its changes to itself until it commits, so that others read committed rows only; who wants to write a row
 * that an open one has written waits for its end. Above READ COMMITTED a transaction has the store's writes to itself.
 */
export class Transactions {
  readonly locks = new Locks()
  readonly #open = new Set<Session>()
  #exclusive: Session | undefined

  constructor(
    private readonly owner: object,
    private readonly store: Store,
    private readonly timeout: number,
  ) {}

  /** Nobody has to wait. */
  get isFree(): boolean {
    return this.locks.isFree && this.#exclusive === undefined
  }

  async begin(level: IsolationLevel = 'READ COMMITTED'): Promise<Transaction> {
    const alone = level === 'REPEATABLE READ' || level === 'SERIALIZABLE'
    for (let other = this.#inTheWay(alone); other; other = this.#inTheWay(alone)) await other.ended
    const session = new Session({
      commit: (ending) => this.#commit(ending),
      rollback: (ending) => this.#close(ending),
    })
    this.#open.add(session)
    if (alone) this.#exclusive = session
    return trackTransaction(session.steps, { owner: this.owner, timeout: this.timeout })
  }

  /** Who must end before the changes can be written. */
  blocker(table: Table, changes: readonly RowChange[], writer: Session | undefined): Holder | undefined {
    if (this.#exclusive && this.#exclusive !== writer) return this.#exclusive
    return this.locks.blocker(table, changes, writer)
  }

  #inTheWay(alone: boolean): Session | undefined {
    return this.#exclusive ?? (alone ? [...this.#open][0] : undefined)
  }

  #commit(session: Session): Awaitable<void> {
    try {
      this.store.check()
      const changed = session.changes.tables().filter(({ changes }) => changes.length > 0)
      return changed.length > 0 ? this.store.commit(changed) : undefined
    } finally {
      this.#close(session)
    }
  }

  #close(session: Session): void {
    this.locks.release(session)
    this.#open.delete(session)
    if (this.#exclusive === session) this.#exclusive = undefined
  }
}
