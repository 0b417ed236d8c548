import { runtimeOf } from '@reloop/juggler'
import { overStores, type AnyModel, type Store } from '../stores'

/** Lines 33, 35, 37–41, 44 and 54: pollution, confusion of types, secrecy of fields. */
overStores((make, kind) => {
  let store: Store
  let Item: AnyModel

  beforeEach(async () => {
    store = make()
    Item = store.db.define(
      'Item',
      {
        name: { type: String, index: { unique: true } },
        count: { type: Number, required: true },
        flag: Boolean,
        at: Date,
        data: Object,
        list: [Object],
        secret: String,
      },
      { strict: true, hidden: ['secret'] },
    )
    await store.db.automigrate()
  })

  afterEach(() => {
    expect(({} as AnyModel).polluted).toBeUndefined()
    expect(Object.prototype).not.toHaveProperty('polluted')
  })

  it('33 · prototypes can not be reached through data or filters', async () => {
    const evil = () =>
      JSON.parse(
        '{"name":"a","count":1,"__proto__":{"polluted":1},"data":{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}},"list":[{"__proto__":{"polluted":1}}]}',
      )
    const Open = store.db.modelBuilder.define('Open', { name: String }, { strict: false })
    const open = new Open(evil())
    expect(open).toBeInstanceOf(Open)
    expect(open.polluted).toBeUndefined()
    const item = await Item.create(evil())
    expect(item).toBeInstanceOf(Item)
    expect(item.data.polluted).toBeUndefined()
    await item.updateAttributes({ data: evil() })
    item.setAttributes(evil())
    item.fromObject(evil())
    item.setAttribute('__proto__', { polluted: 1 })
    await item.save()
    const found = await Item.findById(item.id)
    expect(found.polluted).toBeUndefined()
    expect(found.data.polluted).toBeUndefined()
    await Item.find(JSON.parse('{"where":{"__proto__":{"polluted":1}}}')).catch(() => undefined)
    await Item.updateAll({}, evil())
    await Item.upsert({ ...evil(), id: item.id })
    await Item.replaceById(item.id, evil())
  })

  it('35 · data never covers methods', async () => {
    const Open = store.db.modelBuilder.define('Open', { name: String }, { strict: false, idInjection: false })
    const open = new Open({
      name: 'a',
      save: 1,
      toJSON: 'x',
      constructor: 1,
      _where: {},
      hasOwnProperty: 1,
      updateAttributes: 1,
      $name: 'z',
      __data: 'd',
      __cachedRelations: 5,
      errors: 7,
    })
    expect(typeof open.toJSON).toBe('function')
    expect(typeof open.hasOwnProperty).toBe('function')
    expect(open.name).toBe('a')
    expect(open).toBeInstanceOf(Open)
    expect(JSON.parse(JSON.stringify(open))).toMatchObject({ name: 'a' })
    await expect(Item.create({ name: 'a', count: 1, save: 1 })).rejects.toMatchObject({ statusCode: 422 })
  })

  it.each([[[1, 2]], [''], [' '], ['0x1F'], ['1e400'], [{}], ['abc'], [NaN], [Infinity], [null], [undefined], ['1 2'], [() => 1]])(
    '37 · a required number refuses %p',
    async (count) => {
      await expect(Item.create({ name: 'a', count })).rejects.toMatchObject({
        statusCode: 422,
        details: { codes: { count: [expect.stringMatching(/^(type|presence)$/)] } },
      })
      expect(await Item.count()).toBe(0)
      const item = await Item.create({ name: 'b', count: 1 })
      if (count === undefined || typeof count === 'function') return
      await expect(item.updateAttributes({ count })).rejects.toMatchObject({ statusCode: 422 })
      if (count !== null) await expect(Item.updateAll({ count })).rejects.toMatchObject({ statusCode: 422 })
      expect((await Item.findById(item.id)).count).toBe(1)
    },
  )

  it.each([
    ['false', false],
    ['0', false],
    [0, false],
    ['', false],
    [false, false],
    ['true', true],
    ['1', true],
    [1, true],
    [[], true],
    ['yes', true],
  ])('38 · the boolean %j is %j', async (given, expected) => {
    expect((await Item.create({ name: 'a', count: 1, flag: given })).flag).toBe(expected)
    expect((await Item.findOne()).flag).toBe(expected)
  })

  it.each([['0000-00-00'], [{}], [8.64e15 + 1], ['+275761-01-01T00:00:00Z'], ['never'], [[]], [true]])(
    '38 · the date %p is refused',
    async (at) => {
      await expect(Item.create({ name: 'a', count: 1, at })).rejects.toMatchObject({
        statusCode: 422,
        details: { codes: { at: ['date'] } },
      })
    },
  )

  it('39 · unknown properties of closed models are never written', async () => {
    await expect(Item.create({ name: 'a', count: 1, other: 1 })).rejects.toMatchObject({ statusCode: 422 })
    const item = await Item.create({ name: 'a', count: 1 })
    await expect(item.updateAttributes({ other: 1 })).rejects.toMatchObject({ statusCode: 422 })
    await expect(Item.updateAll({ other: 1 })).rejects.toMatchObject({ statusCode: 400 })
    await expect(Item.replaceById(item.id, { name: 'a', count: 1, other: 1 })).rejects.toMatchObject({ statusCode: 422 })
    await expect(Item.upsert({ id: item.id, other: 1 })).rejects.toMatchObject({ statusCode: 422 })
    expect(JSON.stringify(await Item.findById(item.id))).not.toContain('other')
  })

  it('40 · ids that the store makes are refused, and ids can not be changed', async () => {
    await expect(Item.create({ id: 7, name: 'a', count: 1 })).rejects.toMatchObject({ statusCode: 422 })
    const item = await Item.create({ name: 'a', count: 1 })
    await expect(item.updateAttributes({ id: 99 })).rejects.toMatchObject({ statusCode: 400 })
    await expect(Item.replaceById(item.id, { id: 99, name: 'a', count: 1 })).rejects.toMatchObject({ statusCode: 400 })
  })

  it('41 · a hidden property can not be asked for from outside, in any place', async () => {
    const Box = store.db.define(
      'Box',
      { name: String },
      { strict: true, relations: { items: { type: 'hasMany', model: 'Item', foreignKey: 'boxId' } } },
    )
    await store.db.automigrate()
    const box = await Box.create({ name: 'b' })
    const item = await box.items.create({ name: 'a', count: 1, secret: 'tell' })
    const outside = { fromOutside: true }
    let deep: object = { secret: 'tell' }
    for (let level = 0; level < 5; level++) deep = { or: [deep] }
    for (const filter of [
      { where: { secret: 'tell' } },
      { where: deep },
      { where: { secret: { inq: ['tell'] } } },
      { where: { secret: { regexp: '^t' } } },
      { where: { and: [{ name: 'a' }, { not: { secret: { exists: true } } }] } },
      { order: 'secret' },
      { order: ['name', 'secret DESC'] },
    ]) {
      await expect(Item.find(filter, outside)).rejects.toMatchObject({ statusCode: 400 })
      await expect(runtimeOf(Item).rows.find(filter, outside)).rejects.toMatchObject({ statusCode: 400 })
      await expect(Box.find({ include: { relation: 'items', scope: filter } }, outside)).rejects.toMatchObject({ statusCode: 400 })
    }
    await expect(Box.find({ where: { items: { some: { secret: 'tell' } } } }, outside)).rejects.toMatchObject({ statusCode: 400 })
    for (const reply of [
      await Item.find({ fields: ['name', 'secret'] }, outside),
      await runtimeOf(Item).rows.find({ fields: ['name', 'secret'] }, outside),
      await Box.find({ include: { relation: 'items', scope: { fields: ['secret'] } } }, outside),
      await runtimeOf(Box).rows.find({ include: 'items' }, outside),
      [await runtimeOf(Item).rows.findById(item.id, undefined, outside)],
      [item],
      [{ ...item }],
    ]) {
      expect(JSON.stringify(reply)).not.toContain('tell')
    }
  })

  it('44 · errors of the store say nothing of its language, nor of the value', async () => {
    await Item.create({ name: 'taken@mail', count: 1 })
    const error = await Item.create({ name: 'taken@mail', count: 2 }).catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ statusCode: 409, code: 'DUPLICATE_ENTRY' })
    expect(error.message).not.toMatch(/taken@mail|insert|constraint|sqlite/i)
  })

  it('54 · what is no where never means all', async () => {
    await Item.create([
      { name: 'a', count: 1 },
      { name: 'b', count: 2 },
    ])
    for (const where of ['null', '', [], 'x', 5, true, [{}], { name: undefined }, { and: [{ name: undefined }] }]) {
      if (where === '') continue
      await expect(Item.destroyAll(where)).rejects.toMatchObject({ statusCode: 400 })
      await expect(Item.updateAll(where, { count: 5 })).rejects.toMatchObject({ statusCode: 400 })
    }
    expect(await Item.count({ count: { lt: 5 } })).toBe(2)
    expect(kind).toBeTruthy()
    expect(await Item.destroyAll()).toEqual({ count: 2 })
  })
})
