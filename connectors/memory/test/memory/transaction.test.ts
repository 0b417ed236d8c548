import { compare, plainCall, type Call, type Row, type Transaction } from '@reloop/connector'
import { createMemoryConnector, type MemoryConnector } from '../../src/index'
import { product, review, storeWith } from '../entities'

const inside = (transaction: Transaction): Call => ({ ...plainCall, transaction })
const names = (store: MemoryConnector, call = plainCall) => store.find({ entity: product, query: {} }, call).map(({ name }) => name)
const byId = (id: number) => compare('id', 'eq', id)
const rename = async (store: MemoryConnector, id: number, name: string, call = plainCall) =>
  store.update({ entity: product, where: byId(id), change: { set: { name } } }, call)
const insert = async (store: MemoryConnector, row: Row, call = plainCall) => store.insert({ entity: product, rows: [row] }, call)

describe('a transaction of the memory connector', () => {
  it('sees its own rows in order, by index and by id, among those of others', async () => {
    const store = storeWith([
      { id: 2, name: 'b', sku: 'B' },
      { id: 4, name: 'd', sku: 'D' },
    ])
    const call = inside(await store.begin({}))
    await insert(store, { id: 3, name: 'c', sku: 'C' }, call)
    await rename(store, 2, 'b2', call)
    await store.remove({ entity: product, where: byId(4) }, call)
    expect(names(store, call)).toEqual(['b2', 'c'])
    expect(store.find({ entity: product, query: { where: compare('sku', 'inq', ['C', 'D']) } }, call)).toHaveLength(1)
    expect(store.count({ entity: product, where: byId(4) }, call)).toBe(0)
    expect(store.count({ entity: product }, call)).toBe(2)
    expect(names(store)).toEqual(['b', 'd'])
  })

  it('sees its own rows on the other side of a join', async () => {
    const store = storeWith([{ id: 1, name: 'a' }])
    const call = inside(await store.begin({}))
    await store.insert({ entity: review, rows: [{ productId: 1, stars: 5 }] }, call)
    const where = { kind: 'related', join: { entity: review, from: ['id'], to: ['productId'] }, quantifier: 'some' } as const
    expect(store.count({ entity: product, where }, call)).toBe(1)
    expect(store.count({ entity: product, where }, plainCall)).toBe(0)
  })

  it('lets others write other rows meanwhile, at once', async () => {
    const store = storeWith([
      { id: 1, name: 'a' },
      { id: 2, name: 'b' },
    ])
    const transaction = await store.begin({})
    await rename(store, 1, 'mine', inside(transaction))
    expect(store.update({ entity: product, where: byId(2), change: { set: { name: 'yours' } } }, plainCall)).toEqual({ count: 1 })
    await transaction.commit()
    expect(names(store)).toEqual(['mine', 'yours'])
  })

  it('makes who writes the same row wait, and see what was committed', async () => {
    const store = storeWith([{ id: 1, name: 'a', price: 1 }])
    const transaction = await store.begin({})
    await store.update({ entity: product, where: byId(1), change: { inc: { price: 1 } } }, inside(transaction))
    const later = Promise.resolve(store.update({ entity: product, where: byId(1), change: { inc: { price: 1 } } }, plainCall))
    expect(store.find({ entity: product, query: {} }, plainCall)[0]!.price).toBe(1)
    await transaction.commit()
    await later
    expect(store.find({ entity: product, query: {} }, plainCall)[0]!.price).toBe(3)
  })

  it('makes who inserts the same unique value wait, and gives way when it is rolled back', async () => {
    const store = storeWith([])
    const transaction = await store.begin({})
    await insert(store, { sku: 'x' }, inside(transaction))
    const later = insert(store, { sku: 'x' })
    await transaction.rollback()
    expect(await later).toEqual([expect.objectContaining({ sku: 'x' })])
    expect(store.count({ entity: product }, plainCall)).toBe(1)
  })

  it('refuses its own duplicates, and takes back a value that it has freed', async () => {
    const store = storeWith([{ id: 1, sku: 'x' }])
    const transaction = await store.begin({})
    const call = inside(transaction)
    await expect(insert(store, { sku: 'x' }, call)).rejects.toThrow('Duplicate entry')
    await store.update({ entity: product, where: byId(1), change: { set: { sku: 'y' } } }, call)
    await insert(store, { id: 5, sku: 'x' }, call)
    await expect(insert(store, { sku: 'x' }, call)).rejects.toThrow('Duplicate entry')
    await expect(insert(store, { sku: 'y' }, call)).rejects.toThrow('Duplicate entry')
    await transaction.commit()
    expect(store.find({ entity: product, query: {} }, plainCall)).toEqual([
      { id: 1, sku: 'y' },
      { id: 5, sku: 'x' },
    ])
  })

  it('breaks a deadlock by refusing who closes the circle', async () => {
    const store = storeWith([
      { id: 1, name: 'a' },
      { id: 2, name: 'b' },
    ])
    const [one, two] = [await store.begin({}), await store.begin({})]
    await rename(store, 1, 'one', inside(one))
    await rename(store, 2, 'two', inside(two))
    const waiting = rename(store, 2, 'one', inside(one))
    await expect(rename(store, 1, 'two', inside(two))).rejects.toMatchObject({ code: 'TRANSACTION_DEADLOCK', statusCode: 409 })
    await two.rollback()
    await waiting
    await one.commit()
    expect(names(store)).toEqual(['one', 'one'])
  })

  it('stops waiting when its call is aborted', async () => {
    const store = storeWith([{ id: 1, name: 'a' }])
    const transaction = await store.begin({})
    await rename(store, 1, 'mine', inside(transaction))
    const abort = new AbortController()
    const waiting = rename(store, 1, 'yours', { ...plainCall, signal: abort.signal })
    abort.abort()
    await expect(waiting).rejects.toMatchObject({ name: 'AbortError' })
    await transaction.rollback()
    expect(names(store)).toEqual(['a'])
  })

  it('drops what was done in a savepoint that is rolled back, and only that', async () => {
    const store = storeWith([{ id: 1, name: 'a' }])
    const transaction = await store.begin({})
    await rename(store, 1, 'b', inside(transaction))
    const savepoint = await transaction.begin!()
    await rename(store, 1, 'c', inside(savepoint))
    await insert(store, { name: 'new' }, inside(savepoint))
    expect(names(store, inside(transaction))).toEqual(['c', 'new'])
    await savepoint.rollback()
    expect(names(store, inside(transaction))).toEqual(['b'])
    await transaction.commit()
    expect(names(store)).toEqual(['b'])
  })

  it('commits with everything in savepoints that are still open', async () => {
    const store = storeWith([{ id: 1, name: 'a' }])
    const transaction = await store.begin({})
    const savepoint = await transaction.begin!()
    await rename(store, 1, 'b', inside(await savepoint.begin!()))
    await transaction.commit()
    expect(names(store)).toEqual(['b'])
  })

  it('has all writes to itself where it is serializable', async () => {
    const store = storeWith([
      { id: 1, name: 'a' },
      { id: 2, name: 'b' },
    ])
    const transaction = await store.begin({ isolationLevel: 'SERIALIZABLE' })
    const later = rename(store, 2, 'c')
    const next = store.begin({})
    expect(names(store, inside(transaction))).toEqual(['a', 'b'])
    await transaction.commit()
    await later
    await (await next).rollback()
    expect(names(store)).toEqual(['a', 'c'])
  })

  it('is rolled back when its time is up, and lets others go on', async () => {
    const store = createMemoryConnector({ transactionTimeout: 20 })
    store.define(product)
    await insert(store, { name: 'a' })
    const transaction = await store.begin({})
    await rename(store, 1, 'mine', inside(transaction))
    // The timer of a transaction does not hold the process.
    const alive = setTimeout(() => undefined, 5000)
    await rename(store, 1, 'yours')
    clearTimeout(alive)
    expect(names(store)).toEqual(['yours'])
    await expect(rename(store, 1, 'late', inside(transaction))).rejects.toMatchObject({ code: 'TRANSACTION_TIMEOUT' })
  })
})
