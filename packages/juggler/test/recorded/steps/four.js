'use strict'
const { room } = require('../play')

/* What came with version 4 of the original: asked of it alone, and of ours under `modern`. */
module.exports = room('four', (step) => {
  const pens = async (t, properties = {}, settings = {}) => {
    const Pen = t.model('Pen', { name: String, price: Number, ...properties }, settings)
    await Pen.create([
      { name: 'quill', price: 1 },
      { name: 'biro', price: 2 },
      { name: 'reed', price: 2 },
    ])
    return Pen
  }
  const over = (title, play, properties, settings) => step(title, async (t) => play(await pens(t, properties, settings), t))
  const names = async (t, asked) => t.attempt(async () => (await asked).map(({ name }) => name))

  over('eq is equality', (Pen, t) => names(t, Pen.find({ where: { name: { eq: 'biro' } } })))
  over('eq null finds what is missing', async (Pen, t) => {
    await Pen.create({ name: 'free' })
    return names(t, Pen.find({ where: { price: { eq: null } } }))
  })
  over('upsert of an array', (Pen, t) => t.ask(Pen, 'updateOrCreate', [{ name: 'a' }]))
  over('upsert of an array as a promise', (Pen, t) => t.attempt(() => Pen.upsert([{ name: 'a' }])))
  over('create of an array as a promise', async (Pen) => (await Pen.create([{ name: 'a' }, { name: 'b' }])).map(({ name }) => name))
  over('create of an array as a promise, one of them invalid', async (Pen, t) => {
    Pen.validatesPresenceOf('name')
    return t.attempt(async () => (await Pen.create([{ name: 'a' }, {}])).length)
  })
  over('after save of updateAll has info', async (Pen) => {
    let info
    Pen.observe('after save', async (context) => {
      info = context.info
    })
    await Pen.updateAll({ price: 2 }, { name: 'x' })
    return info
  })
  over('after delete of destroyAll has info', async (Pen) => {
    let info
    Pen.observe('after delete', async (context) => {
      info = context.info
    })
    await Pen.destroyAll({ price: 2 })
    return info
  })
  over('a duplicate id has a status', async (Pen, t) => {
    const error = await t.attempt(() => Pen.create({ id: 1, name: 'again' }))
    return error.$error && { message: error.$error.message, statusCode: error.$error.statusCode }
  })
  over('replaceById of an unknown id has a status', async (Pen, t) => {
    const error = await t.attempt(() => Pen.replaceById(99, { name: 'none' }))
    return error.$error && error.$error.statusCode
  })
  over('a hidden property in where is prohibited when settings say so', (Pen, t) => names(t, Pen.find({ where: { secret: 'x' } })), { secret: String }, {
    hidden: ['secret'],
    prohibitHiddenPropertiesInQuery: true,
  })
  over('an operator with a dollar sign', (Pen, t) => t.attempt(async () => (await Pen.find({ where: { $where: 'true' } })).length))
  over('count of a where with a dollar sign', (Pen, t) => t.attempt(() => Pen.count({ name: { $ne: 'x' } })))

  step('DateString keeps a day', async (t) => {
    const Day = t.model('Day', { at: 'DateString' })
    const day = await Day.create({ at: '2020-02-03' })
    const [found] = await Day.find()
    return [String(day.at), String(found.at), JSON.parse(JSON.stringify(found))]
  })
  step('DateString of text that is no day', (t) => {
    const Day = t.model('Day', { at: 'DateString' })
    return t.attempt(async () => String((await Day.create({ at: 'yesterday' })).at))
  })

  step('execute of a connector without it', async (t) => {
    const error = await t.attempt(() => t.db.execute('select 1'))
    return error && error.$error ? error.$error.code : error
  })
  step('connect, disconnect and stop answer with promises', async (t) => {
    const source = t.source({ lazyConnect: true })
    await source.connect()
    const first = source.connected
    await source.disconnect()
    const second = source.connected
    await source.connect()
    await source.stop()
    return [first, second, source.connected]
  })
  step('connect twice at once', async (t) => {
    const source = t.source({ lazyConnect: true })
    await Promise.all([source.connect(), source.connect()])
    return source.connected
  })
  step('autoupdate, automigrate and isActual answer with promises', async (t) => {
    await pens(t)
    return [await t.db.autoupdate(), await t.db.automigrate('Pen'), await t.db.isActual()]
  })
  step('automigrate of a model of nobody', (t) => t.attempt(() => t.db.automigrate('Nobody')))
  step('deleteModelByName forgets a model', async (t) => {
    await pens(t)
    t.model('Other', {})
    t.db.deleteModelByName('Pen')
    return [Object.keys(t.db.modelBuilder.models).includes('Pen'), Object.keys(t.db.modelBuilder.models).includes('Other')]
  })
  step('deleteAllModels forgets all', async (t) => {
    await pens(t)
    t.db.deleteAllModels()
    return Object.keys(t.db.modelBuilder.models)
  })
  step('a class without a name', (t) => t.attempt(() => t.db.createModel()))
  step('an id that keeps its declared type', async (t) => {
    const Keyed = t.db.define('Keyed', { id: { type: String, id: true, generated: true, useDefaultIdType: false }, name: String })
    return Keyed.definition.properties.id.type.name
  })
  step('forceId is auto for generated ids', (t) => {
    const Auto = t.db.define('Auto', { name: String })
    return t.ask(Auto, 'create', { id: 7, name: 'x' })
  })
  step('forceId upserts of an id that is not there', async (t) => {
    const Auto = t.db.define('Auto', { name: String })
    const error = await t.attempt(() => Auto.upsert({ id: 7, name: 'x' }))
    return error.$error && { message: error.$error.message, statusCode: error.$error.statusCode }
  })

  const shelf = async (t) => {
    const Book = t.model('Book', { title: String })
    const Author = t.model('Author', { name: String })
    Author.hasMany(Book)
    Book.belongsTo(Author)
    const author = await Author.create({ name: 'Austen' })
    await author.books.create([{ title: 'Emma' }, { title: 'Sanditon' }])
    return { Author, Book, author: await Author.findById(author.id) }
  }
  step('hasMany find and count', async (t) => {
    const { author } = await shelf(t)
    return [(await author.books.find({ where: { title: 'Emma' } })).map(({ title }) => title), await author.books.count()]
  })
  step('belongsTo get', async (t) => {
    const { Book } = await shelf(t)
    const book = await Book.findOne()
    return (await book.author.get()).name
  })
  step('include with a scope pages for each parent', async (t) => {
    const { Author } = await shelf(t)
    const other = await Author.create({ name: 'Eliot' })
    await other.books.create([{ title: 'Middlemarch' }, { title: 'Romola' }])
    const found = await Author.find({ include: { relation: 'books', scope: { limit: 1, order: 'title DESC' } } })
    return found.map((author) => author.toJSON().books.map(({ title }) => title))
  })
  step('a mixin that is not there', (t) => t.attempt(() => t.model('Mixed', {}, { mixins: { Nobody: true } }).modelName))
  step('strict true is a validation error', (t) => t.attempt(async () => (await t.model('Shut', {}, { strict: true }).create({ a: 1 })).a))
  step('strict filter drops', async (t) => t.tell(await t.model('Sieve', { b: Number }, { strict: 'filter' }).create({ a: 1, b: 2 })))
})
