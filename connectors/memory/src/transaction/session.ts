import type { TransactionSteps } from '@reloop/connector'
import { randomUUID } from 'node:crypto'
import { Changes } from './changes'
import type { Holder } from './holder'

/** What a session does to the store when it ends. */
export interface SessionEnd {
  commit(session: Session): void | Promise<void>
  rollback(session: Session): void
}

/** One open transaction: layers of changes, the outermost first, one more for each savepoint. */
export class Session implements Holder {
  readonly id = randomUUID()
  readonly ended: Promise<void>
  waitsFor?: Holder
  readonly #layers: Changes[] = [new Changes()]
  #finish!: () => void

  constructor(private readonly end: SessionEnd) {
    this.ended = new Promise((resolve) => {
      this.#finish = resolve
    })
  }

  /** What the transaction sees: also who calls with an outer transaction works inside its open savepoint, as in a database. */
  get changes(): Changes {
    return this.#layers.at(-1)!
  }

  get steps(): TransactionSteps<Session> {
    return {
      session: this,
      commit: async () => {
        this.#mergeTo(1)
        try {
          await this.end.commit(this)
        } finally {
          this.#finish()
        }
      },
      rollback: () => {
        this.end.rollback(this)
        this.#finish()
      },
      begin: () => this.#savepoint(),
    }
  }

  #savepoint(): TransactionSteps<Session> {
    const depth = this.#layers.length
    this.#layers.push(new Changes(this.changes))
    return {
      session: this,
      commit: () => this.#mergeTo(depth),
      rollback: () => void (this.#layers.length = depth),
      begin: () => this.#savepoint(),
    }
  }

  #mergeTo(depth: number): void {
    while (this.#layers.length > depth) this.#layers.pop()!.mergeInto(this.changes)
  }
}
