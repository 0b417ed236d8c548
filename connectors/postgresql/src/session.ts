import type { Session } from '@reloop/connector-sql'
import type pg from 'pg'

const silent = () => undefined

/** A transaction on a connection of its own. */
export class PgSession implements Session {
  readonly client: pg.PoolClient
  #last: Promise<unknown> | undefined

  constructor(client: pg.PoolClient) {
    this.client = client
    // A connection that breaks between two statements tells so at the next one; without a listener it would end the process.
    client.on('error', silent)
  }

  /** Statements of one transaction may be sent at once; they run one after the other. */
  query(config: pg.QueryArrayConfig): Promise<pg.QueryArrayResult<unknown[]>> {
    const result = this.#last ? this.#last.then(() => this.client.query<unknown[]>(config)) : this.client.query<unknown[]>(config)
    const settled = result.then(silent, silent).then(() => {
      if (this.#last === settled) this.#last = undefined
    })
    this.#last = settled
    return result
  }

  async end(how: 'commit' | 'rollback'): Promise<void> {
    let broken: Error | undefined
    try {
      await this.#last
      const { command } = await this.client.query(how)
      // After a failed statement the server answers COMMIT with a rollback, and calls it a success.
      if (how === 'commit' && command === 'ROLLBACK')
        throw new Error('A statement in the transaction had failed, so that nothing was committed.')
    } catch (error) {
      broken = error as Error
      throw error
    } finally {
      this.client.off('error', silent)
      this.client.release(broken)
    }
  }
}
