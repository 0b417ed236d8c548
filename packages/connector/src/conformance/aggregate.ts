import assert from 'node:assert/strict'
import { plainCall, type Aggregate } from '../connector'
import { compare } from '../query/build'
import { product } from './entities'
import { products } from './fixtures'
import { capable, group, method, storesRows, when } from './group'
import { plainRow, type Kit } from './kit'

async function summed({ open }: Kit, query: Aggregate) {
  const { connector, insert } = await open(product)
  await insert(...products())
  return (await connector.aggregate!({ entity: product, query }, plainCall)).map(plainRow)
}

export const aggregate = group('aggregate', (connector) => storesRows(connector) ?? method('aggregate')(connector), {
  'count counts rows': async (kit) => {
    assert.deepEqual(await summed(kit, { values: { rows: { fn: 'count' } } }), [{ rows: 7 }])
  },
  'count of a path counts values, not null': async (kit) => {
    assert.deepEqual(await summed(kit, { values: { prices: { fn: 'count', path: ['price'] } } }), [{ prices: 6 }])
  },
  'countDistinct counts different values, not null': async (kit) => {
    assert.deepEqual(await summed(kit, { values: { kinds: { fn: 'countDistinct', path: ['active'] } } }), [{ kinds: 2 }])
  },
  'sum, avg, min and max leave out null': async (kit) => {
    const values = Object.fromEntries((['sum', 'avg', 'min', 'max'] as const).map((fn) => [fn, { fn, path: ['stock'] }]))
    const [{ avg, ...others } = {}] = await summed(kit, { values })
    assert.deepEqual(others, { sum: 119, min: -3, max: 100 })
    assert.ok(Math.abs(Number(avg) - 119 / 6) < 1e-9, `avg is ${String(avg)}`)
  },
  'sum takes decimals': async (kit) => {
    assert.deepEqual(await summed(kit, { values: { total: { fn: 'sum', path: ['price'] } } }), [{ total: 15.75 }])
  },
  'min and max take text': async (kit) => {
    const values: Aggregate['values'] = { first: { fn: 'min', path: ['name'] }, last: { fn: 'max', path: ['name'] } }
    assert.deepEqual(await summed(kit, { where: compare('name', 'gt', ''), values }), [
      { first: '100% juice_box', last: products()[6]!.name },
    ])
  },
  'min and max take dates': async (kit) => {
    const values: Aggregate['values'] = { first: { fn: 'min', path: ['createdAt'] }, last: { fn: 'max', path: ['createdAt'] } }
    assert.deepEqual(await summed(kit, { values }), [{ first: products()[3]!.createdAt, last: products()[6]!.createdAt }])
  },
  'a condition comes first': async (kit) => {
    const query: Aggregate = {
      where: compare('active', 'eq', true),
      values: { rows: { fn: 'count' }, stock: { fn: 'sum', path: ['stock'] } },
    }
    assert.deepEqual(await summed(kit, query), [{ rows: 4, stock: 114 }])
  },
  'of no rows: count is 0, the others have no value': async (kit) => {
    const values: Aggregate['values'] = { rows: { fn: 'count' }, avg: { fn: 'avg', path: ['stock'] }, max: { fn: 'max', path: ['stock'] } }
    assert.deepEqual(await summed(kit, { where: compare('id', 'inq', []), values }), [{ rows: 0 }])
  },
  'groupBy gives a row for each value, null included': async (kit) => {
    const rows = await summed(kit, { groupBy: [['active']], values: { rows: { fn: 'count' }, stock: { fn: 'sum', path: ['stock'] } } })
    const byActive = new Map(rows.map((row) => [row.active, row]))
    assert.equal(rows.length, 3)
    assert.deepEqual(byActive.get(true), { active: true, rows: 4, stock: 114 })
    assert.deepEqual(byActive.get(false), { active: false, rows: 2, stock: 5 })
    assert.equal(byActive.get(undefined)?.rows, 1)
  },
  'groupBy takes several properties, under their own names': async (kit) => {
    const rows = await summed(kit, {
      where: compare('brandId', 'neq', null),
      groupBy: [['brandId'], ['active']],
      values: { n: { fn: 'count' } },
    })
    const seen = rows.map((row) => `${String(row.brandId)} ${String(row.active)} ${String(row.n)}`).sort()
    assert.deepEqual(seen, ['1 false 1', '1 true 1', '2 true 1'])
  },
  'groupBy of no rows gives no row': async (kit) => {
    assert.deepEqual(await summed(kit, { where: compare('id', 'inq', []), groupBy: [['active']], values: { n: { fn: 'count' } } }), [])
  },
  'groupBy takes a place inside an object': when(capable('nestedPaths'), async (kit) => {
    const query: Aggregate = {
      where: compare(['details', 'origin', 'country'], 'neq', null),
      groupBy: [['details', 'origin', 'country']],
      values: { weight: { fn: 'max', path: ['details', 'weight'] } },
    }
    const rows = await summed(kit, query)
    const seen = rows.map((row) => `${String(row.country)} ${String(row.weight)}`).sort()
    assert.deepEqual(seen, ['DE 200', 'EC 95', 'FR 1000'])
  }),
  'limit cuts the groups': async (kit) => {
    assert.equal((await summed(kit, { groupBy: [['id']], values: { n: { fn: 'count' } }, limit: 2 })).length, 2)
  },
  'any text is a name of a result': async (kit) => {
    const name = 'a"b\'`; --'
    assert.deepEqual(await summed(kit, { values: { [name]: { fn: 'count' } } }), [{ [name]: 7 }])
  },
})
