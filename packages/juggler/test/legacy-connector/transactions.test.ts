import { compare, defineEntity, plainCall, type CrudConnector } from '@reloop/connector'
import { DataSource } from '../../src/data-source/data-source'
import { MapConnector } from './map-connector'

type Done = (error: Error | null, result?: unknown) => void
type Rows = Record<string, Map<unknown, Record<string, unknown>>>

interface Connection {
  readonly kept: Rows
}

/** Transactions as connectors of LoopBack offer them: a connection that comes along in the options. */
class Careful extends MapConnector {
  readonly seen: unknown[] = []

  beginTransaction(level: string, done: Done): void {
    this.seen.push(level)
    const kept = Object.fromEntries(Object.entries(this.rows).map(([model, rows]) => [model, new Map(rows)]))
    process.nextTick(done, null, { kept } satisfies Connection)
  }

  commit(connection: Connection, done: Done): void {
    this.seen.push('commit')
    process.nextTick(done, null)
  }

  rollback(connection: Connection, done: Done): void {
    this.seen.push('rollback')
    Object.assign(this.rows, connection.kept)
    process.nextTick(done, null)
  }
}

describe('transactions of a connector of LoopBack', () => {
  const entity = defineEntity({ name: 'Deal', properties: { id: { type: 'number', id: true, generated: true }, sum: 'number' } })

  async function open(Kind: typeof MapConnector) {
    const source = new DataSource(
      {
        initialize: (host: { connector?: unknown; settings: object }, done: Done) => ((host.connector = new Kind(host)), done(null)),
      },
      {},
    )
    await source.connect()
    const connector = source.connector as CrudConnector & { raw: Careful }
    return { connector, raw: connector.raw }
  }

  it('are tried once, and offered when they work', async () => {
    const { connector, raw } = await open(Careful)
    expect(connector.capabilities.transactions).toBe('flat')
    expect(raw.seen).toEqual(['READ COMMITTED', 'rollback'])
  })

  it('are not offered when every isolation level is refused', async () => {
    class Refusing extends Careful {
      override beginTransaction(level: string, done: Done): void {
        process.nextTick(done, new Error(`near "${level}": syntax error`))
      }
    }
    const { connector } = await open(Refusing)
    expect(connector.capabilities.transactions).toBe('none')
    expect(connector.begin).toBeUndefined()
  })

  it('reach the connector as LoopBack’s option, and end once', async () => {
    const { connector, raw } = await open(Careful)
    connector.define!(entity)
    const transaction = await connector.begin!({ isolationLevel: 'SERIALIZABLE' })
    await connector.insert({ entity, rows: [{ sum: 1 }] }, { options: { mark: 1 }, transaction })
    await connector.find({ entity, query: { where: compare('sum', 'eq', 1) } }, { options: { mark: 1 }, transaction })
    const options = raw.calls.at(-1)![3] as { mark: number; transaction: { connector: unknown; connection: unknown } }
    expect(options.mark).toBe(1)
    expect(options.transaction.connector).toBe(raw)
    expect(options.transaction.connection).toHaveProperty('kept')
    await transaction.rollback()
    expect(await connector.count({ entity }, plainCall)).toBe(0)
    expect(raw.seen.slice(2)).toEqual(['SERIALIZABLE', 'rollback'])
    await expect(transaction.commit()).rejects.toMatchObject({ code: 'TRANSACTION_NOT_ACTIVE' })
  })
})
