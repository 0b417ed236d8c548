import { kGuard } from '@reloop/juggler'
import { memory, overStores, type AnyModel } from '../stores'

/** Lines 24, 26 and 27: what a filter may cost. */
describe('24 · depth, size and circles', () => {
  const Item = memory().define('Item', { name: String, n: Number }, { strict: true })
  const fast = async (where: unknown) => {
    await Item.find({ where: { n: 1 } })
    let error: unknown
    let took = Infinity
    // Processor time, the best of a few: what the machine does beside is no part of it.
    for (let again = 0; again < 5; again++) {
      const started = process.cpuUsage()
      error = await Item.find({ where }).catch((thrown: unknown) => thrown)
      const { user, system } = process.cpuUsage(started)
      took = Math.min(took, (user + system) / 1000)
    }
    return { error, took }
  }

  it.each([
    [
      '64 levels of and',
      () => {
        let where: object = { n: 1 }
        for (let level = 0; level < 64; level++) where = { and: [where] }
        return where
      },
    ],
    [
      '64 levels of not',
      () => {
        let where: object = { n: 1 }
        for (let level = 0; level < 64; level++) where = { not: where }
        return where
      },
    ],
    ['10,000 conditions', () => ({ or: Array.from({ length: 10_000 }, (_, n) => ({ n })) })],
    [
      'a circle',
      () => {
        const where: AnyModel = { and: [] }
        where.and.push(where)
        return where
      },
    ],
  ])('24 · %s', async (_what, make) => {
    const { error, took } = await fast(make())
    expect(error).toMatchObject({ statusCode: 400, code: expect.stringMatching(/^QUERY_OBJECT_/) })
    expect(took).toBeLessThan(200)
  })

  it('a circle, where hooks, guards and relations look at the filter before it is walked', async () => {
    const Other = memory().define('Other', { name: String })
    Other.hasMany(Other, { as: 'others', foreignKey: 'otherId' })
    const where: AnyModel = { and: [] }
    where.and.push(where)
    const refused = { statusCode: 400, code: 'QUERY_OBJECT_TOO_DEEP' }
    await expect(Other.find({ where })).rejects.toMatchObject(refused)
    await expect(Other.find({ where }, { [kGuard]: () => true })).rejects.toMatchObject(refused)
    Other.observe('access', async () => undefined)
    await expect(Other.find({ where })).rejects.toMatchObject(refused)
    await expect(Other.destroyAll(where)).rejects.toMatchObject({ statusCode: 400 })
  })
})

overStores((make) => {
  it('26 · include circles and fan-out have bounds, checked before anything is read', async () => {
    const store = make()
    const A = store.db.define('A', { name: String }, { relations: { bs: { type: 'hasMany', model: 'B', foreignKey: 'aId' } } })
    store.db.define('B', { name: String }, { relations: { a: { type: 'belongsTo', model: 'A' } } })
    await store.db.automigrate()
    const a = await A.create({ name: 'a' })
    for (let n = 0; n < 3; n++) await a.bs.create({ name: `${n}` })
    let include: unknown = 'bs'
    for (let level = 0; level < 20; level++) include = { [level % 2 ? 'bs' : 'a']: include }
    store.reset()
    await expect(A.find({ include })).rejects.toMatchObject({ statusCode: 400, code: 'INCLUDE_TOO_DEEP' })
    expect(store.calls).toEqual([])
    A.settings.limits = { include: { rows: 2 } }
    await expect(A.find({ include: 'bs' })).rejects.toMatchObject({ statusCode: 413 })
  })
})

describe('27 · patterns', () => {
  it('stop in time, and keep no state between calls', async () => {
    const Item = memory().define('Item', { name: String })
    await Item.create({ name: 'a'.repeat(40) + '!' })
    const started = performance.now()
    await Item.find({ where: { name: { regexp: '^(a+)+$' } } }).catch((error: AnyModel) => expect(error.statusCode).toBe(400))
    expect(performance.now() - started).toBeLessThan(3000)
    for (let again = 0; again < 3; again++) expect(await Item.find({ where: { name: /a!/g } })).toHaveLength(1)
    await expect(Item.find({ where: { name: { regexp: '/a/y' } } })).rejects.toMatchObject({ statusCode: 400 })
  })
})
