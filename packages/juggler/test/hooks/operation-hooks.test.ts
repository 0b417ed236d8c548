import { overStores, memory, type AnyModel, type Store } from '../stores'

const names = ['access', 'before save', 'persist', 'loaded', 'after save', 'before delete', 'after delete']

overStores((make) => {
  let store: Store
  let Item: AnyModel
  let seen: string[]

  const members = (context: AnyModel) =>
    Object.keys(context)
      .filter((key) => !['Model', 'hookState', 'options', 'info'].includes(key) && context[key] !== undefined)
      .sort()
      .join('+')

  function watch() {
    seen = []
    for (const name of names) {
      Item.observe(name, async (context: AnyModel) => {
        expect(context.Model).toBe(Item)
        expect(context.options).toEqual(expect.any(Object))
        seen.push(`${name}:${members(context)}`)
      })
    }
  }

  beforeEach(async () => {
    store = make()
    Item = store.db.define('Item', { name: String, price: Number }, { forceId: false })
    await store.db.automigrate()
  })

  it('runs the hooks of create, in order', async () => {
    watch()
    await Item.create({ name: 'A' })
    expect(seen).toEqual([
      'before save:instance+isNewInstance',
      'persist:currentInstance+data+isNewInstance',
      'loaded:data+isNewInstance',
      'after save:instance+isNewInstance',
    ])
  })

  it.each([
    ['find', () => Item.find(), ['access', 'loaded', 'loaded']],
    ['findOne', () => Item.findOne(), ['access', 'loaded']],
    ['findById', () => Item.findById(1), ['access', 'loaded']],
    ['count', () => Item.count(), ['access']],
    ['exists', () => Item.exists(1), ['access']],
    ['updateAll', () => Item.updateAll({ id: 1 }, { name: 'Z' }), ['access', 'before save', 'persist', 'after save']],
    ['destroyAll', () => Item.destroyAll({ id: 1 }), ['access', 'before delete', 'after delete']],
    ['destroyById', () => Item.destroyById(1), ['access', 'before delete', 'after delete']],
    ['updateOrCreate of a row', () => Item.upsert({ id: 1, name: 'Z' }), ['access', 'before save', 'persist', 'loaded', 'after save']],
    ['updateOrCreate without id', () => Item.upsert({ name: 'Z' }), ['before save', 'persist', 'loaded', 'after save']],
    [
      'upsertWithWhere',
      () => Item.upsertWithWhere({ id: 1 }, { name: 'Z' }),
      ['access', 'loaded', 'before save', 'persist', 'loaded', 'after save'],
    ],
    ['replaceById', () => Item.replaceById(1, { name: 'Z' }), ['before save', 'persist', 'loaded', 'after save']],
    ['findOrCreate of a row', () => Item.findOrCreate({ where: { id: 1 } }, { name: 'Z' }), ['access', 'loaded']],
  ])('%s runs what LoopBack ran', async (_name, run, expected) => {
    await Item.create([{ name: 'A' }, { name: 'B' }])
    watch()
    await run()
    expect(seen.map((line) => line.split(':')[0])).toEqual(expected)
  })

  it('runs the hooks of instance methods', async () => {
    const item = await Item.create({ id: 1, name: 'A' })
    watch()
    await item.updateAttributes({ name: 'B' })
    expect(seen.map((line) => line.split(':')[0])).toEqual(['before save', 'persist', 'loaded', 'after save'])
    expect(seen[0]).toBe('before save:currentInstance+data+where')
    watch.call(null)
    Item.clearObservers('access')
    seen = []
    await item.save()
    expect(seen.filter((line) => line.startsWith('before'))[0]).toBe('before save:instance')
    seen = []
    await item.destroy()
    expect(seen[0]).toBe('before delete:instance+where')
  })

  it('honours a query that an access hook replaces', async () => {
    await Item.create([
      { name: 'A', price: 1 },
      { name: 'B', price: 2 },
    ])
    Item.observe('access', (context: AnyModel, next: () => void) => {
      context.query = { ...context.query, where: { and: [context.query.where ?? {}, { price: 1 }] } }
      next()
    })
    expect((await Item.find({ where: {} })).map((one: AnyModel) => one.name)).toEqual(['A'])
    expect(await Item.count()).toBe(1)
    expect(await Item.destroyAll()).toEqual({ count: 1 })
  })

  it('lets a hook change what is written, by instance and by data', async () => {
    Item.observe('before save', async (context: AnyModel) => {
      if (context.instance) context.instance.name = context.instance.name.toUpperCase()
      else context.data = { ...context.data, name: `${context.data.name}!` }
    })
    Item.observe('persist', async (context: AnyModel) => {
      context.data = { ...context.data, price: 9 }
    })
    const item = await Item.create({ name: 'a' })
    expect(item.name).toBe('A')
    expect((await Item.findById(item.id)).toObject()).toMatchObject({ name: 'A', price: 9 })
    await item.updateAttributes({ name: 'b' })
    expect((await Item.findById(item.id)).name).toBe('b!')
    await Item.updateAll({ name: 'c' })
    expect((await Item.findById(item.id)).name).toBe('c!')
  })

  it('stops for an error of any hook before the write, and writes nothing', async () => {
    const item = await Item.create({ name: 'A' })
    Item.observe('persist', (_context: AnyModel, next: (error: Error) => void) => next(new Error('veto')))
    await expect(item.updateAttributes({ name: 'B' })).rejects.toThrow('veto')
    await expect(Item.replaceById(item.id, { name: 'B' })).rejects.toThrow('veto')
    await expect(Item.create({ name: 'C' })).rejects.toThrow('veto')
    await expect(Item.updateAll({ name: 'D' })).rejects.toThrow('veto')
    expect((await Item.find()).map((one: AnyModel) => one.name)).toEqual(['A'])
  })

  it('gives loaded hooks the row, and instances what they make of it', async () => {
    await Item.create({ name: 'A', price: 1 })
    Item.observe('loaded', async (context: AnyModel) => {
      context.data.price = 100
    })
    const [found] = await Item.find()
    expect(found.price).toBe(100)
    const { runtimeOf } = await import('@reloop/juggler')
    expect((await runtimeOf(Item).rows.find())[0]).toBeInstanceOf(Item)
  })

  it('runs hooks of a base before those of the class, also for hooks that come late', async () => {
    const Sub = store.db.define('Sub', { more: String }, { base: Item })
    await store.db.automigrate('Sub')
    const order: string[] = []
    Sub.observe('before save', async () => void order.push('own'))
    Item.observe('before save', async () => void order.push('base'))
    await Sub.create({ name: 'A' })
    expect(order).toEqual(['base', 'own'])
  })

  it('shares hookState within one operation and nothing between two', async () => {
    const states: unknown[] = []
    Item.observe('before save', async (context: AnyModel) => void (context.hookState.n = states.length))
    Item.observe('after save', async (context: AnyModel) => void states.push(context.hookState.n))
    await Item.create({ name: 'A' })
    await Item.create({ name: 'B' })
    expect(states).toEqual([0, 1])
  })
})

it('removes an observer', async () => {
  const Item = memory().define('Item', { name: String })
  let runs = 0
  const hook = async () => void runs++
  Item.observe('before save', hook)
  await Item.create({})
  Item.removeObserver('before save', hook)
  await Item.create({})
  expect(runs).toBe(1)
})

it('notifies observers of names of one’s own, around a piece of work', async () => {
  const Item = memory().define('Item', {})
  const seen: string[] = []
  Item.observe('before cook', async () => void seen.push('before'))
  Item.observe('after cook', async (context: AnyModel) => void seen.push(`after ${context.results[0]}`))
  const result = await Item.notifyObserversAround('cook', {}, (done: (error: null, dish: string) => void) => done(null, 'soup'))
  expect(result).toBe('soup')
  expect(seen).toEqual(['before', 'after soup'])
  await Item.notifyObserversOf('before cook', {})
  expect(seen).toHaveLength(3)
})

it('runs the deprecated model hooks', async () => {
  const Item = memory().define('Item', { name: String })
  const seen: string[] = []
  for (const name of [
    'beforeValidate',
    'afterValidate',
    'beforeCreate',
    'afterCreate',
    'beforeSave',
    'afterSave',
    'beforeUpdate',
    'afterUpdate',
    'beforeDestroy',
    'afterDestroy',
  ]) {
    Item[name] = function (this: AnyModel, next: () => void) {
      seen.push(name)
      expect(this).toBeInstanceOf(Item)
      next()
    }
  }
  const item = await Item.create({ name: 'A' })
  expect(seen.splice(0)).toEqual(['beforeValidate', 'afterValidate', 'beforeCreate', 'beforeSave', 'afterSave', 'afterCreate'])
  await item.updateAttributes({ name: 'B' })
  expect(seen.splice(0)).toEqual(['beforeValidate', 'afterValidate', 'beforeSave', 'beforeUpdate', 'afterUpdate', 'afterSave'])
  await item.destroy()
  expect(seen.splice(0)).toEqual(['beforeDestroy', 'afterDestroy'])
  Item.beforeSave = (next: (error: Error) => void) => next(new Error('no'))
  await expect(Item.create({})).rejects.toThrow('no')
})

it('calls afterInitialize for every construction', async () => {
  const Item = memory().define('Item', { name: String })
  let runs = 0
  Item.afterInitialize = function () {
    runs++
  }
  await Item.create({ name: 'A' })
  await Item.find()
  expect(runs).toBe(2)
})
