import { compare, defineEntity, plainCall, type Row } from '@reloop/connector'
import { createMemoryConnector } from '../../src/index'
import { product, storeWith } from '../entities'

const find = (store: ReturnType<typeof storeWith>, where?: Parameters<typeof compare>) =>
  store.find({ entity: product, query: where ? { where: compare(...where) } : {} }, plainCall)

describe('rows of the memory connector', () => {
  it('answers every verb at once, without a promise', () => {
    const store = storeWith([{ name: 'a' }])
    const answers = [
      store.find({ entity: product, query: {} }, plainCall),
      store.count({ entity: product }, plainCall),
      store.insert({ entity: product, rows: [{ name: 'b' }] }, plainCall),
      store.update({ entity: product, change: { set: { price: 1 } } }, plainCall),
      store.upsert({ entity: product, row: { id: 1, name: 'c' } }, plainCall),
      store.remove({ entity: product }, plainCall),
      store.connect(),
      store.disconnect(),
    ]
    expect(answers.some((answer) => answer instanceof Promise)).toBe(false)
  })

  it('keeps what it is given apart from what the caller still holds', () => {
    const tags = ['red']
    const createdAt = new Date(0)
    const store = storeWith([{ name: 'a', tags, createdAt }])
    tags.push('blue')
    createdAt.setFullYear(1999)
    expect(find(store)).toEqual([{ id: 1, name: 'a', tags: ['red'], createdAt: new Date(0) }])
  })

  it('gives out frozen rows, lists inside included', () => {
    const [row] = find(storeWith([{ name: 'a', tags: ['red'] }]))
    expect(Object.isFrozen(row)).toBe(true)
    expect(() => (row!.tags as string[]).push('blue')).toThrow(TypeError)
  })

  it('does not let an update reach rows that were given out before', () => {
    const store = storeWith([{ name: 'a' }])
    const [before] = find(store)
    void store.update({ entity: product, where: compare('id', 'eq', 1), change: { set: { name: 'b' } } }, plainCall)
    expect(before!.name).toBe('a')
    expect(find(store)[0]!.name).toBe('b')
  })

  it('takes a property called __proto__ for data and nothing else', () => {
    const store = storeWith([JSON.parse('{"name": "a", "meta": {"__proto__": {"x": 1}}, "__proto__": {"y": 1}}') as Row])
    const [row] = find(store) as [Record<string, { x?: unknown }>]
    expect(Object.getPrototypeOf(row)).toBe(Object.prototype)
    expect(row.meta!.x).toBeUndefined()
    expect(({} as Record<string, unknown>).x).toBeUndefined()
  })
})

describe('ids of the memory connector', () => {
  it('come from a sequence that jumps past larger ids that are given', () => {
    const store = storeWith([{ name: 'a' }, { id: 7, name: 'b' }, { name: 'c' }])
    expect(find(store).map(({ id }) => id)).toEqual([1, 7, 8])
  })

  it('are not given twice, after rows were removed as well', () => {
    const store = storeWith([{ name: 'a' }])
    void store.remove({ entity: product }, plainCall)
    expect(store.insert({ entity: product, rows: [{ name: 'b' }] }, plainCall)).toEqual([{ id: 2, name: 'b' }])
  })

  it('begin anew after migrate recreate', async () => {
    const store = storeWith([{ name: 'a' }])
    await store.migrate({ entities: [product], mode: 'recreate' })
    expect(store.insert({ entity: product, rows: [{ name: 'b' }] }, plainCall)).toEqual([{ id: 1, name: 'b' }])
  })

  it('are 24 hexadecimal digits, ascending, where they are generated text', () => {
    const note = defineEntity({ name: 'Note', properties: { id: { type: 'string', id: true, generated: true } } })
    const store = createMemoryConnector()
    const rows = store.insert({ entity: note, rows: [{}, {}, {}] }, plainCall) as readonly Row[]
    const ids = rows.map(({ id }) => String(id))
    expect(ids.every((id) => /^[0-9a-f]{24}$/.test(id))).toBe(true)
    expect(new Set(ids).size).toBe(3)
  })

  it('are the next number as text where text is not generated, as in LoopBack', () => {
    const note = defineEntity({ name: 'Note', properties: { slug: { type: 'string', id: true } } })
    const store = createMemoryConnector()
    expect(store.insert({ entity: note, rows: [{}, { slug: '5' }, {}] }, plainCall)).toEqual([{ slug: '1' }, { slug: '5' }, { slug: '6' }])
  })

  it('order rows when a query names no order, in whatever sequence they came', () => {
    const store = storeWith([{ id: 3 }, { id: 1 }, { id: 2 }])
    expect(find(store).map(({ id }) => id)).toEqual([1, 2, 3])
    void store.insert({ entity: product, rows: [{ id: 0 }] }, plainCall)
    expect(find(store).map(({ id }) => id)).toEqual([0, 1, 2, 3])
  })

  it('may change places in one update', () => {
    const store = storeWith([{ id: 1, name: 'a' }])
    void store.update({ entity: product, where: compare('id', 'eq', 1), change: { set: { id: 9 } } }, plainCall)
    expect(find(store)).toEqual([{ id: 9, name: 'a' }])
    expect(find(store, ['id', 'eq', 1])).toEqual([])
  })

  it('need not be there at all', () => {
    const line = defineEntity({ name: 'Line', properties: { text: 'string' } })
    const store = createMemoryConnector()
    void store.insert({ entity: line, rows: [{ text: 'a' }, { text: 'b' }] }, plainCall)
    void store.update({ entity: line, where: compare('text', 'eq', 'a'), change: { set: { text: 'c' } } }, plainCall)
    expect(store.find({ entity: line, query: {} }, plainCall)).toEqual([{ text: 'c' }, { text: 'b' }])
    expect(store.remove({ entity: line, where: compare('text', 'eq', 'c') }, plainCall)).toBe(1)
  })
})

describe('unique properties of the memory connector', () => {
  it('refuse a duplicate and name the property', () => {
    const store = storeWith([{ sku: 'a' }])
    expect(() => store.insert({ entity: product, rows: [{ sku: 'a' }] }, plainCall)).toThrow('Duplicate entry for Product.sku')
  })

  it('refuse the whole batch', () => {
    const store = storeWith([{ sku: 'a' }])
    expect(() => store.insert({ entity: product, rows: [{ sku: 'b' }, { sku: 'c' }, { sku: 'b' }] }, plainCall)).toThrow('Duplicate entry')
    expect(find(store).map(({ sku }) => sku)).toEqual(['a'])
  })

  it('refuse an update after which two rows would be equal', () => {
    const store = storeWith([{ sku: 'a' }, { sku: 'b' }])
    expect(() => store.update({ entity: product, change: { set: { sku: 'a' } } }, plainCall)).toThrow('Duplicate entry')
    expect(find(store).map(({ sku }) => sku)).toEqual(['a', 'b'])
  })

  it('hold for several properties together', () => {
    const store = storeWith([{ shop: 'x', name: 'a' }])
    void store.insert({ entity: product, rows: [{ shop: 'y', name: 'a' }] }, plainCall)
    expect(() => store.insert({ entity: product, rows: [{ shop: 'x', name: 'a' }] }, plainCall)).toThrow(
      'Duplicate entry for Product.shop, Product.name',
    )
  })

  it('let any number of rows be without a value', () => {
    expect(find(storeWith([{ name: 'a' }, { name: 'b', sku: null }, { name: 'c' }]))).toHaveLength(3)
  })

  it('free the value of a row that is removed or changed', () => {
    const store = storeWith([{ sku: 'a' }, { sku: 'b' }])
    void store.remove({ entity: product, where: compare('sku', 'eq', 'a') }, plainCall)
    void store.update({ entity: product, where: compare('sku', 'eq', 'b'), change: { set: { sku: 'c' } } }, plainCall)
    void store.insert({ entity: product, rows: [{ sku: 'a' }, { sku: 'b' }] }, plainCall)
    expect(find(store).map(({ sku }) => sku)).toEqual(['c', 'a', 'b'])
  })
})
