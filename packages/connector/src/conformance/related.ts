import assert from 'node:assert/strict'
import type { Join, Where } from '../query/ast'
import { and, compare, not, or, related } from '../query/build'
import { brand, label, product, productLabel } from './entities'
import { brands, labels, productLabels, products } from './fixtures'
import { capable, group, storesRows, type TestBody } from './group'
import type { Kit } from './kit'

const productsOfBrand: Join = { entity: product, from: ['id'], to: ['brandId'] }
const brandOfProduct: Join = { entity: brand, from: ['brandId'], to: ['id'] }
const through = { entity: productLabel, from: ['productId'], to: ['labelId'] }
const labelsOfProduct: Join = { entity: label, from: ['id'], to: ['id'], through }
const productsOfLabel: Join = {
  entity: product,
  from: ['id'],
  to: ['id'],
  through: { entity: productLabel, from: ['labelId'], to: ['productId'] },
}

async function filled({ open }: Kit) {
  const tables = { products: await open(product), brands: await open(brand), labels: await open(label) }
  const links = await open(productLabel)
  await tables.products.insert(...products())
  await tables.brands.insert(...brands())
  await tables.labels.insert(...labels())
  await links.insert(...productLabels())
  return tables
}

function finds(of: 'products' | 'brands' | 'labels', where: Where, ids: readonly number[]): TestBody {
  return async (kit) => {
    const table = (await filled(kit))[of]
    assert.deepEqual(await table.ids({ where }), ids)
    assert.equal(await table.count(where), ids.length, 'count must agree with find')
  }
}

const sweet = compare('tags', 'eq', 'sweet')
const cheap = compare('price', 'lt', 1)
const isActive = compare('active', 'eq', true)

export const relatedRows = group('related', (connector) => storesRows(connector) ?? capable('related')(connector), {
  'some without condition finds rows that have any': finds('brands', related(productsOfBrand, 'some'), [1, 2]),
  'none without condition finds rows that have none': finds('brands', related(productsOfBrand, 'none'), [3]),
  'some finds rows with one that holds': finds('brands', related(productsOfBrand, 'some', cheap), [1]),
  'some finds a row once, however many hold': finds('brands', related(productsOfBrand, 'some', compare('name', 'ilike', 'apple')), [1]),
  'every finds rows without one that fails, and those without any': finds('brands', related(productsOfBrand, 'every', sweet), [2, 3]),
  'every without condition finds every row': finds('brands', related(productsOfBrand, 'every'), [1, 2, 3]),
  'none finds rows without one that holds': finds('brands', related(productsOfBrand, 'none', cheap), [2, 3]),
  'every fails for a row whose value is null': async (kit) => {
    const tables = await filled(kit)
    await tables.products.insert({ id: 9, brandId: 3 })
    assert.deepEqual(await tables.brands.ids({ where: related(productsOfBrand, 'every', compare('price', 'lt', 100)) }), [1, 2])
  },
  'some finds the other way round, over columns with other names': finds(
    'products',
    related(brandOfProduct, 'some', compare('order', 'eq', 2)),
    [1, 2],
  ),
  'none holds for rows whose key is null': finds('products', related(brandOfProduct, 'none'), [4, 5, 6, 7]),
  'every holds for rows whose key is null': finds(
    'products',
    related(brandOfProduct, 'every', compare('group', 'eq', 'Plantation')),
    [3, 4, 5, 6, 7],
  ),
  'not of some is none': finds('brands', not(related(productsOfBrand, 'some', cheap)), [2, 3]),
  'joins with other conditions': finds('brands', and([related(productsOfBrand, 'some'), compare('order', 'gt', 1)]), [1]),
  'joins twice to the same entity': finds(
    'brands',
    or([related(productsOfBrand, 'some', cheap), related(productsOfBrand, 'none')]),
    [1, 3],
  ),
  'a condition inside a condition': finds(
    'products',
    related(brandOfProduct, 'some', related(productsOfBrand, 'some', compare('name', 'eq', 'Banana'))),
    [3],
  ),
  'the join carries a condition of its own': finds('brands', related({ ...productsOfBrand, where: isActive }, 'some', cheap), []),
  'every regards only rows that fulfil the condition of the join': finds(
    'brands',
    related({ ...productsOfBrand, where: isActive }, 'every', sweet),
    [1, 2, 3],
  ),
  'some through a table in between': finds('products', related(labelsOfProduct, 'some', compare('title', 'eq', 'bio')), [1, 3]),
  'none through a table in between': finds('products', related(labelsOfProduct, 'none', compare('title', 'eq', 'bio')), [2, 4, 5, 6, 7]),
  'every through a table in between': finds('products', related(labelsOfProduct, 'every', compare('title', 'eq', 'fair')), [2, 4, 5, 6, 7]),
  'some without condition through a table in between': finds('labels', related(productsOfLabel, 'some'), [1, 2]),
  'the table in between carries a condition of its own': finds(
    'products',
    related({ ...labelsOfProduct, through: { ...through, where: compare('primary', 'eq', true) } }, 'some', compare('title', 'eq', 'fair')),
    [2],
  ),
  'changes and removals take such conditions': async (kit) => {
    const tables = await filled(kit)
    const where = related(productsOfBrand, 'some', cheap)
    assert.equal(await tables.brands.update(where, { set: { group: 'changed' } }), 1)
    assert.deepEqual(await tables.brands.ids({ where: compare('group', 'eq', 'changed') }), [1])
    assert.equal(await tables.brands.remove(related(productsOfBrand, 'none')), 1)
    assert.deepEqual(await tables.brands.ids(), [1, 2])
  },
  'order by a property of the row that belongs to it, null first': async (kit) => {
    const order = [
      { path: ['order'], direction: 'ASC' as const, join: brandOfProduct },
      { path: ['id'], direction: 'ASC' as const },
    ]
    assert.deepEqual(await (await filled(kit)).products.ids({ order }), [4, 5, 6, 7, 3, 1, 2])
  },
  'order by a property of the row that belongs to it, null last': async (kit) => {
    const order = [
      { path: ['group'], direction: 'DESC' as const, join: brandOfProduct },
      { path: ['id'], direction: 'ASC' as const },
    ]
    assert.deepEqual(await (await filled(kit)).products.ids({ order, limit: 4 }), [3, 1, 2, 4])
  },
})
