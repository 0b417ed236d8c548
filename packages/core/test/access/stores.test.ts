import { closeAll } from '../notes'
import { allow, deny, scene } from './scene'

afterAll(closeAll)

/** The same rules on a store that keeps rows in memory, and on one that speaks SQL. */
describe.each(['memory', 'sqlite'])('rules about rows in %s', (connector) => {
  const serve = async () => {
    const found = await scene()
    const { app } = found
    const settings = connector === 'sqlite' ? { connector: '@reloop/connector-sqlite', file: ':memory:' } : { connector: 'memory' }
    const store = app.dataSource('store', settings)
    const attach = (config: object) => found.model(config as never, { dataSource: 'store' })
    attach({
      name: 'Item',
      properties: { text: 'string', price: 'number', open: 'boolean', userId: 'string' },
      acls: [
        deny('$everyone'),
        allow('$owner'),
        allow('$everyone', { accessType: 'READ', where: { open: true } }),
        deny('$everyone', { accessType: 'READ', where: { price: { gt: 100 } } }),
      ],
      relations: { box: { type: 'belongsTo', model: 'Box', foreignKey: 'boxId' } },
    })
    const Box = attach({
      name: 'Box',
      properties: { name: 'string' },
      relations: { items: { type: 'hasMany', model: 'Item', foreignKey: 'boxId' } },
    })
    if (connector === 'sqlite') await (store as unknown as { automigrate(): Promise<void> }).automigrate()
    for (const name of ['x', 'y']) await (Box.create as Function)({ name })
    const Item = app.models.Item!
    for (const row of [
      { text: 'a', price: 1, open: true, userId: 'ann', boxId: 1 },
      { text: 'b', price: 1, open: false, userId: 'ann', boxId: 1 },
      { text: 'c', price: null, open: true, userId: 'bob', boxId: 2 },
      { text: 'd', price: 200, open: true, userId: 'bob', boxId: 2 },
      { text: 'e', open: null, userId: null, boxId: 2 },
    ])
      await (Item.create as Function)(row)
    return found
  }
  const texts = (body: unknown) => (body as { text: string }[]).map(({ text }) => text)

  it('53. are the condition of every read', async () => {
    const { as } = await serve()
    expect(texts((await as(undefined, 'GET', '/api/Items')).body)).toEqual(['a', 'c'])
    expect(texts((await as('ann', 'GET', '/api/Items')).body)).toEqual(['a', 'b', 'c'])
    expect(texts((await as('bob', 'GET', '/api/Items?filter={"where":{"or":[{"price":{"gt":1}},{}]}}')).body)).toEqual(['a', 'c'])
    expect((await as('ann', 'GET', '/api/Items/count?where={"boxId":1}')).body).toEqual({ count: 2 })
  })

  it('53. hold over relations, in includes and inside quantifiers', async () => {
    const { as } = await serve()
    const boxes = (await as('ann', 'GET', '/api/Boxes?filter={"include":"items"}')).body as { items: unknown[] }[]
    expect(boxes.map(({ items }) => texts(items))).toEqual([['a', 'b'], ['c']])
    const named = async (user: unknown, where: string) =>
      ((await as(user, 'GET', `/api/Boxes?filter={"where":${where}}`)).body as { name: string }[]).map(({ name }) => name)
    expect(await named(undefined, '{"items":{"some":{"text":"b"}}}')).toEqual([])
    expect(await named('ann', '{"items":{"some":{"text":"b"}}}')).toEqual(['x'])
    expect(await named(undefined, '{"items":{"none":{"text":"b"}}}')).toEqual(['x', 'y'])
    expect(await named('ann', '{"items.text":"d"}')).toEqual([])
  })

  it('53. hold in every write', async () => {
    const { as } = await serve()
    expect((await as('ann', 'POST', '/api/Items/update?where={"price":{"lt":1000}}', { text: 'n' })).body).toEqual({ count: 2 })
    expect((await as('ann', 'PATCH', '/api/Items/1', { userId: 'bob' })).status).toBe(401)
    expect((await as('ann', 'PATCH', '/api/Items/3', { text: 'n' })).status).toBe(401)
    expect((await as('ann', 'DELETE', '/api/Items/3')).status).toBe(401)
    expect((await as('ann', 'DELETE', '/api/Items/1')).body).toEqual({ count: 1 })
  })
})
