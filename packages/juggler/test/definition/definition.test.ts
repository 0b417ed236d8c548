import { DataSource, GeoPoint, List, ModelBuilder, runtimeOf } from '@reloop/juggler'
import { memory, type AnyModel } from '../stores'

describe('properties', () => {
  it.each([
    [String, 5, '5'],
    ['text', 'x', 'x'],
    [Number, '12.5', 12.5],
    ['number', true, 1],
    [Boolean, 'false', false],
    [Boolean, '0', false],
    [Boolean, 'true', true],
    [Boolean, [], true],
    [Date, '2020-02-03T04:05:06.000Z', new Date('2020-02-03T04:05:06.000Z')],
    ['date', 0, new Date(0)],
    ['DateString', '2020-13-45', '2020-13-45'],
    ['dateOnly', new Date('2020-02-03T22:00:00Z'), '2020-02-03'],
    ['decimal', '12345678901234567890.12', '12345678901234567890.12'],
    ['bigint', '12345678901234567890', 12345678901234567890n],
    ['integer', '7', 7],
    [Object, { a: 1 }, { a: 1 }],
    ['any', 'x', 'x'],
  ])('%p takes %p as %p', (type, given, expected) => {
    const Model = new ModelBuilder().define('Model', { value: type as never }) as AnyModel
    expect(new Model({ value: given }).value).toEqual(expected)
    const later = new Model()
    later.value = given
    expect(later.value).toEqual(expected)
  })

  it('keeps what a type can not hold for validation to find', () => {
    const Model = memory().define('Model', { n: Number, at: Date, s: String })
    const one = new Model({ n: 'abc', at: 'never', s: { a: 1 } })
    expect(one.isValid()).toBe(false)
    expect(one.errors).toEqual({ n: ['is not a number'], at: ['is not a valid date'], s: ['is not a string'] })
  })

  it('makes points, lists and buffers', () => {
    const Model = memory().define('Model', { at: 'GeoPoint', list: ['number'], any: Array, bytes: 'buffer' })
    const one = new Model({ at: '1,2', list: ['1', 2], any: [1, 'a'], bytes: 'hi' })
    expect(one.at).toBeInstanceOf(GeoPoint)
    expect(one.at).toMatchObject({ lat: 1, lng: 2 })
    expect(one.list).toBeInstanceOf(List)
    expect([...one.list]).toEqual([1, 2])
    one.list.push('3')
    expect(one.list[2]).toBe(3)
    expect([...new Model({ list: '[4,"5"]' }).list]).toEqual([4, 5])
    expect(one.bytes).toEqual(Buffer.from('hi'))
  })

  it('embeds models by definition, class and name', () => {
    const builder = new ModelBuilder()
    const Address = builder.define('Address', { city: String, zip: { type: String } }, { idInjection: false }) as AnyModel
    const User = builder.define('User', {
      home: Address,
      work: 'Address',
      more: [Address],
      free: { street: String, deep: { n: Number } },
    }) as AnyModel
    const user = new User({ home: { city: 'A' }, work: { city: 5 }, more: [{ city: 'B' }], free: { street: 1, deep: { n: '2' } } })
    expect(user.home).toBeInstanceOf(Address)
    expect(user.work.city).toBe('5')
    expect(user.more[0]).toBeInstanceOf(Address)
    expect(user.free.street).toBe('1')
    expect(user.free.deep.n).toBe(2)
    expect(JSON.parse(JSON.stringify(user))).toEqual({
      home: { city: 'A' },
      work: { city: '5' },
      more: [{ city: 'B' }],
      free: { street: '1', deep: { n: 2 } },
    })
  })

  it('completes a model that is named before it is defined', () => {
    const builder = new ModelBuilder()
    const Order = builder.define('Order', { customer: 'Customer' }) as AnyModel
    const Customer = builder.define('Customer', { name: String }) as AnyModel
    const order = new Order({ customer: { name: 5 } })
    expect(order.customer).toBeInstanceOf(Customer)
    expect(order.customer.name).toBe('5')
  })

  it('fills defaults of every kind', () => {
    const Model = memory().define('Model', {
      literal: { type: String, default: 'x' },
      list: { type: [String], default: ['a'] },
      made: { type: Number, default: () => 7 },
      now: { type: Date, default: '$now' },
      also: { type: Date, default: Date },
      uuid: { type: String, defaultFn: 'uuid' },
      guid: { type: String, defaultFn: 'guid' },
      v4: { type: String, defaultFn: 'uuidv4' },
      fn: { type: Date, defaultFn: 'now' },
      short: { type: String, defaultFn: 'shortid' },
      nil: { type: String, default: 'x' },
    })
    const [a, b] = [new Model({ nil: null }), new Model({})]
    expect(a).toMatchObject({ literal: 'x', made: 7 })
    expect(a.nil).toBeNull()
    a.list.push('b')
    expect([...b.list]).toEqual(['a'])
    for (const key of ['now', 'also', 'fn']) expect(a[key]).toBeInstanceOf(Date)
    expect(a.uuid).toMatch(/^[\da-f]{8}-[\da-f]{4}-1[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/)
    expect(a.v4).toMatch(/^[\da-f]{8}-[\da-f]{4}-4/)
    for (const key of ['uuid', 'guid', 'v4', 'short']) expect(a[key]).not.toBe(b[key])
  })

  it('refuses a property without a type, or with a dot', () => {
    const builder = new ModelBuilder()
    expect(() => builder.define('A', { 'a.b': String })).toThrow('must not contain a dot')
    expect(() => builder.define('A', { a: { type: null } })).toThrow('the type is missing')
    expect(() => builder.define('')).toThrow('Class name required')
  })
})

describe('inheritance', () => {
  const builder = new ModelBuilder()
  const Base = builder.define(
    'Base',
    { name: { type: String, required: true }, gone: String },
    { hidden: ['name'], acls: [{ a: 1 }], plural: 'Basen', strict: true },
  ) as AnyModel

  it('merges properties and settings', () => {
    const Sub = Base.extend('Sub', { more: Number, gone: null }, { hidden: ['more'], acls: [{ b: 2 }] })
    expect(Object.keys(Sub.definition.properties)).toEqual(['name', 'id', 'more'])
    expect(Sub.settings).toMatchObject({ hidden: ['name', 'more'], acls: [{ a: 1 }, { b: 2 }], strict: true })
    expect(Sub.pluralModelName).toBe('Subs')
    expect(Sub.base).toBe(Base)
    expect(new Sub({})).toBeInstanceOf(Base)
  })

  it('replaces the ids of the base', () => {
    const Sub = builder.define('Keyed', { key: { type: String, id: true } }, { base: 'Base' }) as AnyModel
    expect(Sub.definition.idNames()).toEqual(['key'])
    expect(Sub.definition.properties.id).toBeUndefined()
  })

  it('refuses an unknown base', () => {
    expect(() => builder.define('X', {}, { base: 'Nope' })).toThrow('Base model is not found: Nope')
  })

  it('calls setup of the base on a subclass', () => {
    const called: unknown[] = []
    Base.setup = function () {
      called.push(this)
    }
    const Sub = Base.extend('Later')
    expect(called).toEqual([Sub])
  })

  it('works with classes and util.inherits', async () => {
    const { inherits } = await import('node:util')
    const db = memory()
    const Product = db.define('Product', { name: String })
    class Lamp extends Product {
      shine() {
        return `${this.name} shines`
      }
    }
    const lamp: AnyModel = await (Lamp as AnyModel).create({ name: 'L' })
    expect(lamp).toBeInstanceOf(Lamp)
    expect(lamp.shine()).toBe('L shines')
    const [found] = await (Lamp as AnyModel).find()
    expect(found).toBeInstanceOf(Lamp)
    expect(await Product.count()).toBe(1)
    function Old(this: AnyModel, data: unknown) {
      Product.call(this, data)
    }
    inherits(Old, Product)
    const old = new (Old as AnyModel)({ name: 'O' })
    expect(old).toBeInstanceOf(Product)
    expect(old.name).toBe('O')
    await old.save()
    expect(await Product.count()).toBe(2)
  })
})

describe('a class', () => {
  const db = memory()
  const Product = db.define(
    'Product',
    { name: String, secret: String, price: Number },
    { hidden: ['secret'], plural: 'Goods', http: { path: 'goods' } },
  )

  it('is callable without new, and named', () => {
    expect(Product({ name: 'A' })).toBeInstanceOf(Product)
    expect(Product.name).toBe('Product')
    expect(String(Product)).toBe('[Model Product]')
    expect(Product.modelName).toBe('Product')
    expect(Product.pluralModelName).toBe('Goods')
    expect(Product.http).toEqual({ path: '/goods' })
    expect(Product.dataSource).toBe(db)
    expect(Product.getPropertyType('name')).toBe('String')
    expect(db.models.Product).toBe(Product)
  })

  it('keeps the definition it was given untouched', () => {
    const properties = Object.freeze({ a: Object.freeze({ type: 'string' }) })
    const settings = Object.freeze({ hidden: Object.freeze(['a']) })
    const Model = db.define('Frozen', properties, settings)
    Model.settings.hidden.push('b')
    expect(settings.hidden).toEqual(['a'])
  })

  it('shows ids, tables and columns', () => {
    const Mapped = db.define(
      'Mapped',
      { key: { type: String, id: true, memory: { columnName: 'k' } }, plain: { type: Number, index: true } },
      { memory: { table: 'mapped_rows' } },
    )
    expect(Mapped.definition.idName()).toBe('key')
    expect(db.tableName('Mapped')).toBe('mapped_rows')
    expect(db.columnName('Mapped', 'key')).toBe('k')
    expect(db.columnNames('Mapped')).toEqual(['k', 'plain'])
    expect(db.idColumnName('Mapped')).toBe('k')
    expect(Mapped.definition.indexes()).toEqual({ plain_index: true })
    expect(new Mapped({ key: 'x' }).id).toBe('x')
    expect(runtimeOf(Mapped).entity).toMatchObject({ table: 'mapped_rows' })
  })

  it('removes hidden properties from JSON at every depth, and never from toObject', () => {
    const Box = db.define('Box', { inner: Product, list: [Product] })
    const box = new Box({ inner: { name: 'A', secret: 's' }, list: [{ name: 'B', secret: 's' }] })
    expect(JSON.parse(JSON.stringify(box))).toMatchObject({ inner: { name: 'A' }, list: [{ name: 'B' }] })
    expect(JSON.stringify(box)).not.toContain('secret')
    expect(box.toObject().inner.secret).toBe('s')
  })

  it('removes protected properties when nested', () => {
    const Card = db.define('Card', { number: String, owner: String }, { protected: ['number'] })
    const Wallet = db.define('Wallet', { card: Card })
    expect(JSON.parse(JSON.stringify(new Card({ number: '1', owner: 'A' })))).toMatchObject({ number: '1' })
    expect(JSON.parse(JSON.stringify(new Wallet({ card: { number: '1', owner: 'A' } })))).toEqual({ card: { owner: 'A' } })
  })

  it('describes its replies', () => {
    expect(runtimeOf(Product).jsonSchema).toMatchObject({
      type: 'object',
      properties: { name: { type: ['string', 'null'] }, price: { type: ['number', 'null'] }, id: { type: ['number', 'null'] } },
      additionalProperties: true,
    })
    expect(runtimeOf(Product).jsonSchema).not.toHaveProperty('properties.secret')
  })

  it('takes custom getters and setters', async () => {
    const Model = db.define('Custom', { email: String, full: String })
    Model.setter.email = function (this: AnyModel, value: string) {
      this.$email = value.toLowerCase()
    }
    Model.getter.full = function (this: AnyModel) {
      return `${this.email}!`
    }
    const one = await Model.create({ email: 'A@B' })
    expect(one.email).toBe('a@b')
    expect(one.toJSON().full).toBe('a@b!')
    const [row] = await runtimeOf(Model).rows.find()
    expect(row).toBeInstanceOf(Model)
  })

  it('is an emitter', () => {
    const seen: unknown[] = []
    Product.on('cooked', (what: unknown) => seen.push(what))
    Product.emit('cooked', 'soup')
    expect(seen).toEqual(['soup'])
  })
})

describe('outward views', () => {
  it('settings written after definition take effect', async () => {
    const Product = memory().define('Product', { name: String, secret: String })
    await Product.create({ name: 'A', secret: 's' })
    const runtime = runtimeOf(Product)
    const schema = runtime.jsonSchema
    let told = 0
    runtime.on('changed', () => told++)
    expect(await runtime.rows.findById(1)).toHaveProperty('secret')
    Product.settings.hidden = ['secret']
    expect(await runtime.rows.findById(1)).not.toHaveProperty('secret')
    Product.settings.hidden.push('name')
    expect(await runtime.rows.findById(1)).toEqual({ id: 1 })
    Product.definition.settings.hidden.splice(0)
    expect(await runtime.rows.findById(1)).toHaveProperty('name')
    expect(told).toBeGreaterThanOrEqual(3)
    expect(runtime.jsonSchema).not.toBe(schema)
  })

  it('properties added or changed after definition take effect', async () => {
    const db = memory()
    const Product = db.define('Product', { name: String })
    db.defineProperty('Product', 'price', { type: Number, default: 3 })
    const one = await Product.create({ name: 'A' })
    expect(one.price).toBe(3)
    Product.definition.properties.name.required = true
    await expect(Product.create({})).rejects.toMatchObject({ statusCode: 422 })
    expect(Product.settings).toBe(Product.settings)
    expect(Product.definition.properties.name).toBe(Product.definition.properties.name)
  })

  it('statics replaced by user code stay replaced', async () => {
    const db = memory()
    const Product = db.define('Product', { name: String })
    const { find } = Product
    Product.find = async () => ['mine']
    Product.settings.hidden = ['x']
    expect(await Product.find()).toEqual(['mine'])
    expect(Product.all).toBe(find)
    const Early = new ModelBuilder().define('Early', {}) as AnyModel
    Early.find = async () => ['early']
    db.attach(Early)
    expect(await Early.find()).toEqual(['early'])
    expect(await Early.findOne()).toBeNull()
  })
})

describe('strictness', () => {
  const define = (strict: unknown, compat?: string) =>
    new DataSource({ connector: 'memory', compat }).define('Model', { name: String }, { strict }) as AnyModel

  it('keeps unknown properties of open models, and never lets them cover methods', async () => {
    const Model = define(false)
    const one = await Model.create({ name: 'A', extra: 1, save: 'x', toJSON: 'y', constructor: 'z', __data: 'd' })
    expect(one.extra).toBe(1)
    expect(typeof one.save).toBe('function')
    expect(typeof one.toJSON).toBe('function')
    expect(one).toBeInstanceOf(Model)
    const found = await Model.findById(one.id)
    expect(found.extra).toBe(1)
    found.other = 2
    await found.save()
    expect((await Model.findById(one.id)).toJSON()).toMatchObject({ extra: 1, other: 2 })
  })

  it('filters, validates or throws', async () => {
    expect((await define('filter').create({ name: 'A', x: 1 })).toObject(false)).not.toHaveProperty('x')
    await expect(define(true).create({ x: 1 })).rejects.toMatchObject({ statusCode: 422, details: { codes: { x: ['unknown-property'] } } })
    await expect(define('validate').create({ x: 1 })).rejects.toMatchObject({
      details: { messages: { x: ['is not defined in the model'] } },
    })
    await expect(define('throw').create({ x: 1 })).rejects.toThrow('Unknown property: x')
    expect((await define(true, '2.x').create({ name: 'A', x: 1 })).toObject(false)).not.toHaveProperty('x')
  })

  it('refuses unknown properties in changes of closed models', async () => {
    const Model = define(true)
    const one = await Model.create({ name: 'A' })
    await expect(one.updateAttributes({ x: 1 })).rejects.toMatchObject({ statusCode: 422 })
    await expect(Model.updateAll({ x: 1 })).rejects.toMatchObject({ statusCode: 400 })
  })
})

it('keeps ids of persisted instances', async () => {
  const Model = memory().define('Model', { name: String })
  const one = await Model.create({ name: 'A' })
  one.id = 77
  expect(one.id).toBe(1)
})

it('has composite ids', async () => {
  const Model = memory().define('Model', { a: { type: Number, id: 1 }, b: { type: String, id: 2 }, n: Number })
  await Model.create({ a: 1, b: 'x', n: 1 })
  await Model.create({ a: 1, b: 'y', n: 2 })
  expect(Model.definition.idNames()).toEqual(['a', 'b'])
  const one = await Model.findById({ a: '1', b: 'y' })
  expect(one.n).toBe(2)
  expect(one.id).toEqual({ a: 1, b: 'y' })
  await one.updateAttributes({ n: 5 })
  expect((await Model.findById({ a: 1, b: 'y' })).n).toBe(5)
  await one.destroy()
  expect(await Model.count()).toBe(1)
})

it('builds models from a sample and from a set of schemas', async () => {
  const db = memory()
  const Sample = db.buildModelFromInstance('Sample', {
    name: 'x',
    n: 1,
    at: new Date(),
    list: ['a'],
    inner: { ok: true },
    nothing: null,
  })
  expect(Sample.getPropertyType('n')).toBe('Number')
  expect(Sample.getPropertyType('list')).toBe('Array')
  expect((await Sample.create({ name: 1, inner: { ok: 'true' } })).inner.ok).toBe(true)
  const built = new ModelBuilder().buildModels({
    A: { name: 'A', properties: { b: 'B' } },
    B: { name: 'B', properties: { n: Number } },
  }) as AnyModel
  expect(new built.A({ b: { n: '1' } }).b.n).toBe(1)
})
