import { createServer } from 'node:net'
import { plainCall, type Connector } from '@reloop/connector'
import { connector } from '../../src'
import { describeOnServer } from '../fixtures/server'
import { category } from '../fixtures/shop'

const load = (name: string) => require(name) as unknown
const failed = (work: () => unknown) =>
  Promise.resolve()
    .then(work)
    .then(
      () => undefined,
      (error: unknown) => error as Error & { code: string; statusCode: number },
    )

describeOnServer('limits of PostgreSQL', (database) => {
  it('end a statement that takes too long', async () => {
    const store = await database.open({ queryTimeout: 50 })
    const error = await failed(() => store.execute('select pg_sleep(5)', [], plainCall))
    expect([error?.code, error?.statusCode, error?.message]).toEqual([
      'QUERY_TIMEOUT',
      504,
      'The statement took over 50 ms (limits.time.query).',
    ])
  })

  it('do not end a change of tables', async () => {
    const store = await database.open({ queryTimeout: 200 })
    const slow = await database.open()
    const blocker = await slow.begin({})
    await slow.migrate({ entities: [category], mode: 'alter' })
    await slow.insert({ entity: category, rows: [{ title: 'a' }] }, { ...plainCall, transaction: blocker })
    const migrating = store.migrate({ entities: [category], mode: 'recreate' })
    await new Promise((resolve) => setTimeout(resolve, 500))
    await blocker.commit()
    await expect(migrating).resolves.toBeUndefined()
  })

  it('bound the wait for a free connection', async () => {
    const store = await database.open({ max: 1, acquireTimeoutMillis: 60 })
    const transaction = await store.begin({})
    const error = await failed(() => store.ping())
    expect([error?.code, error?.statusCode]).toEqual(['POOL_EXHAUSTED', 503])
    await transaction.rollback()
    await store.ping()
  })

  it('end a statement when its caller gives up, and the connection stays good', async () => {
    const store = await database.open({ max: 1 })
    const aborter = new AbortController()
    const work = failed(() => store.execute('select pg_sleep(20)', [], { ...plainCall, signal: aborter.signal }))
    setTimeout(() => aborter.abort(), 50)
    const started = Date.now()
    expect((await work)?.name).toBe('AbortError')
    expect(Date.now() - started).toBeLessThan(10_000)
    await store.ping()
  })

  it('roll back a transaction that stays open', async () => {
    const store = await database.open({ transactionTimeout: 50 })
    await store.migrate({ entities: [category], mode: 'recreate' })
    const transaction = await store.begin({})
    await new Promise((resolve) => setTimeout(resolve, 120))
    const error = await failed(() => store.insert({ entity: category, rows: [{ title: 'late' }] }, { ...plainCall, transaction }))
    expect(error?.code).toBe('TRANSACTION_TIMEOUT')
    expect(await store.count({ entity: category }, plainCall)).toBe(0)
  })

  it('tell of a commit that committed nothing', async () => {
    const store = await database.open()
    const transaction = await store.begin({})
    const call = { ...plainCall, transaction }
    await failed(() => store.execute('select nonsense', [], call))
    expect((await failed(() => transaction.commit()))?.code).toBe('QUERY_FAILED')
  })
})

describe('a server that cannot be used', () => {
  const open = (settings: object): Connector => connector.create(settings, { dataSource: 'test', load })

  it('is told with host and port, and not in the words of the driver', async () => {
    const error = await failed(() => open({ host: '127.0.0.1', port: 1, user: 'u', password: 'secret', database: 'd' }).connect())
    expect([error?.code, error?.message]).toEqual([
      'CONNECTOR_UNREACHABLE',
      'Connector postgresql cannot reach 127.0.0.1:1: the connection was refused',
    ])
  })

  it('is told by its url without the password', async () => {
    const error = await failed(() => open({ url: 'postgresql://u:secret@127.0.0.1:1/d' }).connect())
    expect(error?.message).toBe('Connector postgresql cannot reach 127.0.0.1:1: the connection was refused')
  })

  it('is given up when it does not answer', async () => {
    const silent = createServer(() => undefined)
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
    const { port } = silent.address() as { port: number }
    const error = await failed(() => open({ host: '127.0.0.1', port, user: 'u', database: 'd', connectionTimeoutMillis: 80 }).connect())
    expect([error?.code, error?.message]).toEqual([
      'CONNECTOR_UNREACHABLE',
      `Connector postgresql cannot reach 127.0.0.1:${port}: it does not answer`,
    ])
    silent.close()
  })

  it('is told when the package pg is missing', async () => {
    const missing = () => {
      throw Object.assign(new Error('not installed'), { code: 'CONNECTOR_DRIVER_MISSING' })
    }
    const store = connector.create({}, { dataSource: 'test', load: missing })
    expect(await failed(() => store.connect())).toBeDefined()
  })

  it('is refused with an address that is none', () => {
    expect(() => open({ url: 'not an address' })).toThrow(expect.objectContaining({ code: 'CONNECTOR_SETTINGS_INVALID' }) as Error)
  })
})
