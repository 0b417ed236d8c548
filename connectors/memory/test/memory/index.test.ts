import { and, compare, defineEntity, or, parameterize, plainCall, type Query, type Row } from '@reloop/connector'
import { createMemoryConnector, type MemoryConnector } from '../../src/index'

const many = 100_000
const item = defineEntity({
  name: 'Item',
  properties: {
    id: { type: 'number', id: true, generated: true },
    code: { type: 'string', unique: true },
    shelf: { type: 'number', index: true },
    price: 'number',
    born: { type: 'date', index: true },
  },
  indexes: [
    {
      name: 'place',
      keys: [
        { property: 'shelf', direction: 'ASC' },
        { property: 'price', direction: 'ASC' },
      ],
    },
  ],
})
const booking = defineEntity({ name: 'Booking', properties: { flight: { type: 'string', id: 1 }, seat: { type: 'number', id: 2 } } })

function rowAt(index: number): Row {
  return { id: index + 1, code: `c${index}`, shelf: index % 1000, price: index % 7, born: new Date(index * 1000) }
}

/** Milliseconds of the quickest of several runs, so that other load does not tell. */
function quickest(run: () => unknown): number {
  const times = Array.from({ length: 20 }, () => {
    const start = performance.now()
    for (let count = 0; count < 50; count++) run()
    return performance.now() - start
  })
  return Math.min(...times)
}

function storeOf(count: number): MemoryConnector {
  const store = createMemoryConnector()
  store.define(item)
  store.define(booking)
  void store.insert({ entity: item, rows: Array.from({ length: count }, (_, index) => rowAt(index)) }, plainCall)
  const bookings = Array.from({ length: count }, (_, index) => ({ flight: `f${index % 500}`, seat: index }))
  void store.insert({ entity: booking, rows: bookings }, plainCall)
  return store
}

describe('look-ups over 100,000 rows', () => {
  let small: MemoryConnector
  let store: MemoryConnector
  const find = (query: Query, of = store) => of.find({ entity: item, query }, plainCall)

  beforeAll(() => {
    small = storeOf(many / 100)
    store = storeOf(many)
  })

  /** With 100 times the rows a scan takes 100 times as long. */
  function expectNoScan(run: (of: MemoryConnector) => unknown): void {
    expect(quickest(() => run(store))).toBeLessThan(quickest(() => run(small)) * 10)
  }

  const lookups: readonly (readonly [title: string, query: Query, ids: readonly unknown[]])[] = [
    ['by id', { where: compare('id', 'eq', 77_777) }, [77_777]],
    ['by a list of ids', { where: compare('id', 'inq', [5, 3, 99_999, 3, -1]) }, [3, 5, 99_999]],
    ['by a unique property', { where: compare('code', 'eq', 'c500') }, [501]],
    ['by a list of a unique property', { where: compare('code', 'inq', ['c7', 'c5']) }, [6, 8]],
    ['by an indexed property and another one', { where: and([compare('shelf', 'eq', 12), compare('code', 'eq', 'c2012')]) }, [2013]],
    ['by an index of two properties', { where: and([compare('price', 'eq', 3), compare('shelf', 'eq', 3)]), limit: 2 }, [4, 7004]],
    ['by a date', { where: compare('born', 'eq', new Date(5000)) }, [6]],
    ['by one of several look-ups', { where: or([compare('id', 'eq', 9), compare('code', 'eq', 'c0')]) }, [1, 9]],
    ['by id, within a larger condition', { where: and([compare('price', 'gte', 0), and([compare('id', 'eq', 4)])]) }, [4]],
  ]

  it.each(lookups)('touch no other rows %s', (_title, query, ids) => {
    expect(find(query).map(({ id }) => id)).toEqual(ids)
    expectNoScan((of) => find(query, of))
  })

  it('touch no other rows by a composite id', () => {
    const query = { where: and([compare('seat', 'eq', 1003), compare('flight', 'eq', 'f3')]) }
    const look = (of: MemoryConnector) => of.find({ entity: booking, query }, plainCall)
    expect(look(store)).toEqual([{ flight: 'f3', seat: 1003 }])
    expectNoScan(look)
  })

  it('touch no other rows on update and remove', () => {
    const where = compare('code', 'eq', 'c42')
    expectNoScan((of) => of.update({ entity: item, where, change: { inc: { price: 1 } } }, plainCall))
    expectNoScan((of) => of.remove({ entity: item, where: compare('id', 'eq', -1) }, plainCall))
  })

  it('give the stored row itself, frozen in its own list, when prepared for one id', () => {
    const { shape, values } = parameterize(item, { where: compare('id', 'eq', 5) })!
    const run = store.prepare(item, shape)
    const [first, second] = [run(values, plainCall), run(values, plainCall)]
    expect(first).toEqual([expect.objectContaining({ id: 5 })])
    expect(first).toBe(second)
    expect(Object.isFrozen(first)).toBe(true)
  })

  it('cost no more with 100 times the rows when prepared for one id', () => {
    const { shape } = parameterize(item, { where: compare('id', 'eq', 5) })!
    const prepared = new Map([small, store].map((of) => [of, of.prepare(item, shape)]))
    expectNoScan((of) => Array.from({ length: 100 }, (_, index) => prepared.get(of)!([index + 1], plainCall)))
  })

  it('find rows as they are after changes', () => {
    void store.update({ entity: item, where: compare('id', 'eq', 10), change: { set: { shelf: -5 } } }, plainCall)
    expect(find({ where: compare('shelf', 'eq', -5) }).map(({ id }) => id)).toEqual([10])
    expect(find({ where: and([compare('shelf', 'eq', 9), compare('id', 'lt', 20)]) })).toEqual([])
    void store.remove({ entity: item, where: compare('id', 'eq', 10) }, plainCall)
    expect(find({ where: compare('shelf', 'eq', -5) })).toEqual([])
  })

  it('follow a model that changes', () => {
    const table = createMemoryConnector()
    const before = defineEntity({ name: 'Thing', properties: { id: { type: 'number', id: true }, a: 'string' } })
    const after = defineEntity({ name: 'Thing', properties: { id: { type: 'number', id: true }, a: { type: 'string', unique: true } } })
    void table.insert({ entity: before, rows: [{ id: 1, a: 'x' }] }, plainCall)
    table.define(after)
    expect(() => table.insert({ entity: after, rows: [{ id: 2, a: 'x' }] }, plainCall)).toThrow('Duplicate entry for Thing.a')
    table.define(before)
    void table.insert({ entity: before, rows: [{ id: 2, a: 'x' }] }, plainCall)
    expect(table.count({ entity: before }, plainCall)).toBe(2)
  })

  it('find what equals without having the same type', () => {
    const table = createMemoryConnector()
    const account = defineEntity({
      name: 'Account',
      properties: {
        id: { type: 'bigint', id: true },
        sum: { type: 'decimal', index: true },
        at: { type: 'date', index: true },
        day: { type: 'dateOnly', index: true },
      },
    })
    void table.insert({ entity: account, rows: [{ id: '9007199254740993', sum: '1.50', at: new Date(0), day: '1970-01-01' }] }, plainCall)
    void table.insert({ entity: account, rows: Array.from({ length: 50 }, (_, id) => ({ id })) }, plainCall)
    const wheres = [
      compare('id', 'eq', 9007199254740993n),
      compare('sum', 'eq', 1.5),
      compare('at', 'eq', '1970-01-01T00:00:00.000Z'),
      compare('day', 'eq', new Date(0)),
    ]
    for (const where of wheres) expect(table.count({ entity: account, where }, plainCall)).toBe(1)
  })
})
