import { overStores, type AnyModel, type Store } from '../stores'

overStores((make) => {
  let store: Store
  let Product: AnyModel

  beforeEach(async () => {
    store = make()
    Product = store.db.define('Product', {
      name: { type: String, required: true },
      price: { type: Number, default: 0 },
      tags: [String],
      madeAt: Date,
      sold: Boolean,
    })
    await store.db.automigrate()
  })

  it('gives a new instance its id, its defaults and the types of its properties', async () => {
    const lamp = await Product.create({ name: 'Lamp', tags: ['a', 2], madeAt: '2020-01-02', sold: 'true' })
    expect(lamp.id).toBeDefined()
    expect(lamp.isNewRecord()).toBe(false)
    expect(lamp.toJSON()).toEqual({ id: lamp.id, name: 'Lamp', price: 0, tags: ['a', '2'], madeAt: new Date('2020-01-02'), sold: true })
  })

  it('reads back what was written, as an instance of the class', async () => {
    const { id } = await Product.create({ name: 'Lamp', price: 12.5, tags: ['x'], madeAt: new Date(5) })
    const found = await Product.findById(id)
    expect(found).toBeInstanceOf(Product)
    expect(found.toObject()).toMatchObject({ id, name: 'Lamp', price: 12.5, tags: ['x'], madeAt: new Date(5) })
    expect((await Product.findOne({ where: { name: 'Lamp' } })).id).toEqual(id)
  })

  it('keeps what a caller changes on an instance away from the store', async () => {
    const { id } = await Product.create({ name: 'Lamp', tags: ['x'], madeAt: new Date(5) })
    const found = await Product.findById(id)
    found.tags.push('y')
    found.madeAt.setTime(99)
    found.name = 'Other'
    expect((await Product.findById(id)).toObject()).toMatchObject({ name: 'Lamp', tags: ['x'], madeAt: new Date(5) })
  })

  it('takes callbacks as well as promises', (done) => {
    Product.create({ name: 'Lamp' }, (error: unknown, lamp: AnyModel) => {
      expect(error).toBeNull()
      Product.find({ where: { name: 'Lamp' } }, (failed: unknown, found: AnyModel[]) => {
        expect(failed).toBeNull()
        expect(found.map((one) => one.id)).toEqual([lamp.id])
        Product.find((none: unknown, all: AnyModel[]) => {
          expect(none).toBeNull()
          expect(all).toHaveLength(1)
          done()
        })
      })
    })
  })

  it('leaves the caller’s data, filter and options untouched', async () => {
    const data = Object.freeze({ name: 'Lamp', price: '3', tags: Object.freeze(['a']) })
    await Product.create(data, Object.freeze({ some: 1 }))
    const filter = Object.freeze({ where: Object.freeze({ price: Object.freeze({ gt: '1' }) }), order: 'name', limit: '5' })
    expect(await Product.find(filter, Object.freeze({ some: 1 }))).toHaveLength(1)
    expect(await Product.findOne(filter)).not.toBeNull()
    expect(JSON.stringify(filter)).toBe('{"where":{"price":{"gt":"1"}},"order":"name","limit":"5"}')
    expect(data.price).toBe('3')
  })

  it('writes many with one statement', async () => {
    await store.db.connect()
    store.reset()
    const made = await Product.create(Array.from({ length: 50 }, (_, index) => ({ name: `P${index}`, price: index })))
    expect(made).toHaveLength(50)
    expect(new Set(made.map((one: AnyModel) => one.id)).size).toBe(50)
    expect(store.calls).toEqual(['insert'])
    expect(await Product.count({ price: { lt: 10 } })).toBe(10)
  })

  it('tells the failure of each row of a bulk create, and keeps the good ones', (done) => {
    Product.create([{ name: 'A' }, {}, { name: 'C' }], (errors: AnyModel[], instances: AnyModel[]) => {
      expect(Array.isArray(errors)).toBe(true)
      expect(errors[0]).toBeUndefined()
      expect(errors[1].details.codes).toEqual({ name: ['presence'] })
      expect(errors[2]).toBeUndefined()
      expect(instances.map((one) => one.name)).toEqual(['A', undefined, 'C'])
      Product.count().then((count: number) => {
        expect(count).toBe(2)
        done()
      })
    })
  })

  it('orders, pages and projects', async () => {
    await Product.create([
      { name: 'B', price: 2 },
      { name: 'A', price: 2 },
      { name: 'C', price: 1 },
    ])
    const names = async (filter: object) => (await Product.find(filter)).map((one: AnyModel) => one.name)
    expect(await names({ order: ['price DESC', 'name ASC'] })).toEqual(['A', 'B', 'C'])
    expect(await names({ order: 'price asc, name desc', skip: 1 })).toEqual(['B', 'A'])
    expect(await names({ order: 'name', offset: 1, limit: 1 })).toEqual(['B'])
    const [one] = await Product.find({ where: { name: 'B' }, fields: ['name'] })
    expect(one.toJSON()).toEqual({ name: 'B' })
    const [other] = await Product.find({ where: { name: 'B' }, fields: { name: false, id: false, tags: false } })
    expect(Object.keys(JSON.parse(JSON.stringify(other)))).toEqual(expect.arrayContaining(['price']))
    expect(other.name).toBeUndefined()
  })

  it('finds by many ids in their order', async () => {
    const made = await Product.create([{ name: 'A' }, { name: 'B' }, { name: 'C' }])
    const ids = [made[2].id, made[0].id]
    expect((await Product.findByIds(ids)).map((one: AnyModel) => one.name)).toEqual(['C', 'A'])
    expect(await Product.findByIds([])).toEqual([])
    expect((await Product.findByIds([...ids, made[1].id], { order: 'name' })).map((one: AnyModel) => one.name)).toEqual(['A', 'B', 'C'])
  })

  it('answers exists, count and findById for what is not there', async () => {
    const { id } = await Product.create({ name: 'A' })
    expect(await Product.exists(id)).toBe(true)
    expect(await Product.exists(987)).toBe(false)
    expect(await Product.findById(987)).toBeNull()
    expect(await Product.findOne({ where: { name: 'Z' } })).toBeNull()
    await expect(Product.findById(undefined)).rejects.toThrow('Product::findById requires the id argument')
  })

  it('refuses an id on create when the store makes ids', async () => {
    await expect(Product.create({ id: 5, name: 'A' })).rejects.toMatchObject({ statusCode: 422, details: { codes: { id: ['absence'] } } })
  })

  it('answers rows for replies without making instances', async () => {
    const { id } = await Product.create({ name: 'A', price: 3 })
    const { rows } = (await import('@reloop/juggler')).runtimeOf(Product)
    const [row] = await rows.find({ where: { name: 'A' } })
    expect(row).not.toBeInstanceOf(Product)
    expect(row).toMatchObject({ id, name: 'A', price: 3 })
    expect(await rows.findById(id)).toMatchObject({ id, name: 'A' })
    expect(await rows.findById(999)).toBeNull()
    expect(await rows.count({ price: 3 })).toBe(1)
  })
})
