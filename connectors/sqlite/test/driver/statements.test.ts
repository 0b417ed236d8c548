import { compare, defineEntity, parameterize, plainCall } from '@reloop/connector'
import { createSqlConnector, type Dialect } from '@reloop/connector-sql'
import Database from 'better-sqlite3'
import { dialect } from '../../src'
import { SqliteDriver } from '../../src/driver'

const note = defineEntity({
  name: 'Note',
  properties: { id: { type: 'number', id: true, generated: true }, text: 'string', size: 'number' },
})

/** A store whose dialect counts how often it is asked to write something. */
async function counted() {
  let asked = 0
  const counting = new Proxy<Dialect>(
    { ...dialect },
    {
      get: (target, key: keyof Dialect) => {
        const member = target[key]
        if (typeof member !== 'function') return member
        return (...args: readonly unknown[]) => (asked++, (member as (...given: readonly unknown[]) => unknown)(...args))
      },
    },
  )
  const driver = new SqliteDriver(() => Database, { file: ':memory:', readonly: false, busyTimeout: 0, queryTime: 1000 })
  const store = createSqlConnector({ dialect: counting, driver, address: ':memory:', statements: 4 })
  await store.migrate({ entities: [note], mode: 'recreate' })
  const during = async (work: () => unknown) => {
    const before = asked
    await work()
    return asked - before
  }
  return { store, during }
}

describe('what is compiled once', () => {
  it('a second find of the same shape writes nothing', async () => {
    const { store, during } = await counted()
    const find = (id: number) => () => store.find({ entity: note, query: { where: compare('id', 'eq', id), limit: 1 } }, plainCall)
    expect(await during(find(1))).toBeGreaterThan(0)
    expect(await during(find(2))).toBe(0)
    expect(await during(find(3))).toBe(0)
  })

  it('a prepared query writes at its first call only', async () => {
    const { store, during } = await counted()
    const { shape } = parameterize(note, { where: compare('id', 'inq', [1]) })!
    const find = store.prepare(note, shape)
    await find([[1, 2]], plainCall)
    expect(await during(() => find([[3, 4, 5]], plainCall))).toBe(0)
    expect(await during(() => find([[]], plainCall))).toBe(0)
  })

  it('a second create, update, count and remove of the same shape write nothing', async () => {
    const { store, during } = await counted()
    const verbs = (id: number) => [
      () => store.insert({ entity: note, rows: [{ text: 'a', size: id }] }, plainCall),
      () => store.update({ entity: note, where: compare('id', 'eq', id), change: { set: { text: 'b' }, inc: { size: 1 } } }, plainCall),
      () => store.count({ entity: note, where: compare('size', 'gt', id) }, plainCall),
      () => store.upsert({ entity: note, row: { id, text: 'c' } }, plainCall),
      () => store.aggregate({ entity: note, query: { values: { sum: { fn: 'sum', path: ['size'] } } } }, plainCall),
      () => store.remove({ entity: note, where: compare('id', 'eq', id) }, plainCall),
    ]
    for (const verb of verbs(1)) await verb()
    for (const verb of verbs(2)) expect(await during(verb)).toBe(0)
  })

  it('statements are kept for a bounded number of shapes', async () => {
    const { store, during } = await counted()
    const find = (count: number) => () =>
      store.find(
        { entity: note, query: { where: { kind: 'or', items: Array.from({ length: count }, () => compare('size', 'gt', 1)) } } },
        plainCall,
      )
    for (let count = 2; count < 20; count++) await find(count)()
    expect(await during(find(19))).toBe(0)
    expect(await during(find(2))).toBeGreaterThan(0)
  })

  it('a value that needs another text gets it, and both are kept', async () => {
    const { store, during } = await counted()
    const { shape } = parameterize(note, { where: compare('text', 'eq', 'a') })!
    const find = store.prepare(note, shape)
    await store.insert({ entity: note, rows: [{ text: 'a' }, { size: 1 }] }, plainCall)
    expect(await find(['a'], plainCall)).toHaveLength(1)
    expect(await find([null], plainCall)).toEqual([{ id: 2, text: null, size: 1 }])
    expect(await during(() => find(['a'], plainCall))).toBe(0)
    expect(await during(() => find([null], plainCall))).toBe(0)
  })

  it('verbs answer without a promise', async () => {
    const { store } = await counted()
    const [row] = store.insert({ entity: note, rows: [{ text: 'now' }] }, plainCall) as readonly { readonly id: number }[]
    expect(store.find({ entity: note, query: { where: compare('id', 'eq', row!.id) } }, plainCall)).toEqual([
      { id: row!.id, text: 'now', size: null },
    ])
    expect(store.count({ entity: note }, plainCall)).toBe(1)
  })
})
