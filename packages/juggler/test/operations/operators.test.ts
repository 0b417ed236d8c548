import { overStores, type AnyModel, type Store } from '../stores'

overStores((make) => {
  let Item: AnyModel
  let store: Store

  beforeEach(async () => {
    store = make()
    const Owner = store.db.define('Owner', { name: String }, { forceId: false })
    Item = store.db.define(
      'Item',
      {
        name: { type: String, operators: ['$unset'] },
        code: { type: String, required: true, operators: true },
        stock: { type: Number, operators: ['$inc', 'mul', '$min', '$max'] },
        price: Number,
        secret: { type: Number, operators: true },
        seen: { type: Date, operators: ['$max'] },
        tags: { type: [String], operators: ['$push', '$pull', '$addToSet', '$unset'] },
      },
      { hidden: ['secret'], strict: true, operators: ['$inc'], relations: { owner: { type: 'belongsTo', model: 'Owner' } } },
    )
    await store.db.automigrate()
    await Owner.create({ name: 'o' })
    await Item.create({ name: 'a', code: 'c', stock: 5, price: 2, secret: 1, tags: ['x'], seen: new Date(1000) })
  })

  const row = async () => (await Item.findOne()).toObject()

  describe.each([
    ['in the store', false],
    ['row by row', true],
  ])('%s', (_how, emulated) => {
    beforeEach(() => {
      if (!emulated) return
      const plain = new Proxy(store.db.connector, {
        get: (target, key) => (key === 'capabilities' ? { ...target.capabilities, change: [] } : target[key]),
      })
      Object.defineProperty(store.db, 'connector', { value: plain, configurable: true })
    })

    it.each([
      [{ $inc: { stock: 2 } }, { stock: 7 }],
      [{ $inc: { stock: '-2', price: 0.5 } }, { stock: 3, price: 2.5 }],
      [{ $mul: { stock: 3 } }, { stock: 15 }],
      [{ $min: { stock: 1 } }, { stock: 1 }],
      [{ $max: { stock: 1, seen: '2020-01-01' } }, { stock: 5, seen: new Date('2020-01-01') }],
      [{ $push: { tags: ['x', 'y'] } }, { tags: ['x', 'x', 'y'] }],
      [{ $pull: { tags: 'x' } }, { tags: [] }],
      [{ $addToSet: { tags: ['x', 'z'] } }, { tags: ['x', 'z'] }],
      [
        { name: 'b', $inc: { stock: 1 } },
        { name: 'b', stock: 6 },
      ],
    ])('%j', async (change, expected) => {
      expect(await Item.updateAll({ name: 'a' }, change)).toEqual({ count: 1 })
      expect(await row()).toMatchObject(expected)
    })

    it('takes a value away', async () => {
      await Item.updateAll({}, { $unset: { name: true, tags: 1 } })
      expect((await row()).name ?? null).toBeNull()
    })

    it('gives the instance what came of it', async () => {
      const item = await Item.findOne()
      await Item.updateAll({}, { $inc: { stock: 10 } })
      await item.patchAttributes({ name: 'n', $inc: { stock: 1 }, $push: { tags: 'q' } })
      expect(item.toObject()).toMatchObject({ name: 'n', stock: 16, tags: ['x', 'q'] })
      expect(await row()).toMatchObject({ name: 'n', stock: 16, tags: ['x', 'q'] })
      await item.updateAttributes({ $inc: { stock: 1 } })
      expect(item.stock).toBe(17)
    })

    it('loses no change of many at once', async () => {
      await Promise.all(Array.from({ length: 20 }, () => Item.updateAll({}, { $inc: { stock: 1 } })))
      expect((await row()).stock).toBe(25)
    })

    it('hands out the last one once', async () => {
      await Item.updateAll({}, { stock: 1 })
      const taken = await Promise.all(Array.from({ length: 10 }, () => Item.updateAll({ stock: { gt: 0 } }, { $inc: { stock: -1 } })))
      expect(taken.reduce((sum, { count }) => sum + count, 0)).toBe(1)
    })
  })

  it.each([
    ['an operator that the property does not name', { $mul: { price: 2 } }],
    ['an unknown property', { $inc: { nothing: 1 } }],
    ['SQL in a property', { $inc: { 'stock) , secret=(1': 1 } }],
    ['SQL in an operand', { $inc: { stock: '1; drop' } }],
    ['an object as operand', { $inc: { stock: { $gt: 1 } } }],
    ['no operand', { $inc: { stock: null } }],
    ['an id', { $inc: { id: 1 } }],
    ['a foreign key', { $inc: { ownerId: 1 } }],
    ['a list operator on text', { $push: { code: 'x' } }],
    ['arithmetic on text', { $inc: { code: 1 } }],
    ['a required property that would go', { $unset: { code: true } }],
    ['the same property twice', { $inc: { stock: 1 }, $mul: { stock: 2 } }],
    ['a property that is set too', { stock: 1, $inc: { stock: 1 } }],
    ['operands that are none', { $inc: 5 }],
    ['other operators', { $rename: { stock: 'price' } }],
    ['$set', { $set: { secret: 5 } }],
  ])('refuses %s', async (_what, change) => {
    const before = await row()
    await expect(Item.updateAll({}, change)).rejects.toMatchObject({ statusCode: 400 })
    await expect((await Item.findOne()).updateAttributes(change)).rejects.toMatchObject({ statusCode: 400 })
    expect(await row()).toEqual(before)
  })

  it('refuses hidden properties from outside', async () => {
    await expect(Item.updateAll({}, { $inc: { secret: 1 } }, { fromOutside: true })).rejects.toMatchObject({ code: 'CHANGE_NOT_ALLOWED' })
    await Item.updateAll({}, { $inc: { secret: 1 } })
    expect((await Item.findOne()).secret).toBe(2)
  })

  it('refuses operators of others on open models too', async () => {
    const Open = store.db.define('OpenItem', { n: Number }, { strict: false })
    await store.db.automigrate('OpenItem')
    await Open.create({ n: 1 })
    await expect(Open.updateAll({}, { $rename: { n: 'm' } })).rejects.toMatchObject({ code: 'CHANGE_NOT_ALLOWED', statusCode: 400 })
    await expect(Open.updateAll({}, { $inc: { n: 1 } })).rejects.toMatchObject({ code: 'CHANGE_NOT_ALLOWED', statusCode: 400 })
  })

  it('refuses operators where whole rows are given: an open model would keep them', async () => {
    const Open = store.db.define('OpenItem', { n: Number }, { strict: false })
    await store.db.automigrate('OpenItem')
    const one = await Open.create({ n: 1 })
    const data = { n: 2, $inc: { n: 1 } }
    if (!store.db.connector.capabilities.open) return
    const refused = { code: 'CHANGE_NOT_ALLOWED', statusCode: 400 }
    await expect(Open.create(data)).rejects.toMatchObject(refused)
    await expect(Open.upsert({ ...data, id: one.id })).rejects.toMatchObject(refused)
    await expect(Open.replaceById(one.id, data)).rejects.toMatchObject(refused)
    await expect(Open.replaceOrCreate({ ...data, id: one.id })).rejects.toMatchObject(refused)
    expect((await Open.find()).map((item: AnyModel) => item.n)).toEqual([1])
  })

  it('shows operators to the hooks of a write, which may change them', async () => {
    const seen: unknown[] = []
    const Hooked = store.db.define('HookedItem', { n: { type: Number, operators: true }, text: String }, { strict: true })
    await store.db.automigrate('HookedItem')
    const one = await Hooked.create({ n: 1 })
    for (const hook of ['before save', 'persist', 'after save'])
      Hooked.observe(hook, async (ctx: AnyModel) => {
        seen.push([hook, ctx.data])
        if (hook === 'persist' && ctx.data.$inc) ctx.data.$inc.n = 5
      })
    await Hooked.updateAll({}, { text: 'a', $inc: { n: 1 } })
    expect(seen).toEqual([
      ['before save', { text: 'a', $inc: { n: 1 } }],
      ['persist', { text: 'a', $inc: { n: 5 } }],
      ['after save', { text: 'a', $inc: { n: 5 } }],
    ])
    seen.length = 0
    const again = await Hooked.findById(one.id)
    await again.updateAttributes({ $inc: { n: 2 } })
    expect(seen[1]).toEqual(['persist', { $inc: { n: 5 } }])
    expect([again.n, (await Hooked.findById(one.id)).n]).toEqual([11, 11])
  })

  it('allows all of them where the model says so as LoopBack did', async () => {
    const Any = store.db.define('AnyItem', { n: Number }, { allowExtendedOperators: true })
    await store.db.automigrate('AnyItem')
    await Any.create({ n: 2 })
    await Any.updateAll({}, { $mul: { n: 4 } })
    expect((await Any.findOne()).n).toBe(8)
  })
})
