import assert from 'node:assert/strict'
import { plainCall } from '../connector'
import type { Query } from '../query/ast'
import { and, compare, or } from '../query/build'
import { parameterize } from '../query/parameterize'
import { product } from './entities'
import { products } from './fixtures'
import { capable, group, method, storesRows, when } from './group'
import { plainRow, type Kit, type Table } from './kit'

async function filled({ open }: Kit): Promise<Table> {
  const table = await open(product)
  await table.insert(...products())
  return table
}

/** One prepared function must answer each query of its shape as `find` does. */
async function agrees(kit: Kit, ...queries: readonly Query[]): Promise<void> {
  const table = await filled(kit)
  const [first] = queries.map((query) => parameterize(product, query)!)
  const run = table.connector.prepare!(product, first!.shape)
  for (const query of queries) {
    const { shape, values } = parameterize(product, query)!
    assert.equal(shape.key, first!.shape.key, 'the queries must have one shape')
    assert.deepEqual((await run(values, plainCall)).map(plainRow), await table.find(query))
  }
}

export const prepare = group('prepare', (connector) => storesRows(connector) ?? method('prepare')(connector), {
  'finds by id, again and again': (kit) => agrees(kit, ...[1, 3, 99, 1].map((id) => ({ where: compare('id', 'eq', id), limit: 1 }))),
  'takes a list of any length': (kit) =>
    agrees(kit, ...[[1], [2, 3, 4], [], [7, 7, 99]].map((ids) => ({ where: compare('id', 'inq', ids) }))),
  'takes a list of texts': (kit) =>
    agrees(kit, ...[['Apple'], ['', 'Banana', "'"]].map((names) => ({ where: compare('name', 'nin', names) }))),
  'takes limit and skip': (kit) =>
    agrees(
      kit,
      ...[
        [1, 0],
        [2, 3],
        [100, 6],
      ].map(([limit, skip]) => ({ limit, skip, order: [{ path: ['id'], direction: 'DESC' as const }] })),
    ),
  'takes numbers, texts and dates': (kit) =>
    agrees(
      kit,
      ...[0, 1, 2].map((index) => {
        const { price, name, createdAt } = products()[index]!
        return { where: or([compare('price', 'gt', price), compare('name', 'eq', name), compare('createdAt', 'lt', createdAt)]) }
      }),
    ),
  'takes booleans and null': (kit) =>
    agrees(kit, ...[true, false].map((flag) => ({ where: and([compare('active', 'eq', flag), compare('brandId', 'eq', null)]) }))),
  'takes between': (kit) =>
    agrees(
      kit,
      ...[
        [0, 3],
        [3, 0],
        [-5, 100],
      ].map((range) => ({ where: compare('price', 'between', range) })),
    ),
  'takes patterns': (kit) => agrees(kit, ...['A%', '%\\_%', '%', ''].map((pattern) => ({ where: compare('name', 'like', pattern) }))),
  'takes text with wildcards': (kit) => agrees(kit, ...['100%', '%', '\\'].map((text) => ({ where: compare('name', 'contains', text) }))),
  'takes regular expressions': (kit) =>
    agrees(kit, ...['^a', 'an', 'e$'].map((source) => ({ where: compare('name', 'regexp', { source, flags: 'i' }) }))),
  'takes elements of lists': (kit) => agrees(kit, ...['red', 'sweet', 'none'].map((tag) => ({ where: compare('tags', 'eq', tag) }))),
  'takes several elements of lists': (kit) =>
    agrees(kit, ...[['red'], ['red', 'sweet'], []].map((tags) => ({ where: compare('tags', 'contains', tags) }))),
  'takes whole lists': (kit) => agrees(kit, ...[['red'], ['red', 'sweet'], []].map((tags) => ({ where: compare('tags', 'eq', tags) }))),
  'takes places inside objects': when(capable('nestedPaths'), (kit) =>
    agrees(kit, ...[95, 200, 1].map((weight) => ({ where: compare(['details', 'weight'], 'gte', weight) }))),
  ),
  'takes values of several kinds at a place inside objects': when(capable('nestedPaths'), (kit) =>
    agrees(kit, ...[95, '95', true].map((value) => ({ where: compare(['details', 'code'], 'eq', value) }))),
  ),
  'takes columns': (kit) => agrees(kit, ...[1, 2].map((id) => ({ where: compare('id', 'eq', id), columns: ['price'] }))),
  'takes keyset paging': when(capable('keyset'), (kit) => {
    const order = ['price', 'id'].map((name) => ({ path: [name], direction: 'ASC' as const }))
    return agrees(
      kit,
      ...[
        [0, 6],
        [1.5, 1],
        [12, 3],
      ].map((after) => ({ order, after, limit: 2 })),
    )
  }),
  'sees what was written since': async (kit) => {
    const table = await filled(kit)
    const { shape, values } = parameterize(product, { where: compare('name', 'eq', 'new') })!
    const run = table.connector.prepare!(product, shape)
    assert.equal((await run(values, plainCall)).length, 0)
    await table.insert({ id: 100, name: 'new' })
    assert.equal((await run(values, plainCall)).length, 1)
    await table.remove(compare('id', 'eq', 100))
    assert.equal((await run(values, plainCall)).length, 0)
  },
  'thirty calls at once do not mix their values': async (kit) => {
    const table = await filled(kit)
    const run = table.connector.prepare!(product, parameterize(product, { where: compare('id', 'eq', 1) })!.shape)
    const found = await Promise.all(Array.from({ length: 30 }, async (_, index) => run([(index % 7) + 1], plainCall)))
    assert.deepEqual(
      found.map(([row]) => row?.id),
      found.map((_, index) => (index % 7) + 1),
    )
  },
})
