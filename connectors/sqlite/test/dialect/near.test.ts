import { compare, defineEntity, distanceBetween, plainCall } from '@reloop/connector'
import { openStore } from '../fixtures/store'

const city = defineEntity({ name: 'City', properties: { id: { type: 'integer', id: true }, at: { type: 'geopoint', index: true } } })

describe('the nearest of many places', () => {
  const { store, said } = openStore()
  const rows = Array.from({ length: 50_000 }, (_, id) => ({
    id,
    at: { lat: ((id * 7919) % 18_000) / 100 - 90, lng: ((id * 104_729) % 36_000) / 100 - 180 },
  }))

  beforeAll(async () => {
    await store.migrate({ entities: [city], mode: 'recreate' })
    await store.insert({ entity: city, rows }, plainCall)
  })

  it.each([
    ['in the middle', { lat: 52.52, lng: 13.4 }],
    ['at the date line', { lat: -17, lng: 179.99 }],
    ['at a pole', { lat: 89.9, lng: 0 }],
  ])('are the nearest of all: %s', async (_title, point) => {
    const nearest = rows
      .map((row) => ({ id: row.id, distance: distanceBetween(row.at, point) }))
      .sort((a, b) => a.distance - b.distance || a.id - b.id)
    const found = await store.find({ entity: city, query: { where: compare('at', 'near', point), limit: 10 } }, plainCall)
    const distances = found.map((row) => distanceBetween(row.at as { lat: number; lng: number }, point))
    expect(distances.map((distance) => Math.round(distance))).toEqual(nearest.slice(0, 10).map(({ distance }) => Math.round(distance)))
  })

  it('are found through the index, without reading all', async () => {
    said.splice(0)
    await store.find({ entity: city, query: { where: compare('at', 'near', { lat: 10, lng: 10 }), limit: 10 } }, plainCall)
    expect(said.length).toBeLessThan(4)
    const values = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 10].slice(0, said[0]!.split('?').length - 1)
    const plan = (await store.execute(`explain query plan ${said[0]!}`, values, plainCall)) as { detail: string }[]
    expect(plan.map(({ detail }) => detail).join('\n')).toContain('USING INDEX city_at_idx')
  })

  it('are fewer than asked for when there are no more within the distance', async () => {
    const where = compare('at', 'near', { lat: 52.52, lng: 13.4, maxDistance: 30_000 })
    const found = await store.find({ entity: city, query: { where, limit: 1000 } }, plainCall)
    expect(found).toHaveLength(rows.filter((row) => distanceBetween(row.at, { lat: 52.52, lng: 13.4 }) <= 30_000).length)
  })

  it('can be skipped', async () => {
    const where = compare('at', 'near', { lat: 0, lng: 0 })
    const all = await store.find({ entity: city, query: { where, limit: 20 } }, plainCall)
    expect(await store.find({ entity: city, query: { where, limit: 10, skip: 10 } }, plainCall)).toEqual(all.slice(10))
  })
})
