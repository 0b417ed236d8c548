import assert from 'node:assert/strict'
import type { Capabilities } from '../capabilities'
import { plainCall, type Change } from '../connector'
import { and, compare } from '../query/build'
import { product } from './entities'
import { products } from './fixtures'
import { changes, group, storesRows, when } from './group'
import { plainRow } from './kit'

/** Applies a change to the rows with some ids and looks at one property of all. */
function becomes(
  operator: Capabilities['change'][number],
  operand: Readonly<Record<string, unknown>>,
  expected: Readonly<Record<number, unknown>>,
) {
  return when(changes(operator), async ({ open }) => {
    const table = await open(product)
    await table.insert(...products())
    const [property] = Object.keys(operand) as [string]
    const ids = Object.keys(expected).map(Number)
    assert.equal(await table.update(compare('id', 'inq', ids), { [operator]: { ...operand } }), ids.length)
    const rows = await table.find({ where: compare('id', 'inq', ids) })
    assert.deepEqual(Object.fromEntries(rows.map((row) => [row.id, row[property] ?? null])), expected)
    const others = await table.find({ where: compare('id', 'nin', ids) })
    assert.deepEqual(
      others,
      products()
        .filter((row) => !ids.includes(row.id as number))
        .map(plainRow),
    )
  })
}

async function parallel(count: number, run: (index: number) => Promise<unknown>): Promise<void> {
  await Promise.all(Array.from({ length: count }, (_, index) => run(index)))
}

export const atomic = group('atomic', storesRows, {
  'inc adds, and counts null as zero': becomes('inc', { stock: 3 }, { 1: 13, 4: 0, 5: 3 }),
  'inc of a negative number subtracts': becomes('inc', { stock: -15 }, { 1: -5, 6: -15 }),
  'inc takes decimals': becomes('inc', { price: 0.25 }, { 1: 1.75, 6: 0.25 }),
  'mul multiplies, and counts null as zero': becomes('mul', { price: 4 }, { 1: 6, 5: 0, 7: -5 }),
  'min keeps the smaller, and replaces null': becomes('min', { stock: 5 }, { 1: 5, 4: -3, 5: 5 }),
  'max keeps the larger, and replaces null': becomes('max', { stock: 8 }, { 1: 10, 4: 8, 5: 8 }),
  'max takes dates': becomes(
    'max',
    { createdAt: new Date('2021-01-01') },
    { 1: new Date('2021-01-01'), 2: new Date('2021-06-15T12:30:45.123Z') },
  ),
  'push appends, and makes a list of null': becomes('push', { tags: 'red' }, { 1: ['red', 'sweet', 'red'], 5: ['red'], 6: ['red'] }),
  'push appends all of a list': becomes('push', { tags: ['x', 'y'] }, { 2: ['red', 'x', 'y'] }),
  'push takes any text literally': becomes('push', { tags: "','x'); --{}" }, { 6: ["','x'); --{}"] }),
  'push appends numbers as numbers': becomes('push', { ratings: 2.5 }, { 2: [1, 2.5], 6: [2.5] }),
  'pull takes out every equal element': becomes('pull', { tags: 'red' }, { 1: ['sweet'], 2: [], 3: ['yellow', 'sweet', 'long'], 6: [] }),
  'pull takes out all of a list': becomes('pull', { tags: ['sweet', 'long', 'none'] }, { 3: ['yellow'], 4: ['red'] }),
  'addToSet appends what is not there': becomes(
    'addToSet',
    { tags: 'red' },
    { 2: ['red'], 3: ['yellow', 'sweet', 'long', 'red'], 5: ['red'] },
  ),
  'addToSet appends of a list what is not there': becomes('addToSet', { tags: ['red', 'new'] }, { 1: ['red', 'sweet', 'new'] }),
  'unset takes the value away': becomes('unset', { tags: true }, { 1: null, 3: null, 5: null }),
  'set and operators go together': when(changes('inc'), async ({ open }) => {
    const table = await open(product)
    await table.insert(...products())
    const change: Change = { set: { name: 'changed' }, inc: { stock: 1, price: 0.5 } }
    await table.update(compare('id', 'eq', 1), change)
    const [row] = await table.find({ where: compare('id', 'eq', 1) })
    assert.deepEqual([row?.name, row?.stock, row?.price], ['changed', 11, 2])
  }),
  'the changed rows come back when asked': when(changes('inc'), async ({ open }) => {
    const table = await open(product)
    await table.insert(...products())
    const at = { entity: product, where: compare('id', 'eq', 1), change: { inc: { stock: 1 } }, returning: true }
    const { rows } = await table.connector.update(at, plainCall)
    assert.deepEqual(rows?.map(plainRow), [plainRow({ ...products()[0], stock: 11 })])
  }),
  'fifty inc at once add up': when(changes('inc'), async ({ open }) => {
    const table = await open(product)
    await table.insert({ id: 1, stock: 0 })
    await parallel(50, () => table.update(compare('id', 'eq', 1), { inc: { stock: 1 } }))
    assert.equal((await table.find())[0]?.stock, 50)
  }),
  'fifty push at once lose nothing': when(changes('push'), async ({ open }) => {
    const table = await open(product)
    await table.insert({ id: 1, tags: [] })
    await parallel(50, (index) => table.update(compare('id', 'eq', 1), { push: { tags: `t${index}` } }))
    assert.equal(new Set((await table.find())[0]?.tags as string[]).size, 50)
  }),
  'fifty addToSet at once make a set': when(changes('addToSet'), async ({ open }) => {
    const table = await open(product)
    await table.insert({ id: 1 })
    await parallel(50, (index) => table.update(compare('id', 'eq', 1), { addToSet: { tags: `t${index % 5}` } }))
    assert.equal(((await table.find())[0]?.tags as string[]).length, 5)
  }),
  'of fifty who take the last one, one gets it': when(changes('inc'), async ({ open }) => {
    const table = await open(product)
    await table.insert({ id: 1, stock: 1 })
    const where = and([compare('id', 'eq', 1), compare('stock', 'gt', 0)])
    const taken = await Promise.all(Array.from({ length: 50 }, () => table.update(where, { inc: { stock: -1 } })))
    assert.equal(
      taken.reduce((sum, count) => sum + count),
      1,
    )
    assert.equal((await table.find())[0]?.stock, 0)
  }),
})
