import { defineEntity, plainCall, type Transaction } from '@reloop/connector'
import { failureOf, openStore, temporaryFile } from '../fixtures/store'

const note = defineEntity({ name: 'Note', properties: { id: { type: 'number', id: true, generated: true }, text: 'string' } })
const inside = (transaction: Transaction) => ({ ...plainCall, transaction })

describe('a transaction in a file', () => {
  const file = temporaryFile()

  it('lets others read what was there before, without waiting', async () => {
    const { store } = openStore({ file })
    await store.migrate({ entities: [note], mode: 'recreate' })
    await store.insert({ entity: note, rows: [{ text: 'before' }] }, plainCall)
    const transaction = await store.begin({})
    await store.insert({ entity: note, rows: [{ text: 'inside' }] }, inside(transaction))
    expect(store.count({ entity: note }, plainCall)).toBe(1)
    expect(await store.count({ entity: note }, inside(transaction))).toBe(2)
    await transaction.commit()
    expect(store.count({ entity: note }, plainCall)).toBe(2)
    await store.disconnect()
  })

  it('makes others wait with writing, in order', async () => {
    const { store } = openStore({ file })
    await store.migrate({ entities: [note], mode: 'recreate' })
    const transaction = await store.begin({})
    const later = ['a', 'b', 'c'].map(async (text) => store.insert({ entity: note, rows: [{ text }] }, plainCall))
    await store.insert({ entity: note, rows: [{ text: 'first' }] }, inside(transaction))
    await transaction.commit()
    await Promise.all(later)
    expect((await store.find({ entity: note, query: {} }, plainCall)).map((row) => row.text)).toEqual(['first', 'a', 'b', 'c'])
    await store.disconnect()
  })

  it('makes others wait for a bounded time', async () => {
    const { store } = openStore({ file, queryTimeout: 30 })
    await store.migrate({ entities: [note], mode: 'recreate' })
    const transaction = await store.begin({})
    const error = await failureOf(() => store.insert({ entity: note, rows: [{ text: 'late' }] }, plainCall))
    expect([error?.code, error?.statusCode]).toEqual(['QUERY_TIMEOUT', 504])
    await transaction.rollback()
    await store.insert({ entity: note, rows: [{ text: 'again' }] }, plainCall)
    expect(store.count({ entity: note }, plainCall)).toBe(1)
    await store.disconnect()
  })

  it('is finished before the store is closed', async () => {
    const { store } = openStore({ file })
    await store.migrate({ entities: [note], mode: 'recreate' })
    const transaction = await store.begin({})
    await store.insert({ entity: note, rows: [{ text: 'kept' }] }, inside(transaction))
    const closing = store.disconnect()
    await transaction.commit()
    await closing
    const again = openStore({ file }).store
    expect(again.count({ entity: note }, plainCall)).toBe(1)
    await again.disconnect()
  })

  it('keeps foreign keys, also after tables were changed', async () => {
    const child = defineEntity({
      name: 'Child',
      properties: { id: { type: 'integer', id: true }, noteId: 'number' },
      foreignKeys: [{ name: 'child_note', properties: ['noteId'], references: { table: 'Note', columns: ['id'] } }],
    })
    const { store } = openStore({ file })
    await store.migrate({ entities: [note, child], mode: 'recreate' })
    expect((await failureOf(() => store.insert({ entity: child, rows: [{ id: 1, noteId: 9 }] }, plainCall)))?.code).toBe(
      'REFERENCE_VIOLATION',
    )
    const transaction = await store.begin({})
    expect((await failureOf(() => store.insert({ entity: child, rows: [{ id: 1, noteId: 9 }] }, inside(transaction))))?.code).toBe(
      'REFERENCE_VIOLATION',
    )
    await transaction.rollback()
    await store.disconnect()
  })
})

describe('a stream out of a file', () => {
  const file = temporaryFile()

  it('lets others read and write meanwhile', async () => {
    const { store } = openStore({ file })
    await store.migrate({ entities: [note], mode: 'recreate' })
    await store.insert({ entity: note, rows: Array.from({ length: 10 }, (_, index) => ({ text: `t${index}` })) }, plainCall)
    let seen = 0
    for await (const row of store.stream({ entity: note, query: {} }, plainCall)) {
      await store.insert({ entity: note, rows: [{ text: `copy of ${String(row.text)}` }] }, plainCall)
      seen++
    }
    expect([seen, store.count({ entity: note }, plainCall)]).toEqual([10, 20])
    await store.disconnect()
  })
})
