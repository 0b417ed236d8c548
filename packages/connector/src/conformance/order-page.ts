import assert from 'node:assert/strict'
import type { Order } from '../query/ast'
import { and, compare } from '../query/build'
import { product } from './entities'
import { everyProduct, products } from './fixtures'
import { capable, group, storesRows, when } from './group'
import type { Kit } from './kit'

function by(path: string | readonly string[], direction: 'ASC' | 'DESC' = 'ASC'): Order {
  return { path: typeof path === 'string' ? [path] : path, direction }
}

async function filled({ open }: Kit) {
  const table = await open(product)
  await table.insert(...products().reverse())
  return table
}

/** Reads everything page by page; each page begins behind the last row of the one before. */
async function pages(kit: Kit, order: readonly Order[], limit: number): Promise<readonly unknown[]> {
  const table = await filled(kit)
  const ids: unknown[] = []
  let after: readonly unknown[] | undefined
  for (let count = 0; count < 10; count++) {
    const rows = await table.find({ order, limit, ...(after && { after }) })
    ids.push(...rows.map((row) => row.id))
    if (rows.length < limit) return ids
    after = order.map(({ path }) => rows.at(-1)![path[0]!] ?? null)
  }
  return ids
}

export const order = group('order', storesRows, {
  'without order rows come by ascending id': async (kit) => {
    assert.deepEqual(await (await filled(kit)).ids(), everyProduct)
  },
  'ascending numbers, null first': async (kit) => {
    assert.deepEqual(await (await filled(kit)).ids({ order: [by('price')] }), [5, 7, 6, 2, 1, 4, 3])
  },
  'descending numbers, null last': async (kit) => {
    assert.deepEqual(await (await filled(kit)).ids({ order: [by('price', 'DESC')] }), [3, 4, 1, 2, 6, 7, 5])
  },
  'numbers as numbers, not as text': async (kit) => {
    assert.deepEqual(await (await filled(kit)).ids({ order: [by('stock')] }), [5, 4, 6, 2, 7, 1, 3])
  },
  'text by code unit': async (kit) => {
    assert.deepEqual(await (await filled(kit)).ids({ order: [by('name')] }), [5, 6, 4, 1, 3, 2, 7])
  },
  'text by code unit, descending': async (kit) => {
    assert.deepEqual(await (await filled(kit)).ids({ order: [by('name', 'DESC')] }), [7, 2, 3, 1, 4, 6, 5])
  },
  'dates by time, also before 1970': async (kit) => {
    assert.deepEqual(await (await filled(kit)).ids({ order: [by('createdAt')] }), [5, 4, 6, 1, 2, 3, 7])
  },
  'false before true, null before both': async (kit) => {
    assert.deepEqual(await (await filled(kit)).ids({ order: [by('active'), by('id')] }), [5, 2, 6, 1, 3, 4, 7])
  },
  'a second property where the first is equal': async (kit) => {
    assert.deepEqual(await (await filled(kit)).ids({ order: [by('active', 'DESC'), by('id', 'DESC')] }), [7, 4, 3, 1, 6, 2, 5])
  },
  'by id, descending': async (kit) => {
    assert.deepEqual(await (await filled(kit)).ids({ order: [by('id', 'DESC')] }), [7, 6, 5, 4, 3, 2, 1])
  },
  'by a number inside an object, null first': when(capable('nestedPaths'), async (kit) => {
    const found = await (await filled(kit)).ids({ order: [by(['details', 'weight']), by('id')] })
    assert.deepEqual(found, [4, 5, 6, 7, 3, 1, 2])
  }),
  'by text inside an object, null last': when(capable('nestedPaths'), async (kit) => {
    const found = await (await filled(kit)).ids({ order: [by(['details', 'origin', 'country'], 'DESC'), by('id')] })
    assert.deepEqual(found, [2, 3, 1, 4, 5, 6, 7])
  }),
  'with a condition': async (kit) => {
    assert.deepEqual(await (await filled(kit)).ids({ where: compare('active', 'eq', true), order: [by('price', 'DESC')] }), [3, 4, 1, 7])
  },
})

export const page = group('page', storesRows, {
  'limit cuts the result': async (kit) => {
    assert.deepEqual(await (await filled(kit)).ids({ limit: 3 }), [1, 2, 3])
  },
  'limit beyond the end gives what there is': async (kit) => {
    assert.deepEqual(await (await filled(kit)).ids({ limit: 1000 }), everyProduct)
  },
  'skip leaves out the first rows': async (kit) => {
    assert.deepEqual(await (await filled(kit)).ids({ skip: 5 }), [6, 7])
  },
  'skip beyond the end gives nothing': async (kit) => {
    assert.deepEqual(await (await filled(kit)).ids({ skip: 7 }), [])
  },
  'skip of nothing leaves out nothing': async (kit) => {
    assert.deepEqual(await (await filled(kit)).ids({ skip: 0, limit: 2 }), [1, 2])
  },
  'limit and skip together': async (kit) => {
    assert.deepEqual(await (await filled(kit)).ids({ skip: 2, limit: 2 }), [3, 4])
  },
  'limit and skip after order and condition': async (kit) => {
    const query = { where: compare('price', 'neq', null), order: [by('price', 'DESC')], skip: 1, limit: 3 }
    assert.deepEqual(await (await filled(kit)).ids(query), [4, 1, 2])
  },
  'columns names the properties that come back, beside the ids': async (kit) => {
    const rows = await (await filled(kit)).find({ columns: ['name', 'price'], where: compare('id', 'lte', 2) })
    assert.deepEqual(rows, [
      { id: 1, name: 'Apple', price: 1.5 },
      { id: 2, name: 'apple', price: 0.5 },
    ])
  },
  'columns may leave out what the order and the condition need': async (kit) => {
    const rows = await (await filled(kit)).find({ columns: ['stock'], where: compare('price', 'gt', 1), order: [by('createdAt')] })
    assert.deepEqual(rows, [
      { id: 4, stock: -3 },
      { id: 1, stock: 10 },
      { id: 3, stock: 100 },
    ])
  },
  'columns of nothing gives the ids': async (kit) => {
    assert.deepEqual(await (await filled(kit)).find({ columns: [], limit: 1 }), [{ id: 1 }])
  },
  'after goes on behind a row': when(capable('keyset'), async (kit) => {
    assert.deepEqual(await (await filled(kit)).ids({ order: [by('id')], after: [4] }), [5, 6, 7])
  }),
  'after pages through ascending numbers with null': when(capable('keyset'), async (kit) => {
    assert.deepEqual(await pages(kit, [by('price'), by('id')], 1), [5, 7, 6, 2, 1, 4, 3])
    assert.deepEqual(await pages(kit, [by('price'), by('id')], 2), [5, 7, 6, 2, 1, 4, 3])
  }),
  'after pages through descending numbers with null': when(capable('keyset'), async (kit) => {
    assert.deepEqual(await pages(kit, [by('price', 'DESC'), by('id')], 1), [3, 4, 1, 2, 6, 7, 5])
    assert.deepEqual(await pages(kit, [by('price', 'DESC'), by('id')], 3), [3, 4, 1, 2, 6, 7, 5])
  }),
  'after pages through equal values by id': when(capable('keyset'), async (kit) => {
    assert.deepEqual(await pages(kit, [by('active', 'DESC'), by('id')], 1), [1, 3, 4, 7, 2, 6, 5])
  }),
  'after pages through several directions': when(capable('keyset'), async (kit) => {
    assert.deepEqual(await pages(kit, [by('active'), by('price', 'DESC'), by('id')], 2), [5, 2, 6, 3, 4, 1, 7])
  }),
  'after pages through dates to the millisecond': when(capable('keyset'), async (kit) => {
    assert.deepEqual(await pages(kit, [by('createdAt'), by('id')], 1), [5, 4, 6, 1, 2, 3, 7])
  }),
  'after keeps to the condition': when(capable('keyset'), async (kit) => {
    const where = and([compare('active', 'eq', true), compare('price', 'gt', 0)])
    assert.deepEqual(await (await filled(kit)).ids({ where, order: [by('price'), by('id')], after: [1.5, 1] }), [4, 3])
  }),
  'perParent limits the rows of each parent': when(capable('perParent'), async (kit) => {
    const table = await family(kit)
    const query = { where: compare('brandId', 'inq', [1, 2]), perParent: { key: ['brandId'], limit: 2 } }
    assert.deepEqual(sorted(await table.ids(query)), [1, 2, 11, 12])
  }),
  'perParent skips rows of each parent': when(capable('perParent'), async (kit) => {
    const table = await family(kit)
    const query = { where: compare('brandId', 'inq', [1, 2]), perParent: { key: ['brandId'], limit: 2, skip: 1 } }
    assert.deepEqual(sorted(await table.ids(query)), [2, 3, 12])
  }),
  'perParent limits after the order': when(capable('perParent'), async (kit) => {
    const table = await family(kit)
    const query = { where: compare('brandId', 'inq', [1, 2]), order: [by('price', 'DESC')], perParent: { key: ['brandId'], limit: 1 } }
    assert.deepEqual(sorted(await table.ids(query)), [3, 12])
  }),
  'perParent keeps the order within a parent': when(capable('perParent'), async (kit) => {
    const table = await family(kit)
    const rows = await table.find({ order: [by('price', 'DESC')], perParent: { key: ['brandId'], limit: 2 } })
    const idsOf = (brandId: number) => rows.filter((row) => row.brandId === brandId).map((row) => row.id)
    assert.deepEqual([idsOf(1), idsOf(2), idsOf(3)], [[3, 2], [12, 11], [21]])
  }),
})

async function family({ open }: Kit) {
  const table = await open(product)
  await table.insert(
    { id: 1, brandId: 1, price: 1 },
    { id: 2, brandId: 1, price: 2 },
    { id: 3, brandId: 1, price: 3 },
    { id: 11, brandId: 2, price: 1 },
    { id: 12, brandId: 2, price: 2 },
    { id: 21, brandId: 3, price: 5 },
  )
  return table
}

function sorted(ids: readonly unknown[]): readonly unknown[] {
  return [...ids].sort((a, b) => Number(a) - Number(b))
}
