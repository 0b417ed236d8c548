import assert from 'node:assert/strict'
import { and, compare } from '../query/build'
import { place } from './entities'
import { capable, group, storesRows } from './group'
import type { Kit } from './kit'

async function filled({ open }: Kit) {
  const table = await open(place)
  await table.insert(
    { id: 1, name: 'Berlin', location: { lat: 52.52, lng: 13.405 } },
    { id: 2, name: 'Potsdam', location: { lat: 52.39, lng: 13.06 } },
    { id: 3, name: 'Hamburg', location: { lat: 53.55, lng: 9.99 } },
    { id: 4, name: 'nowhere' },
    { id: 5, name: 'Suva', location: { lat: -18.14, lng: 178.44 } },
    { id: 6, name: 'Apia', location: { lat: -13.83, lng: -171.77 } },
  )
  return table
}

const berlin = { lat: 52.52, lng: 13.405 }

export const near = group('near', (connector) => storesRows(connector) ?? capable('near')(connector), {
  'orders by distance and leaves out rows without a place': async (kit) => {
    assert.deepEqual(await (await filled(kit)).ids({ where: compare('location', 'near', berlin), limit: 3 }), [1, 2, 3])
    assert.equal(await (await filled(kit)).count(compare('location', 'near', berlin)), 5)
  },
  'maxDistance is in meters': async (kit) => {
    const table = await filled(kit)
    assert.deepEqual(await table.ids({ where: compare('location', 'near', { ...berlin, maxDistance: 30_000 }) }), [1, 2])
    assert.deepEqual(await table.ids({ where: compare('location', 'near', { ...berlin, maxDistance: 26_000 }) }), [1])
  },
  'minDistance leaves out what is nearer': async (kit) => {
    const where = compare('location', 'near', { ...berlin, minDistance: 10_000, maxDistance: 400_000 })
    assert.deepEqual(await (await filled(kit)).ids({ where }), [2, 3])
  },
  'finds across the date line': async (kit) => {
    const where = compare('location', 'near', { lat: -18, lng: -179.5, maxDistance: 1_200_000 })
    assert.deepEqual(await (await filled(kit)).ids({ where }), [5, 6])
  },
  'joins with other conditions': async (kit) => {
    const where = and([compare('location', 'near', berlin), compare('name', 'like', '%m')])
    assert.deepEqual(await (await filled(kit)).ids({ where }), [2])
  },
  'an order of the query comes first': async (kit) => {
    const where = compare('location', 'near', { ...berlin, maxDistance: 400_000 })
    assert.deepEqual(await (await filled(kit)).ids({ where, order: [{ path: ['name'], direction: 'DESC' }] }), [2, 3, 1])
  },
})
