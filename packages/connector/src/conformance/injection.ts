import assert from 'node:assert/strict'
import { plainCall, type Row } from '../connector'
import { escapeLike } from '../like'
import { compare } from '../query/build'
import { openThing, product } from './entities'
import { nastyTexts, products } from './fixtures'
import { capable, group, method, storesRows, when } from './group'
import { foundOrRefused, type Kit, type Table } from './kit'

/** A row for each text, numbered from 1. */
async function nasty({ open }: Kit, rowOf: (text: string) => Row): Promise<Table> {
  const table = await open(product)
  await table.insert(...nastyTexts.map((text, index) => ({ id: index + 1, ...rowOf(text) })))
  return table
}

const nastyKeys = [
  'a"b',
  "a'b",
  'a`b',
  'a.b',
  'a\\b',
  'a; --',
  "x') OR 1=1--",
  '$.x',
  '[0]',
  '#>',
  '?',
  'ž 🐎',
  '%',
  'constructor',
  'toString',
]

export const injection = group('injection', storesRows, {
  'any text is kept as it is': async (kit) => {
    const table = await nasty(kit, (name) => ({ name }))
    assert.deepEqual(
      (await table.find()).map((row) => row.name),
      nastyTexts,
    )
  },
  'eq takes any text literally': async (kit) => {
    const table = await nasty(kit, (name) => ({ name }))
    for (const [index, text] of nastyTexts.entries())
      assert.deepEqual(await table.ids({ where: compare('name', 'eq', text) }), [index + 1], text)
  },
  'inq takes any text literally': async (kit) => {
    const table = await nasty(kit, (name) => ({ name }))
    assert.equal(await table.count(compare('name', 'inq', nastyTexts)), nastyTexts.length)
    assert.equal(await table.count(compare('name', 'nin', nastyTexts)), 0)
  },
  'escaped text in like is literal': async (kit) => {
    const table = await nasty(kit, (name) => ({ name }))
    for (const [index, text] of nastyTexts.entries()) {
      assert.deepEqual(await table.ids({ where: compare('name', 'like', escapeLike(text)) }), [index + 1], text)
    }
  },
  'startsWith, endsWith and contains take any text literally': async (kit) => {
    const table = await nasty(kit, (name) => ({ name: `<${name}>` }))
    for (const [index, text] of nastyTexts.entries()) {
      assert.deepEqual(await table.ids({ where: compare('name', 'startsWith', `<${text}>`) }), [index + 1], text)
      assert.deepEqual(await table.ids({ where: compare('name', 'endsWith', `<${text}>`) }), [index + 1], text)
      assert.deepEqual(await table.ids({ where: compare('name', 'contains', `<${text}>`) }), [index + 1], text)
    }
  },
  'elements of lists may be any text': async (kit) => {
    const table = await nasty(kit, (text) => ({ tags: [text, 'x'] }))
    for (const [index, text] of nastyTexts.entries()) {
      assert.deepEqual(await table.ids({ where: compare('tags', 'eq', text) }), [index + 1], text)
      assert.deepEqual(await table.ids({ where: compare('tags', 'contains', [text, 'x']) }), [index + 1], text)
      assert.deepEqual(await table.ids({ where: compare('tags', 'containsAny', [text]) }), [index + 1], text)
    }
  },
  'values inside objects may be any text': when(capable('nestedPaths'), async (kit) => {
    const table = await nasty(kit, (text) => ({ details: { a: { text } } }))
    for (const [index, text] of nastyTexts.entries()) {
      assert.deepEqual(await table.ids({ where: compare(['details', 'a', 'text'], 'eq', text) }), [index + 1], text)
    }
  }),
  'keys inside objects may be any text, a dot included': when(capable('nestedPaths'), async ({ open }) => {
    const table = await open(product)
    await table.insert(...nastyKeys.map((key, index) => ({ id: index + 1, details: { [key]: 'x', a: { b: 'other' } } })))
    for (const [index, key] of nastyKeys.entries()) {
      assert.deepEqual(await table.ids({ where: compare(['details', key], 'eq', 'x') }), [index + 1], key)
    }
  }),
  'order inside objects takes any key': when(capable('nestedPaths'), async ({ open }) => {
    const table = await open(product)
    for (const key of nastyKeys) {
      await table.remove()
      await table.insert({ id: 1, details: { [key]: 2 } }, { id: 2, details: { [key]: 1 } })
      assert.deepEqual(await table.ids({ order: [{ path: ['details', key], direction: 'ASC' }] }), [2, 1], key)
    }
  }),
  'update takes any text literally': async (kit) => {
    const table = await nasty(kit, () => ({ name: 'x' }))
    for (const [index, text] of nastyTexts.entries()) {
      assert.equal(await table.update(compare('id', 'eq', index + 1), { set: { name: text, tags: [text], details: { text } } }), 1)
    }
    const rows = await table.find()
    assert.deepEqual(
      rows.map((row) => [row.name, row.tags, row.details]),
      nastyTexts.map((text) => [text, [text], { text }]),
    )
  },
  'text for a number is refused or finds nothing': async ({ open }) => {
    const table = await open(product)
    await table.insert(...products())
    for (const value of ['1;DROP TABLE kit_product', '1 OR 1=1', 'NaN', '1.5x']) {
      assert.deepEqual(await foundOrRefused(table, { where: compare('price', 'eq', value) }), [], value)
      assert.deepEqual(await foundOrRefused(table, { where: compare('price', 'inq', [value]) }), [], value)
    }
    assert.equal(await table.count(), products().length)
  },
  'an object for a text is refused or finds nothing': async ({ open }) => {
    const table = await open(product)
    await table.insert(...products())
    for (const value of [{ name: 1 }, { name: { name: 1 } }, { $ne: null }, { slot: 0 }]) {
      assert.deepEqual(await foundOrRefused(table, { where: compare('name', 'eq', value) }), [])
    }
  },
  'a list of several kinds is refused or finds what is equal': async ({ open }) => {
    const table = await open(product)
    await table.insert(...products())
    for (const list of [
      ['Apple', 1],
      ['Apple', { a: 1 }],
      ['Apple', ['apple']],
      ['Apple', true, NaN],
    ]) {
      const found = await foundOrRefused(table, { where: compare('name', 'inq', list) })
      if (found.length > 0)
        assert.deepEqual(
          found.map((row) => row.id),
          [1],
        )
    }
  },
  'a date that is none and a number that is none are refused or find nothing': async ({ open }) => {
    const table = await open(product)
    await table.insert(...products())
    assert.deepEqual(await foundOrRefused(table, { where: compare('createdAt', 'eq', new Date(NaN)) }), [])
    assert.deepEqual(await foundOrRefused(table, { where: compare('createdAt', 'inq', [new Date(NaN)]) }), [])
    assert.deepEqual(await foundOrRefused(table, { where: compare('price', 'eq', NaN) }), [])
    assert.deepEqual(await foundOrRefused(table, { where: compare('stock', 'lt', -Infinity) }), [])
  },
  'a property that nobody declared is refused or finds nothing': async ({ open }) => {
    const table = await open(product)
    await table.insert(...products())
    for (const name of ['a"; --', 'a`b', "a'b", 't0.price', 'kit_product.unit_price', '1', '*', 'constructor']) {
      assert.deepEqual(await foundOrRefused(table, { where: compare(name, 'eq', 1) }), [], name)
    }
  },
  'a NUL in text is refused or literal': async ({ open }) => {
    const table = await open(product)
    await table.insert({ id: 1, name: 'a' })
    assert.deepEqual(await foundOrRefused(table, { where: compare('name', 'eq', 'a\0') }), [])
    assert.deepEqual(await foundOrRefused(table, { where: compare('name', 'like', '\0%') }), [])
  },
  'a lone surrogate in text does no harm': async ({ open }) => {
    const table = await open(product)
    await table.insert({ id: 1, name: 'a' })
    assert.deepEqual(await foundOrRefused(table, { where: compare('name', 'eq', 'a\ud800') }), [])
  },
  'a key __proto__ inside an object reaches no prototype': async ({ open }) => {
    const table = await open(product)
    const details: unknown = JSON.parse('{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}')
    try {
      await table.insert({ id: 1, details })
      await table.find()
    } catch (error) {
      assert.equal(typeof (error as { code?: unknown }).code, 'string')
    }
    assert.equal(({} as { polluted?: unknown }).polluted, undefined)
  },
  'a regular expression that backtracks without end ends': async ({ open }) => {
    const table = await open(product)
    await table.insert({ id: 1, name: `${'a'.repeat(60)}!` }, { id: 2, name: 'aaa' })
    const started = performance.now()
    for (const source of ['^(a+)+$', '^(a|a)*$', '^(.*){12}$x', '(x+x+)+y'])
      await foundOrRefused(table, { where: compare('name', 'regexp', { source, flags: '' }) })
    assert.ok(performance.now() - started < 5000, 'it took over five seconds')
  },
  'properties of open entities may have any name': when(capable('open'), async ({ open }) => {
    const table = await open(openThing)
    await table.insert(...nastyKeys.map((key, index) => ({ id: index + 1, [key]: 'x' })))
    for (const [index, key] of nastyKeys.entries()) {
      assert.deepEqual(await table.find({ where: compare(key, 'eq', 'x') }), [{ id: index + 1, [key]: 'x' }], key)
    }
  }),
  'properties that nobody declared come back, are changed and found': when(capable('open'), async ({ open }) => {
    const table = await open(openThing)
    await table.insert({ id: 1, name: 'a', extra: { deep: [1] }, size: 2 }, { id: 2, size: 10 })
    assert.deepEqual(await table.find({ where: compare('size', 'lt', 5) }), [{ id: 1, name: 'a', extra: { deep: [1] }, size: 2 }])
    await table.update(compare('id', 'eq', 2), { set: { size: 1, more: true } })
    assert.deepEqual(await table.ids({ order: [{ path: ['size'], direction: 'ASC' }] }), [2, 1])
    assert.deepEqual(await table.find({ where: compare('more', 'eq', true) }), [{ id: 2, size: 1, more: true }])
  }),
  'sums by a nasty place are refused or empty': when(method('aggregate'), async ({ open }) => {
    const table = await open(product)
    await table.insert(...products())
    try {
      await table.connector.aggregate!({ entity: product, query: { groupBy: [["a') --"]], values: { n: { fn: 'count' } } } }, plainCall)
    } catch (error) {
      assert.equal(typeof (error as { code?: unknown }).code, 'string')
    }
    assert.equal(await table.count(), products().length)
  }),
})
