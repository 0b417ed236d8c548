import assert from 'node:assert/strict'
import type { Row } from '../connector'
import type { Where } from '../query/ast'
import { compare } from '../query/build'
import { product } from './entities'
import { everyProduct, products } from './fixtures'
import { capable, group, storesRows, when, type Need, type TestBody } from './group'
import { refused, type Kit } from './kit'
import { inqCases, listCases, logicCases, nestedCases, notCases, scalarCases, textCases, type WhereCase } from './where-cases'

const always: Need = () => undefined

function tests(cases: readonly WhereCase[], need: Need = always): Record<string, ReturnType<typeof when>> {
  return Object.fromEntries(cases.map(({ title, where, ids }) => [title, when(need, (kit) => finds(kit, where, ids))]))
}

/** The complement, as a tree that was not simplified on the way. */
function turned(cases: readonly WhereCase[]): Record<string, TestBody> {
  const bodies = cases.map(({ title, where, ids }) => {
    const rest = everyProduct.filter((id) => !ids.includes(id))
    return [`not turns: ${title}`, (kit: Kit) => finds(kit, Object.freeze({ kind: 'not', item: where }), rest)] as const
  })
  return Object.fromEntries(bodies)
}

async function finds({ open }: Kit, where: Where, ids: readonly number[]): Promise<void> {
  const table = await open(product)
  await table.insert(...products())
  assert.deepEqual(await table.ids({ where }), ids)
  assert.equal(await table.count(where), ids.length, 'count must agree with find')
}

const plainCases = [...scalarCases, ...inqCases, ...textCases, ...listCases, ...logicCases]

export const where = group('where', storesRows, {
  ...tests(scalarCases),
  ...tests(inqCases),
  ...tests(textCases),
  ...tests(logicCases),
  'no condition finds every row': async ({ open }) => {
    const table = await open(product)
    await table.insert(...products())
    assert.deepEqual(await table.ids(), everyProduct)
    assert.equal(await table.count(), everyProduct.length)
  },
  'inq takes as many values as the connector declares': async ({ open, connector }) => {
    const table = await open(product)
    await table.insert(...products())
    const many = Array.from({ length: Math.min(connector.capabilities.maxValues, 10_000) - 2 }, (_, index) => index + 3)
    assert.deepEqual(await table.ids({ where: compare('id', 'inq', many) }), [3, 4, 5, 6, 7])
    assert.deepEqual(await table.ids({ where: compare('id', 'nin', many) }), [1, 2])
  },
  'a pattern of like that ends in its escape does no harm': async ({ open }) => {
    const table = await open(product)
    await table.insert({ id: 1, name: 'a\\' }, { id: 2, name: 'a' })
    assert.deepEqual(await table.ids({ where: compare('name', 'like', 'a\\') }), [1])
  },
  'a regular expression that is none is refused': async ({ open }) => {
    const table = await open(product)
    await table.insert({ id: 1, name: 'a' } satisfies Row)
    await refused(() => table.ids({ where: compare('name', 'regexp', { source: '(', flags: '' }) }), 'PATTERN_INVALID')
  },
})

export const whereLists = group('where in lists', storesRows, tests(listCases))

export const whereNested = group('where inside objects', storesRows, tests(nestedCases, capable('nestedPaths')))

export const whereNot = group('where not', storesRows, {
  ...tests(notCases, capable('not')),
  ...Object.fromEntries(Object.entries(turned(plainCases)).map(([title, run]) => [title, when(capable('not'), run)])),
  ...Object.fromEntries(
    Object.entries(turned(nestedCases)).map(([title, run]) => [
      title,
      when((connector) => capable('not')(connector) ?? capable('nestedPaths')(connector), run),
    ]),
  ),
})
