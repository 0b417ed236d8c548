import { chunk, localBroker, sessionOf, trackTransaction, type TransactionSteps } from '../src'

const code = (value: string) => expect.objectContaining({ code: value }) as unknown

describe('trackTransaction', () => {
  const owner = {}
  const steps = (log: string[], name = 'outer'): TransactionSteps<string> => ({
    session: name,
    commit: () => void log.push(`commit ${name}`),
    rollback: () => void log.push(`rollback ${name}`),
    begin: () => steps(log, `${name}.inner`),
  })

  it('gives an id, a session and a state', async () => {
    const tx = trackTransaction(steps([]), { owner })
    expect(tx.id).toMatch(/^[0-9a-f-]{36}$/)
    expect([tx.state, tx.session()]).toEqual(['active', 'outer'])
    await tx.commit()
    expect(tx.state).toBe('committed')
    expect(JSON.parse(JSON.stringify(tx))).toEqual({ id: tx.id, state: 'committed' })
  })

  it('ends once', async () => {
    const log: string[] = []
    const tx = trackTransaction(steps(log), { owner })
    await tx.rollback()
    await expect(tx.commit()).rejects.toEqual(code('TRANSACTION_NOT_ACTIVE'))
    await expect(tx.rollback()).rejects.toThrow(`The transaction is not active: ${tx.id}`)
    await expect(tx.begin!()).rejects.toEqual(code('TRANSACTION_NOT_ACTIVE'))
    expect(() => tx.session()).toThrow(code('TRANSACTION_NOT_ACTIVE') as Error)
    expect([log, tx.state]).toEqual([['rollback outer'], 'rolled back'])
  })

  it('cannot be committed twice at once', async () => {
    const log: string[] = []
    const tx = trackTransaction(steps(log), { owner })
    const results = await Promise.allSettled([tx.commit(), tx.commit()])
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected'])
    expect(log).toEqual(['commit outer'])
  })

  it('rolls back when the commit fails, and tells the error of the commit', async () => {
    const log: string[] = []
    const tx = trackTransaction({ ...steps(log), commit: () => Promise.reject(new Error('disk full')) }, { owner })
    await expect(tx.commit()).rejects.toThrow('disk full')
    expect([log, tx.state]).toEqual([['rollback outer'], 'rolled back'])
  })

  it('is rolled back when its time is up', async () => {
    const log: string[] = []
    const tx = trackTransaction(steps(log), { owner, timeout: 10 })
    const inner = (await tx.begin!()) as ReturnType<typeof trackTransaction>
    await new Promise((done) => setTimeout(done, 40))
    expect([log, tx.state]).toEqual([['rollback outer'], 'rolled back'])
    await expect(tx.commit()).rejects.toEqual(code('TRANSACTION_TIMEOUT'))
    expect(() => inner.session()).toThrow(code('TRANSACTION_TIMEOUT') as Error)
  })

  it('forgets its time when it ends before', async () => {
    const log: string[] = []
    await trackTransaction(steps(log), { owner, timeout: 10 }).commit()
    await new Promise((done) => setTimeout(done, 30))
    expect(log).toEqual(['commit outer'])
  })

  it('nests, and takes what is inside along when it ends', async () => {
    const log: string[] = []
    const tx = trackTransaction(steps(log), { owner })
    const inner = (await tx.begin!()) as ReturnType<typeof trackTransaction>
    const innermost = (await inner.begin!()) as ReturnType<typeof trackTransaction>
    expect(innermost.session()).toBe('outer.inner.inner')
    await inner.rollback()
    expect([innermost.state, tx.state]).toEqual(['rolled back', 'active'])
    await tx.commit()
    expect(log).toEqual(['rollback outer.inner', 'commit outer'])
  })

  it('does not nest when the steps do not', () => {
    const { begin: _, ...flat } = steps([])
    expect(trackTransaction(flat, { owner }).begin).toBeUndefined()
  })

  it('gives its session to its own connector only', async () => {
    const tx = trackTransaction(steps([]), { owner })
    expect([sessionOf(tx, owner), sessionOf(tx, {}), sessionOf(undefined, owner)]).toEqual(['outer', undefined, undefined])
    await tx.commit()
    expect(() => sessionOf(tx, owner)).toThrow(code('TRANSACTION_NOT_ACTIVE') as Error)
  })
})

describe('localBroker', () => {
  it('delivers in order, after the current work, to the subscribers of the topic', async () => {
    const broker = localBroker()
    const seen: unknown[] = []
    broker.subscribe('a', (message) => seen.push(message))
    broker.subscribe('b', () => seen.push('wrong'))
    broker.publish('a', 1)
    broker.publish('a', 2)
    expect(seen).toEqual([])
    await Promise.resolve()
    expect(seen).toEqual([1, 2])
  })

  it('ends one subscription and not the same function’s other one', async () => {
    const broker = localBroker()
    const receive = jest.fn()
    const end = broker.subscribe('a', receive)
    broker.subscribe('a', receive)
    end()
    end()
    broker.publish('a', 1)
    await Promise.resolve()
    expect(receive).toHaveBeenCalledTimes(1)
  })

  it('lets one subscriber fail without harm to the others', async () => {
    const errors: unknown[] = []
    const broker = localBroker((error) => errors.push(error))
    const receive = jest.fn()
    broker.subscribe('a', () => {
      throw new Error('boom')
    })
    broker.subscribe('a', receive)
    broker.publish('a', 1)
    await Promise.resolve()
    expect(receive).toHaveBeenCalledWith(1)
    expect(errors).toEqual([new Error('boom')])
  })

  it('drops messages once it is closed', async () => {
    const broker = localBroker()
    const receive = jest.fn()
    broker.subscribe('a', receive)
    broker.publish('a', 1)
    broker.close()
    await Promise.resolve()
    expect(receive).not.toHaveBeenCalled()
  })
})

describe('chunk', () => {
  it('cuts a list into pieces', () => {
    expect(chunk([1, 2, 3, 4, 5], 2)).toEqual([[1, 2], [3, 4], [5]])
    expect(chunk([1, 2], Infinity)).toEqual([[1, 2]])
    expect(chunk([], 3)).toEqual([])
  })
})
