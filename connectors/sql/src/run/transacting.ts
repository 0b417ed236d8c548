import { plainCall, trackTransaction, type IsolationLevel, type Transaction, type TransactionSteps } from '@reloop/connector'
import type { Session } from './driver'
import type { On, Runner } from './runner'

let savepoints = 0

/** Opens transactions, and savepoints inside them. */
export class Transacting {
  readonly #runner: Runner
  readonly #owner: object
  readonly #timeout: number | undefined

  /**
   * @param runner runs what begins and ends them
   * @param owner whose the transactions are
   * @param timeout milliseconds until one is rolled back; undefined: no bound
   */
  constructor(runner: Runner, owner: object, timeout: number | undefined) {
    this.#runner = runner
    this.#owner = owner
    this.#timeout = timeout
  }

  async begin(level: IsolationLevel | undefined): Promise<Transaction> {
    const on: On = { call: plainCall }
    const session = await this.#runner.guard('begin', on, () => this.#runner.driver.begin(level === undefined ? {} : { level }))
    const end = (how: 'commit' | 'rollback') => this.#runner.guard(how, { ...on, session }, () => session.end(how))
    const steps: TransactionSteps<Session> = {
      session,
      commit: () => end('commit'),
      rollback: () => end('rollback'),
      begin: () => this.#inner(session),
    }
    return trackTransaction(steps, { owner: this.#owner, ...(this.#timeout !== undefined && { timeout: this.#timeout }) })
  }

  async #inner(session: Session): Promise<TransactionSteps<Session>> {
    const name = `reloop_inner_${++savepoints}`
    const say = async (text: string) => {
      await this.#runner.run({ text, binds: [], kept: undefined }, [], { call: plainCall, session })
    }
    await say(`savepoint ${name}`)
    return {
      session,
      commit: () => say(`release savepoint ${name}`),
      rollback: async () => {
        await say(`rollback to savepoint ${name}`)
        await say(`release savepoint ${name}`)
      },
      begin: () => this.#inner(session),
    }
  }
}
