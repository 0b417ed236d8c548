'use strict'
const { room } = require('../play')

async function people(t, settings) {
  const Person = t.model('Person', { name: String, age: Number, town: String }, settings)
  const rows = [
    ['Ann', 30, 'Rome'],
    ['Bob', 20, 'Oslo'],
    ['Cid', 25, 'Rome'],
    ['Dee', 40, null],
  ]
  for (const [name, age, town] of rows) await Person.create({ name, age, town })
  return Person
}

module.exports = room('read', (step) => {
  const over = (title, play) => step(title, async (t) => play(await people(t), t))

  over('find answers all by id', (Person) => Person.find())
  over('find with a callback', (Person, t) => t.ask(Person, 'find'))
  over('find with a filter and a callback', (Person, t) => t.ask(Person, 'find', { where: { age: 20 } }))
  over('find with filter, options and a callback', (Person, t) => t.ask(Person, 'find', { where: { age: 20 } }, { any: 1 }))
  over('all is find', (Person) => Person.all({ where: { name: 'Ann' } }))
  over('find answers instances that are saved', async (Person) =>
    (await Person.find()).map((one) => [one instanceof Person, one.isNewRecord()]),
  )
  over('find with null', (Person) => Person.find(null))
  over('find with a text', (Person, t) => t.ask(Person, 'find', 'text'))
  over('find with an array', (Person, t) => t.ask(Person, 'find', []))
  over('find with options that are no object', (Person, t) => t.attempt(() => Person.find({}, 'text')))
  over('find of nothing', (Person) => Person.find({ where: { name: 'Nobody' } }))
  over('findOne answers the first', (Person) => Person.findOne())
  over('findOne with a filter', (Person) => Person.findOne({ where: { town: 'Rome' }, order: 'age' }))
  over('findOne of nothing', (Person, t) => t.ask(Person, 'findOne', { where: { name: 'Nobody' } }))
  over('findOne changes the filter given', async (Person) => {
    const filter = { where: { age: '20' } }
    await Person.findOne(filter)
    return filter
  })
  over('find changes the filter given', async (Person) => {
    const filter = { where: { age: '20' }, order: 'name', limit: '1' }
    await Person.find(filter)
    return { where: filter.where, limit: filter.limit, skip: filter.skip }
  })
  over('findById', (Person) => Person.findById(2))
  over('findById with a text', (Person) => Person.findById('2'))
  over('findById of nothing', (Person, t) => t.ask(Person, 'findById', 99))
  over('findById without an id', (Person, t) => t.attempt(() => Person.findById()))
  over('findById with undefined', (Person, t) => t.attempt(() => Person.findById(undefined)))
  over('findById with null', (Person, t) => t.attempt(() => Person.findById(null)))
  over('findById with a text that is no number', (Person, t) => t.attempt(() => Person.findById('none')))
  over('findById with fields', (Person) => Person.findById(1, { fields: ['name'] }))
  over('findById with a where', (Person) => Person.findById(1, { where: { name: 'Bob' } }))
  over('findById with filter, options and a callback', (Person, t) => t.ask(Person, 'findById', 1, { fields: { age: true } }, { any: 1 }))
  over('findByIds keeps the order of ids', (Person) => Person.findByIds([3, 1]))
  over('findByIds with texts', (Person) => Person.findByIds(['3', '1']))
  over('findByIds with an order', (Person) => Person.findByIds([3, 1], { order: 'name' }))
  over('findByIds with a where', (Person) => Person.findByIds([3, 1, 2], { where: { town: 'Rome' } }))
  over('findByIds of none', (Person, t) => t.ask(Person, 'findByIds', []))
  over('findByIds skips what is missing', (Person) => Person.findByIds([99, 1]))
  over('findByIds with a duplicate', (Person) => Person.findByIds([1, 1]))
  over('findByIds with a limit', (Person) => Person.findByIds([3, 1, 2], { limit: 2 }))
  over('findByIds without ids', (Person, t) => t.attempt(() => Person.findByIds()))
  over('exists', async (Person) => [await Person.exists(1), await Person.exists(99), await Person.exists('1')])
  over('exists with a callback', (Person, t) => t.ask(Person, 'exists', 1))
  over('exists without an id', (Person, t) => t.attempt(() => Person.exists()))
  over('count', async (Person) => [
    await Person.count(),
    await Person.count({ town: 'Rome' }),
    await Person.count({}),
    await Person.count(null),
  ])
  over('count with a callback', (Person, t) => t.ask(Person, 'count', { town: 'Rome' }))
  over('count with where, options and a callback', (Person, t) => t.ask(Person, 'count', { town: 'Rome' }, { any: 1 }))
  over('count with a text', (Person, t) => t.ask(Person, 'count', 'text'))
  over('count takes a where, not a filter', (Person, t) => t.ask(Person, 'count', { where: { town: 'Rome' } }))
  over('an id that is not called id', async (_Person, t) => {
    const Coded = t.model('Coded', { code: { type: String, id: true }, name: String })
    await Coded.create(
      [
        { code: 'b', name: 'B' },
        { code: 'a', name: 'A' },
      ],
      () => {},
    )
    await new Promise((resolve) => setTimeout(resolve, 20))
    const found = await Coded.findById('a')
    return { found, id: found.id, all: await Coded.find(), exists: await Coded.exists('b') }
  })
  over('a model without an id', async (_Person, t) => {
    const Bare = t.db.define('Bare', { name: String }, { idInjection: false })
    return {
      find: await t.attempt(() => Bare.find()),
      findById: await t.ask(Bare, 'findById', 1),
      destroy: await t.ask(Bare, 'destroyById', 1),
      findByIds: await t.ask(Bare, 'findByIds', [1]),
    }
  })

  const scoped = (title, scope, play) => step(title, async (t) => play(await people(t, { scope }), t))
  scoped('default scope narrows reads', { where: { town: 'Rome' } }, async (Person) => ({
    find: await Person.find(),
    one: await Person.findOne({ where: { name: 'Bob' } }),
    byId: await Person.findById(2),
    count: await Person.count(),
    exists: await Person.exists(2),
  }))
  scoped('default scope is set on new rows', { where: { town: 'Rome' } }, (Person) => Person.create({ name: 'Eve' }))
  scoped('default scope orders when the caller does not', { order: 'age DESC' }, async (Person) => [
    (await Person.find()).map((one) => one.age),
    (await Person.find({ order: 'age' })).map((one) => one.age),
  ])
  scoped('default scope limits over the caller', { limit: 1 }, async (Person) => (await Person.find({ limit: 3 })).length)
  scoped('default scope fields over the caller', { fields: ['name'] }, (Person) => Person.find({ fields: ['age'], limit: 1 }))
  scoped(
    'default scope as a function',
    () => ({ where: { town: 'Oslo' } }),
    (Person) => Person.find(),
  )
  scoped('default scope reaches updateAll', { where: { town: 'Rome' } }, (Person) => Person.updateAll({}, { age: 1 }))
  scoped('default scope reaches destroyAll', { where: { town: 'Rome' } }, (Person) => Person.destroyAll())
})
