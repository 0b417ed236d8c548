import assert from 'node:assert/strict'
import { plainCall, type Row } from '../connector'
import { compare } from '../query/build'
import { brand, product } from './entities'
import { brands, products } from './fixtures'
import { group, method, storesRows, when } from './group'
import { plainRow, refused, thrownBy } from './kit'

export const crud = group('crud', storesRows, {
  'a fresh table is empty': async ({ open }) => {
    const table = await open(product)
    assert.deepEqual(await table.find(), [])
    assert.equal(await table.count(), 0)
  },
  'insert returns the row whole, and find finds it': async ({ open }) => {
    const table = await open(product)
    const row = products()[0]!
    assert.deepEqual(await table.insert(products()[0]!), [plainRow(row)])
    assert.deepEqual(await table.find(), [plainRow(row)])
  },
  'rows have the names of properties, not of columns': async ({ open }) => {
    const table = await open(brand)
    await table.insert(...brands())
    assert.deepEqual(await table.find({ where: compare('order', 'eq', 1) }), [{ id: 2, group: 'Plantation', order: 1 }])
  },
  'insert takes many rows and returns them in order': async ({ open }) => {
    const table = await open(product)
    const rows = await table.insert({ id: 3, name: 'c' }, { id: 1, name: 'a' }, { id: 2, name: 'b' })
    assert.deepEqual(
      rows.map((row) => row.name),
      ['c', 'a', 'b'],
    )
  },
  'insert takes rows with different properties at once': async ({ open }) => {
    const table = await open(product)
    await table.insert({ id: 1, name: 'a' }, { id: 2, price: 2 }, { id: 3, tags: ['x'] }, { id: 4 })
    assert.deepEqual(await table.find(), [{ id: 1, name: 'a' }, { id: 2, price: 2 }, { id: 3, tags: ['x'] }, { id: 4 }])
  },
  'insert of no rows does nothing': async ({ open }) => {
    const table = await open(product)
    assert.deepEqual(await table.insert(), [])
    assert.equal(await table.count(), 0)
  },
  'insert takes a thousand rows at once': async ({ open }) => {
    const table = await open(product)
    const rows = await table.insert(
      ...Array.from({ length: 1000 }, (_, index): Row => ({ id: index + 1, name: `n${index}`, price: index })),
    )
    assert.equal(rows.length, 1000)
    assert.equal(await table.count(), 1000)
  },
  'insert refuses an id that is taken': async ({ open }) => {
    const table = await open(product)
    await table.insert({ id: 1, name: 'first' })
    await refused(() => table.insert({ id: 1, name: 'second' }), 'DUPLICATE_ENTRY')
    assert.deepEqual(await table.find(), [{ id: 1, name: 'first' }])
  },
  'insert leaves nothing of a batch with an id that is taken': async ({ open }) => {
    const table = await open(product)
    await table.insert({ id: 3, name: 'taken' })
    await refused(() => table.insert({ id: 1 }, { id: 2 }, { id: 3 }, { id: 4 }), 'DUPLICATE_ENTRY')
    assert.deepEqual(await table.ids(), [3])
  },
  'insert leaves nothing of a batch with one id twice': async ({ open }) => {
    const table = await open(product)
    await refused(() => table.insert({ id: 1 }, { id: 2 }, { id: 1 }), 'DUPLICATE_ENTRY')
    assert.equal(await table.count(), 0)
  },
  'an error does not tell what the store said': async ({ open }) => {
    const table = await open(product)
    await table.insert({ id: 1 })
    const error = (await thrownBy(() => table.insert({ id: 1 }))) as Error
    assert.equal(error.message, 'Duplicate entry for KitProduct.id')
  },
  'update changes what matches and tells how many': async ({ open }) => {
    const table = await open(product)
    await table.insert(...products())
    assert.equal(await table.update(compare('name', 'ilike', 'apple'), { set: { name: 'Pear', price: 9.5 } }), 2)
    assert.deepEqual(await table.ids({ where: compare('name', 'eq', 'Pear') }), [1, 2])
    assert.equal((await table.find({ where: compare('id', 'eq', 2) }))[0]?.price, 9.5)
    assert.equal((await table.find({ where: compare('id', 'eq', 3) }))[0]?.name, 'Banana')
  },
  'update leaves other properties as they are': async ({ open }) => {
    const table = await open(product)
    await table.insert(...products())
    await table.update(compare('id', 'eq', 1), { set: { stock: 11 } })
    assert.deepEqual(await table.find({ where: compare('id', 'eq', 1) }), [plainRow({ ...products()[0], stock: 11 })])
  },
  'update without condition changes every row': async ({ open }) => {
    const table = await open(product)
    await table.insert(...products())
    assert.equal(await table.update(undefined, { set: { active: false } }), 7)
    assert.equal(await table.count(compare('active', 'eq', false)), 7)
  },
  'update that matches nothing tells 0': async ({ open }) => {
    const table = await open(product)
    await table.insert(...products())
    assert.equal(await table.update(compare('id', 'eq', 99), { set: { name: 'x' } }), 0)
    assert.equal(await table.update(compare('id', 'inq', []), { set: { name: 'x' } }), 0)
  },
  'update counts rows that already have the value': async ({ open }) => {
    const table = await open(product)
    await table.insert(...products())
    assert.equal(await table.update(compare('id', 'eq', 1), { set: { name: 'Apple' } }), 1)
  },
  'update to null takes the value away': async ({ open }) => {
    const table = await open(product)
    await table.insert(...products())
    await table.update(compare('id', 'eq', 1), {
      set: { name: null, price: null, tags: null, details: null, createdAt: null, active: null },
    })
    assert.deepEqual(await table.find({ where: compare('id', 'eq', 1) }), [
      { id: 1, stock: 10, released: '2020-01-01', ratings: [5, 4], brandId: 1 },
    ])
  },
  'update replaces objects and lists whole': async ({ open }) => {
    const table = await open(product)
    await table.insert(...products())
    await table.update(compare('id', 'eq', 1), { set: { details: { a: { b: 1 } }, tags: ['new'] } })
    const [row] = await table.find({ where: compare('id', 'eq', 1) })
    assert.deepEqual([row?.details, row?.tags], [{ a: { b: 1 } }, ['new']])
  },
  'update returns the rows as changed when asked': async ({ open }) => {
    const table = await open(product)
    await table.insert(...products())
    const { count, rows } = await table.connector.update(
      { entity: product, where: compare('name', 'ilike', 'apple'), change: { set: { stock: 77 } }, returning: true },
      plainCall,
    )
    const byId = [...(rows ?? [])].sort((a, b) => Number(a.id) - Number(b.id)).map(plainRow)
    assert.equal(count, 2)
    assert.deepEqual(
      byId,
      [products()[0]!, products()[1]!].map((row) => plainRow({ ...row, stock: 77 })),
    )
  },
  'update of a condition on the changed property changes each row once': async ({ open }) => {
    const table = await open(product)
    await table.insert(...products())
    assert.equal(await table.update(compare('stock', 'gt', 5), { set: { stock: 1 } }), 3)
    assert.equal(await table.count(compare('stock', 'eq', 1)), 3)
  },
  'remove removes what matches and tells how many': async ({ open }) => {
    const table = await open(product)
    await table.insert(...products())
    assert.equal(await table.remove(compare('price', 'gt', 1)), 3)
    assert.deepEqual(await table.ids(), [2, 5, 6, 7])
  },
  'remove without condition removes every row': async ({ open }) => {
    const table = await open(product)
    await table.insert(...products())
    assert.equal(await table.remove(), 7)
    assert.equal(await table.count(), 0)
  },
  'remove that matches nothing tells 0': async ({ open }) => {
    const table = await open(product)
    await table.insert(...products())
    assert.equal(await table.remove(compare('id', 'inq', [])), 0)
    assert.equal(await table.count(), 7)
  },
  'an id is free again after its row is removed': async ({ open }) => {
    const table = await open(product)
    await table.insert({ id: 1, name: 'old' })
    await table.remove(compare('id', 'eq', 1))
    await table.insert({ id: 1, name: 'new' })
    assert.deepEqual(await table.find(), [{ id: 1, name: 'new' }])
  },
  'entities do not mix': async ({ open }) => {
    const [first, second] = [await open(product), await open(brand)]
    await first.insert({ id: 1, name: 'a' })
    await second.insert({ id: 1, group: 'g' })
    await first.remove()
    assert.equal(await second.count(), 1)
  },
  'twenty calls at once do not disturb each other': async ({ open }) => {
    const table = await open(product)
    await Promise.all(Array.from({ length: 20 }, (_, index) => table.insert({ id: index + 1, name: `n${index + 1}` })))
    const found = await Promise.all(Array.from({ length: 20 }, (_, index) => table.find({ where: compare('id', 'eq', index + 1) })))
    assert.deepEqual(
      found.map(([row]) => row?.name),
      Array.from({ length: 20 }, (_, index) => `n${index + 1}`),
    )
  },
  'upsert inserts a row that is not there': when(method('upsert'), async ({ open }) => {
    const { connector, find } = await open(product)
    const { row, created } = await connector.upsert!({ entity: product, row: { id: 1, name: 'a', tags: ['x'] } }, plainCall)
    assert.deepEqual(plainRow(row), { id: 1, name: 'a', tags: ['x'] })
    assert.notEqual(created, false)
    assert.deepEqual(await find(), [{ id: 1, name: 'a', tags: ['x'] }])
  }),
  'upsert sets all given properties of a row that is there': when(method('upsert'), async ({ open }) => {
    const { connector, find, insert } = await open(product)
    await insert({ id: 1, name: 'a', stock: 3 }, { id: 2, name: 'b' })
    const { row, created } = await connector.upsert!({ entity: product, row: { id: 1, name: 'new', price: 2.5 } }, plainCall)
    assert.deepEqual(plainRow(row), { id: 1, name: 'new', price: 2.5, stock: 3 })
    assert.notEqual(created, true)
    assert.deepEqual(await find(), [
      { id: 1, name: 'new', price: 2.5, stock: 3 },
      { id: 2, name: 'b' },
    ])
  }),
  'upsert with set changes nothing else': when(method('upsert'), async ({ open }) => {
    const { connector, insert } = await open(product)
    await insert({ id: 1, name: 'a', stock: 3 })
    const { row } = await connector.upsert!({ entity: product, row: { id: 1, name: 'x', stock: 9 }, set: { stock: 4 } }, plainCall)
    assert.deepEqual(plainRow(row), { id: 1, name: 'a', stock: 4 })
  }),
  'upsert at once by twenty callers makes one row': when(method('upsert'), async ({ open }) => {
    const { connector, find } = await open(product)
    const callers = Array.from({ length: 20 }, (_, index) => index)
    await Promise.all(
      callers.map(async (index) => connector.upsert!({ entity: product, row: { id: 1, name: 'a', stock: index } }, plainCall)),
    )
    assert.equal((await find()).length, 1)
  }),
  'stream gives what find gives, in order': when(method('stream'), async ({ open }) => {
    const { connector, find, insert } = await open(product)
    await insert(...products())
    const query = { where: compare('price', 'neq', null), order: [{ path: ['price'], direction: 'DESC' as const }] }
    const rows: Row[] = []
    for await (const row of connector.stream!({ entity: product, query }, plainCall)) rows.push(plainRow(row))
    assert.deepEqual(rows, await find(query))
  }),
  'stream can be left early, and the store goes on': when(method('stream'), async ({ open }) => {
    const { connector, count, insert } = await open(product)
    await insert(...products())
    for (let round = 0; round < 12; round++) {
      for await (const row of connector.stream!({ entity: product, query: {} }, plainCall)) {
        assert.equal(row.id, 1)
        break
      }
    }
    assert.equal(await count(), 7)
  }),
})
