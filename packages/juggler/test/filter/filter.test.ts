import { DataSource } from '@reloop/juggler'
import { overStores, memory, type AnyModel, type Store } from '../stores'

overStores((make, kind) => {
  let store: Store
  let Item: AnyModel

  beforeEach(async () => {
    store = make()
    Item = store.db.define(
      'Item',
      { name: String, price: Number, sold: Boolean, at: Date, tags: [String], data: Object, place: 'GeoPoint', secret: String },
      { strict: true, hidden: ['secret'] },
    )
    await store.db.automigrate()
    await Item.create([
      {
        name: 'apple',
        price: 1,
        sold: true,
        at: new Date(1000),
        tags: ['a', 'b'],
        data: { color: 'red', size: { w: 1 } },
        place: { lat: 0, lng: 0 },
        secret: 'x1',
      },
      {
        name: 'banana',
        price: 2,
        sold: false,
        at: new Date(2000),
        tags: ['b'],
        data: { color: 'yellow' },
        place: { lat: 1, lng: 1 },
        secret: 'x2',
      },
      { name: 'Cherry', price: 3, at: new Date(3000), tags: [], place: { lat: 10, lng: 10 } },
      { name: 'date%', price: null },
    ])
  })

  const names = async (where: unknown) => (await Item.find({ where, order: 'id' })).map((one: AnyModel) => one.name)

  it.each([
    [{ name: 'apple' }, ['apple']],
    [{ price: '2' }, ['banana']],
    [{ price: null }, ['date%']],
    [{ sold: 'true' }, ['apple']],
    [{ at: '1970-01-01T00:00:02.000Z' }, ['banana']],
    [{ price: { gt: 1 } }, ['banana', 'Cherry']],
    [{ price: { gt: 1, lt: 3 } }, ['banana']],
    [{ price: { gte: '1', lte: 2 } }, ['apple', 'banana']],
    [{ price: { neq: 1 } }, ['banana', 'Cherry', 'date%']],
    [{ price: { between: [2, 3] } }, ['banana', 'Cherry']],
    [{ price: { inq: ['1', 3] } }, ['apple', 'Cherry']],
    [{ price: { inq: [1, null] } }, ['apple', 'date%']],
    [{ price: { inq: [] } }, []],
    [{ price: { nin: [1, 2] } }, ['Cherry', 'date%']],
    [{ price: { nin: [] } }, ['apple', 'banana', 'Cherry', 'date%']],
    [{ price: { exists: true } }, ['apple', 'banana', 'Cherry']],
    [{ price: { exists: 'false' } }, ['date%']],
    [{ name: { like: '%an%' } }, ['banana']],
    [{ name: { nlike: '%an%' } }, ['apple', 'Cherry', 'date%']],
    [{ name: { ilike: 'c%' } }, ['Cherry']],
    [{ name: { regexp: '^a' } }, ['apple']],
    [{ name: { regexp: '/^c/i' } }, ['Cherry']],
    [{ name: /an/ }, ['banana']],
    [{ name: { startsWith: 'da' } }, ['date%']],
    [{ name: { contains: '%' } }, ['date%']],
    [{ name: { endsWith: 'e' } }, ['apple']],
    [{ tags: 'b' }, ['apple', 'banana']],
    [{ tags: { contains: ['a', 'b'] } }, ['apple']],
    [{ tags: { containsAny: ['a', 'z'] } }, ['apple']],
    [{ and: [{ price: { gt: 0 } }, { sold: true }] }, ['apple']],
    [{ or: [{ price: 1 }, { name: 'Cherry' }] }, ['apple', 'Cherry']],
    [{ nor: [{ price: 1 }, { name: 'Cherry' }] }, ['banana', 'date%']],
    [{ not: { price: { gt: 1 } } }, ['apple', 'date%']],
    [{ price: { not: { gt: 1 } } }, ['apple', 'date%']],
    [{ or: [] }, []],
    [{ and: [] }, ['apple', 'banana', 'Cherry', 'date%']],
    [{ or: [{}, { price: 1 }] }, ['apple', 'banana', 'Cherry', 'date%']],
    [{ 'data.color': 'red' }, ['apple']],
    [{ 'data.size.w': 1 }, ['apple']],
    [{}, ['apple', 'banana', 'Cherry', 'date%']],
    [undefined, ['apple', 'banana', 'Cherry', 'date%']],
    [{ name: undefined, price: 1 }, ['apple']],
  ])('%j finds %j', async (where, expected) => {
    expect(await names(where)).toEqual(expected)
    // A second time through the plan that the first made.
    expect(await names(where)).toEqual(expected)
  })

  it('finds what is near, nearest first, in any unit', async () => {
    const near = async (place: object) => (await Item.find({ where: { place } })).map((one: AnyModel) => one.name)
    expect(await near({ near: '0.9,0.9' })).toEqual(['banana', 'apple', 'Cherry'])
    expect(await near({ near: { lat: 0, lng: 0 }, maxDistance: 200, unit: 'kilometers' })).toEqual(['apple', 'banana'])
    expect(await near({ near: { lat: 0, lng: 0 }, maxDistance: 200, minDistance: 50, unit: 'kilometers' })).toEqual(['banana'])
    await expect(near({ near: '0,0', unit: 'cubits' })).rejects.toMatchObject({ statusCode: 400 })
    await expect(near({ near: 'nowhere' })).rejects.toMatchObject({ statusCode: 400 })
  })

  it.each([
    [{ where: 'x' }, 'The where clause "x" is not an object'],
    [{ where: [] }, 'The where clause [] is not an object'],
    [{ where: { nope: 1 } }, 'Item has no property nope (in where)'],
    [{ where: { and: { name: 1 } } }, 'The and operator has invalid clauses'],
    [{ where: { or: ['x'] } }, 'The or operator has invalid clauses'],
    [{ where: { price: 'abc' } }, 'The price property has invalid clause "abc"'],
    [{ where: { price: { gt: 'abc' } } }, 'The price property has invalid clause'],
    [{ where: { at: 'never' } }, 'The at property has invalid clause "never"'],
    [{ where: { price: { between: [1] } } }, 'Expected precisely 2 values, received 1'],
    [{ where: { price: { inq: 1 } } }, 'The price property has invalid clause {"inq":1}'],
    [{ where: { name: { like: 5 } } }, 'Expected a string or RegExp'],
    [{ where: { name: { regexp: '(' } } }, 'is not valid'],
    [{ where: { name: { regexp: '/a/x' } } }, 'Invalid regex flags: x'],
    [{ where: { name: { $gt: 'a' } } }, 'not allowed'],
    [{ where: { name: { name: 1 } } }, 'not allowed'],
    [{ where: { name: {} } }, 'Expected a value or an operator'],
    [{ where: { name: ['a', 'b'] } }, 'Expected one value'],
    [{ order: 'name UP' }, 'The order "name UP" has invalid direction'],
    [{ order: 'nope' }, 'Item has no property nope (in order)'],
    [{ order: 5 }, 'The order 5 is not valid'],
    [{ order: 'name DESC; DROP TABLE x' }, 'is not valid'],
    [{ limit: 'x' }, 'The limit parameter "x" is not valid'],
    [{ limit: -1 }, 'The limit parameter -1 is not valid'],
    [{ limit: '0x10' }, 'The limit parameter "0x10" is not valid'],
    [{ limit: 1.5 }, 'The limit parameter 1.5 is not valid'],
    [{ skip: -1 }, 'The offset/skip parameter -1 is not valid'],
    [{ offset: [1] }, 'The offset/skip parameter [1] is not valid'],
    [{ fields: ['nope'] }, 'Item has no property nope (in fields)'],
    [{ fields: [{}] }, 'are not valid'],
    ['text', 'The query filter "text" is not an object'],
    [[], 'The query filter [] is not an object'],
  ])('refuses %j', async (filter, message) => {
    await expect(Item.find(filter)).rejects.toMatchObject({ statusCode: 400, message: expect.stringContaining(message) })
  })

  it('refuses hidden properties from outside only', async () => {
    expect(await names({ secret: 'x1' })).toEqual(['apple'])
    const outside = { fromOutside: true }
    for (const where of [{ secret: 'x1' }, { or: [{ and: [{ secret: { like: 'x%' } }] }] }, { not: { secret: 'x1' } }]) {
      await expect(Item.find({ where }, outside)).rejects.toMatchObject({
        statusCode: 400,
        message: 'Item has no property secret (in where)',
      })
      await expect(Item.count(where, outside)).rejects.toMatchObject({ statusCode: 400 })
    }
    await expect(Item.find({ order: 'secret' }, outside)).rejects.toMatchObject({ statusCode: 400 })
    await expect(Item.updateAll({ secret: 'x1' }, { name: 'z' }, outside)).rejects.toMatchObject({ statusCode: 400 })
    await expect(Item.destroyAll({ secret: 'x1' }, outside)).rejects.toMatchObject({ statusCode: 400 })
    expect(await Item.count()).toBe(4)
  })

  it('keeps the default scope’s own hidden conditions for calls from outside', async () => {
    Item.settings.scope = { where: { secret: 'x2' } }
    expect((await Item.find({ where: { price: { gt: 0 } } }, { fromOutside: true })).map((one: AnyModel) => one.name)).toEqual(['banana'])
    await expect(Item.find({ where: { secret: 'x1' } }, { fromOutside: true })).rejects.toMatchObject({ statusCode: 400 })
  })

  it('lays the default scope over every operation and its values over every write', async () => {
    Item.settings.scope = { where: { name: 'apple' }, order: 'price DESC' }
    expect(await Item.count()).toBe(1)
    expect(await Item.updateAll({ price: 5 })).toEqual({ count: 1 })
    const made = await Item.create({ price: 9 })
    expect(made.name).toBe('apple')
    expect((await Item.find()).map((one: AnyModel) => one.price)).toEqual([9, 5])
    expect(await Item.findById(2)).toBeNull()
    expect(await Item.destroyAll()).toEqual({ count: 2 })
    Item.settings.scope = undefined
    expect(await Item.count()).toBe(3)
  })

  it('uses a named scope, chained and with methods', async () => {
    Item.scope('cheap', { where: { price: { lt: 3 } }, order: 'price DESC' })
    Item.scope('sold', { where: { sold: true } })
    expect((await Item.cheap.find()).map((one: AnyModel) => one.name)).toEqual(['banana', 'apple'])
    expect((await Item.cheap.sold.find()).map((one: AnyModel) => one.name)).toEqual(['apple'])
    expect(await Item.sold.count()).toBe(1)
    expect(Item.sold.build({ name: 'n' }).sold).toBe(true)
    await new Promise<void>((resolve) =>
      Item.cheap({ where: { name: 'apple' } }, (error: unknown, found: AnyModel[]) => {
        expect(found.map((one) => one.name)).toEqual(['apple'])
        resolve()
      }),
    )
    expect(await Item.sold.destroyAll()).toEqual({ count: 1 })
  })

  it('builds one plan for equal shapes', async () => {
    const { runtimeOf } = await import('@reloop/juggler')
    const { plans } = runtimeOf(Item)
    plans.clear()
    for (let n = 0; n < 5; n++) await Item.find({ where: { price: { gt: n }, name: { inq: ['a', `${n}`] } }, limit: n + 1, order: 'name' })
    expect(plans.size).toBe(1)
    await Item.find({ where: { price: { lt: 1 } } })
    expect(plans.size).toBe(2)
    for (let n = 0; n < 600; n++) await Item.find({ where: { [`data.p${n}`]: 1 }, limit: 1 }).catch(() => undefined)
    expect(plans.size).toBeLessThanOrEqual(500)
  })

  if (kind === 'memory') {
    it('bounds depth, conditions, lists and texts', async () => {
      const deep = (levels: number): object => (levels === 0 ? { price: 1 } : { and: [deep(levels - 1)] })
      expect(await names(deep(11))).toEqual(['apple'])
      await expect(names(deep(12))).rejects.toMatchObject({ statusCode: 400, code: 'QUERY_OBJECT_TOO_DEEP' })
      await expect(names({ or: Array.from({ length: 2001 }, (_, n) => ({ price: n })) })).rejects.toMatchObject({
        code: 'QUERY_OBJECT_TOO_LARGE',
      })
      await expect(names({ price: { inq: Array.from({ length: 10_001 }, (_, n) => n) } })).rejects.toMatchObject({
        code: 'QUERY_LIST_TOO_LONG',
      })
      await expect(names({ name: 'x'.repeat(65_537) })).rejects.toMatchObject({ code: 'QUERY_STRING_TOO_LONG' })
      await expect(names({ name: { regexp: 'x'.repeat(257) } })).rejects.toMatchObject({ code: 'QUERY_STRING_TOO_LONG' })
      Item.settings.limits = { page: 2 }
      await expect(Item.find({ limit: 3 }, { fromOutside: true })).rejects.toMatchObject({ code: 'PAGE_TOO_LARGE' })
      expect(await Item.find({ limit: 3 })).toHaveLength(3)
    })
  }
})

describe('across relations', () => {
  overStores((make) => {
    it('finds and orders by properties of related rows', async () => {
      const { db } = make()
      const Author = db.define(
        'Author',
        { name: String, pin: String },
        { strict: true, hidden: ['pin'], relations: { books: { type: 'hasMany', model: 'Book', foreignKey: 'authorId' } } },
      )
      const Book = db.define(
        'Book',
        { title: String, pages: Number },
        { strict: true, relations: { author: { type: 'belongsTo', model: 'Author' } } },
      )
      await db.automigrate()
      const [ann, bob] = await Author.create([{ name: 'Ann' }, { name: 'Bob' }, { name: 'Cid' }])
      await Book.create([
        { title: 'A1', pages: 1, authorId: ann.id },
        { title: 'A2', pages: 9, authorId: ann.id },
        { title: 'B1', pages: 9, authorId: bob.id },
      ])
      const titles = async (filter: object) => (await Book.find(filter)).map((one: AnyModel) => one.title)
      const names = async (where: object) => (await Author.find({ where, order: 'name' })).map((one: AnyModel) => one.name)
      expect(await titles({ where: { 'author.name': 'Ann' }, order: 'title' })).toEqual(['A1', 'A2'])
      expect(await titles({ order: ['author.name DESC', 'title'] })).toEqual(['B1', 'A1', 'A2'])
      expect(await names({ books: { some: { pages: 9 } } })).toEqual(['Ann', 'Bob'])
      expect(await names({ books: { every: { pages: 9 } } })).toEqual(['Bob', 'Cid'])
      expect(await names({ books: { none: {} } })).toEqual(['Cid'])
      await expect(titles({ where: { 'author.nope': 1 } })).rejects.toMatchObject({ statusCode: 400 })
      await expect(Book.find({ where: { 'author.pin': { like: 'a%' } } }, { fromOutside: true })).rejects.toMatchObject({ statusCode: 400 })
      await expect(Book.find({ order: 'author.pin' }, { fromOutside: true })).rejects.toMatchObject({ statusCode: 400 })
    })
  })
})

it('answers conditions on rows of another data source by queries of their own', async () => {
  const [here, there] = [memory(), memory()]
  const Author = here.define('Author', { name: String })
  const Book = there.define('Book', { title: String, pages: Number })
  Author.hasMany(Book)
  Book.belongsTo(Author)
  const [ann, bob] = await Author.create([{ name: 'Ann' }, { name: 'Bob' }, { name: 'Cid' }])
  await Book.create([
    { title: 'A1', pages: 1, authorId: ann.id },
    { title: 'A2', pages: 9, authorId: ann.id },
    { title: 'B1', pages: 9, authorId: bob.id },
  ])
  const names = async (where: object) => (await Author.find({ where, order: 'name' })).map((one: AnyModel) => one.name)
  expect(await names({ books: { some: { pages: 9 } } })).toEqual(['Ann', 'Bob'])
  expect(await names({ books: { every: { pages: 9 } } })).toEqual(['Bob', 'Cid'])
  expect(await names({ or: [{ books: { none: {} } }, { name: 'Ann' }] })).toEqual(['Ann', 'Cid'])
  expect(await Book.count({ 'author.name': 'Ann' })).toBe(2)
  expect(await Book.updateAll({ 'author.name': 'Bob' }, { pages: 0 })).toEqual({ count: 1 })
  expect(await Book.destroyAll({ author: { name: { inq: ['Ann'] } } })).toEqual({ count: 2 })
})

describe('profiles', () => {
  const item = async (compat: string) => {
    const Item = new DataSource({ connector: 'memory', compat }).define(
      'Item',
      { name: String, price: Number },
      { strict: 'filter' },
    ) as AnyModel
    await Item.create([
      { name: 'a', price: 1 },
      { name: 'b', price: 2 },
      { name: 'c', price: 3 },
    ])
    return Item
  }

  it.each(['2.x', '3.x'])('%s keeps the first operator in LoopBack’s order', async (compat) => {
    const Item = await item(compat)
    expect(await Item.find({ where: { price: { lt: 3, gt: 1 } } })).toHaveLength(2)
    expect(await Item.find({ where: { nope: 1 } })).toEqual([])
    expect(await Item.find({ where: { price: 'abc' } })).toEqual([])
    expect(await Item.find({ where: { or: { 0: { price: 1 }, 1: { price: 2 } } } })).toHaveLength(2)
  })

  it('2.x and 3.x take 100 as the limit when only skip is given', async () => {
    for (const [compat, expected] of [
      ['2.x', 100],
      ['3.x', 100],
      ['modern', 119],
    ] as const) {
      const Item = await item(compat)
      await Item.create(Array.from({ length: 117 }, () => ({ name: 'n' })))
      expect(await Item.find({ skip: 1 })).toHaveLength(expected)
    }
  })
})

it('keeps or refuses undefined values as the model says', async () => {
  const db = memory()
  const define = (normalizeUndefinedInQuery?: string) =>
    db.define(`M${normalizeUndefinedInQuery}`, { name: String }, { normalizeUndefinedInQuery })
  await define('nullify').create([{ name: 'a' }, {}])
  expect(await db.models.Mnullify.find({ where: { name: undefined } })).toHaveLength(1)
  await expect(define('throw').find({ where: { name: undefined } })).rejects.toThrow('Unexpected `undefined` in query')
  await define().create([{ name: 'a' }, {}])
  expect(await db.models.Mundefined.find({ where: { name: undefined } })).toHaveLength(2)
  await expect(db.models.Mundefined.destroyAll({ name: undefined })).rejects.toMatchObject({ code: 'WHERE_UNDEFINED' })
  await expect(db.models.Mundefined.updateAll({ and: [{ name: undefined }] }, { name: 'x' })).rejects.toMatchObject({
    code: 'WHERE_UNDEFINED',
  })
  expect(await db.models.Mundefined.destroyAll({})).toEqual({ count: 2 })
})
