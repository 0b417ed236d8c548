'use strict'
const { room } = require('../play')

async function homes(t, params) {
  const Home = t.model('Home', { street: { type: String, required: true } }, { idInjection: false })
  const Person = t.model('Person', { name: String })
  Person.embedsOne(Home, { as: 'home', property: 'address', ...params })
  return { Home, Person, ann: await Person.create({ name: 'Ann' }) }
}

async function notes(t, params) {
  const Note = t
    .source({ connector: 'transient' })
    .define('Note', { id: { type: Number, id: true }, text: { type: String, required: true } })
  const Person = t.model('Person', { name: String })
  Person.embedsMany(Note, { as: 'notes', property: 'noteList', ...params })
  return {
    Note,
    Person,
    ann: await Person.create({ name: 'Ann' }),
    full: await Person.create({
      name: 'Full',
      noteList: [
        { id: 1, text: 'a' },
        { id: 2, text: 'b' },
      ],
    }),
  }
}

module.exports = [
  ...room('embedsOne', (step) => {
    const over = (title, play, params) =>
      step(title, async (t) => {
        t.source()
        return play(await homes(t, params), t)
      })
    const filled = (title, play, params) =>
      over(
        title,
        async (world, t) => {
          await world.ann.home.create({ street: 'old' })
          return play(world, t)
        },
        params,
      )

    over('nothing there', async ({ ann }, t) => [t.tell(ann.home()), await t.ask(ann, 'home')])
    over('build', ({ ann }) => ann.home.build({ street: 's' }))
    over('create', async ({ ann, Person }, t) => ({
      answer: await t.ask(ann.home, 'create', { street: 's' }),
      stored: await Person.findById(1),
    }))
    over('create of something invalid', async ({ ann, Person }, t) => ({
      answer: await t.ask(ann.home, 'create', {}),
      stored: await Person.findById(1),
    }))
    filled('value', ({ ann }, t) => [t.tell(ann.home()), t.tell(ann.home.value())])
    filled('with a callback', ({ ann }, t) => t.ask(ann, 'home'))
    filled('read from the store', async ({ Person }, t) => t.tell((await Person.findById(1)).home()))
    filled('update', async ({ ann, Person }, t) => ({
      answer: await t.ask(ann.home, 'update', { street: 'new' }),
      stored: await Person.findById(1),
    }))
    over('update of nothing creates', async ({ ann, Person }, t) => ({
      answer: await t.ask(ann.home, 'update', { street: 'new' }),
      stored: await Person.findById(1),
    }))
    filled('destroy', async ({ ann, Person }, t) => ({ answer: await t.ask(ann.home, 'destroy'), stored: await Person.findById(1) }))
    over('set', async ({ ann, Home, Person }) => {
      ann.home(new Home({ street: 'set' }))
      await ann.save()
      return Person.findById(1)
    })
    over('given in create', async ({ Person }) => Person.create({ name: 'b', address: { street: 'given' } }))
    over('given in create and invalid', async ({ Person }, t) => t.ask(Person, 'create', { name: 'b', address: {} }))
    over('invalid but not validated', async ({ Person }, t) => t.ask(Person, 'create', { name: 'b', address: {} }), {
      options: { validate: false },
    })
    over('a default of true', ({ Person }) => Person.create({ name: 'b' }), { default: true, options: { validate: false } })
    over('a default object', ({ Person }) => Person.create({ name: 'b' }), { default: { street: 'd' } })
    filled('remoting', async ({ ann }, t) => [
      await t.ask(ann, '__get__home'),
      await t.ask(ann, '__update__home', { street: 'r' }),
      await t.ask(ann, '__destroy__home'),
    ])
    filled('toJSON', ({ ann }) => ann.toJSON())
    over('definition', ({ Person }) => {
      const { name, type, keyFrom, keyTo, multiple, embed } = Person.relations.home
      return { name, type, keyFrom, keyTo, multiple, embed, properties: Object.keys(Person.definition.properties) }
    })
    over('default names', (_, t) => {
      const Thing = t.model('Thing', { name: String }, { idInjection: false })
      const Holder = t.model('Holder', { name: String })
      Holder.embedsOne(Thing)
      return Object.values(Holder.relations).map(({ name, keyFrom }) => ({ name, keyFrom }))
    })
    over('a name that is its property', (_, t) => {
      const Thing = t.model('Thing', { name: String }, { idInjection: false })
      const Holder = t.model('Holder', { name: String })
      Holder.embedsOne(Thing, { as: 'thing' })
      return [Object.values(Holder.relations).map(({ name, keyFrom }) => ({ name, keyFrom })), Object.keys(Holder.definition.properties)]
    })
  }),
  ...room('embedsMany', (step) => {
    const over = (title, play, params) =>
      step(title, async (t) => {
        t.source()
        return play(await notes(t, params), t)
      })

    over('nothing there', async ({ ann }, t) => [t.tell(ann.notes.value() || 'none'), await t.ask(ann, 'notes')])
    over('default', ({ Person }) => new Person({}))
    over('with a callback', ({ full }, t) => t.ask(full, 'notes'))
    over('with a where', ({ full }, t) => t.ask(full, 'notes', { where: { text: 'b' } }))
    over('with an order', ({ full }, t) => t.ask(full, 'notes', { order: 'text DESC' }))
    over('as a promise', ({ full }) => (full.notes.find || full.notes.getAsync).call(full.notes))
      over('at', ({ full }, t) => t.ask(full.notes, 'at', 1))
    over('create', async ({ ann, Person }, t) => ({
      answer: await t.ask(ann.notes, 'create', { text: 'n' }),
      stored: await Person.findById(1),
    }))
    over('create with ids counting up', async ({ full }, t) => t.ask(full.notes, 'create', { text: 'n' }))
    over('create many', async ({ ann }, t) => t.ask(ann.notes, 'create', [{ text: 'x' }, { text: 'y' }]))
    over('create of something invalid', async ({ ann, Person }, t) => ({
      answer: await t.ask(ann.notes, 'create', {}),
      stored: await Person.findById(1),
    }))
    over('build', ({ full }) => ({ built: full.notes.build({ text: 'b' }), all: full.noteList }))
    over('findById', async ({ full }, t) => [
      await t.ask(full.notes, 'findById', 1),
      await t.ask(full.notes, 'findById', '1'),
      await t.ask(full.notes, 'findById', 99),
    ])
    over('get', async ({ full }, t) => t.ask(full.notes, 'get', 2))
    over('exists', async ({ full }, t) => [await t.ask(full.notes, 'exists', 1), await t.ask(full.notes, 'exists', 99)])
    over('updateById', async ({ full, Person }, t) => ({
      answer: await t.ask(full.notes, 'updateById', 1, { text: 'u' }),
      stored: await Person.findById(2),
    }))
    over('updateById with invalid data', async ({ full }, t) => t.ask(full.notes, 'updateById', 1, { text: '' }))
    over('updateById of nothing', async ({ full }, t) => t.ask(full.notes, 'updateById', 99, { text: 'x' }))
    over('set', async ({ full }, t) => t.ask(full.notes, 'set', 1, { text: 's' }))
    over('destroy', async ({ full, Person }, t) => ({ answer: await t.ask(full.notes, 'destroy', 1), stored: await Person.findById(2) }))
    over('unset', async ({ full }, t) => t.ask(full.notes, 'unset', 1))
    over('destroy of nothing', async ({ full }, t) => t.ask(full.notes, 'destroy', 99))
    over('destroyAll', async ({ full, Person }, t) => ({ answer: await t.ask(full.notes, 'destroyAll'), stored: await Person.findById(2) }))
    over('destroyAll with where', async ({ full, Person }, t) => ({
      answer: await t.ask(full.notes, 'destroyAll', { text: 'a' }),
      stored: await Person.findById(2),
    }))
    over('count', ({ full }, t) => t.ask(full.notes, 'count'))
    over('duplicate ids are invalid', ({ Person }, t) =>
      t.ask(Person, 'create', {
        noteList: [
          { id: 1, text: 'a' },
          { id: 1, text: 'b' },
        ],
      }),
    )
    over('invalid items are invalid', ({ Person }, t) => t.ask(Person, 'create', { noteList: [{ id: 1 }] }))
    over('a missing id is invalid', ({ Person }, t) => t.ask(Person, 'create', { noteList: [{ text: 'a' }] }))
    over(
      'prepended',
      async ({ full }, t) => {
        await t.ask(full.notes, 'create', { text: 'n' })
        return full.noteList.map((one) => one.text)
      },
      { options: { prepend: true } },
    )
    over('add without belongsTo', ({ full }, t) => t.ask(full.notes, 'add', 1))
    over('saved through the owner', async ({ Person }, t) => {
      const full = await Person.findById(2)
      const note = full.notes.value()[0]
      note.text = 'changed'
      await full.save()
      return Person.findById(2)
    })
    over('remoting', async ({ full }, t) => ({
      get: await t.ask(full, '__get__notes'),
      find: await t.ask(full, '__findById__notes', 1),
      create: await t.ask(full, '__create__notes', { text: 'r' }),
      update: await t.ask(full, '__updateById__notes', 1, { text: 'u' }),
      destroy: await t.ask(full, '__destroyById__notes', 1),
    }))
    over('hooks of the embedded model', async ({ full, Note }, t) => {
      const log = t.watch(Note)
      await t.ask(full.notes, 'create', { text: 'n' })
      await t.ask(full.notes, 'updateById', 1, { text: 'u' })
      await t.ask(full.notes, 'destroy', 2)
      return log.map(({ hook, isNewInstance, ...rest }) => ({
        hook,
        isNewInstance,
        keys: Object.keys(rest)
          .filter((key) => !['model', 'state'].includes(key))
          .sort(),
      }))
    })
    over('toJSON', ({ full }) => full.toJSON())
    over('definition', ({ Person }) => {
      const { name, type, keyFrom, keyTo, multiple, embed } = Person.relations.notes
      return { name, type, keyFrom, keyTo, multiple, embed, properties: Object.keys(Person.definition.properties) }
    })
    over('references by belongsTo', async (_, t) => {
      const Item = t.model('Item', { name: String })
      const Link = t.model('Link', { id: { type: Number, id: true }, note: String })
      const Basket = t.model('Basket', { name: String })
      Basket.embedsMany(Link, { as: 'links', property: 'linkList', scope: { include: 'item' }, options: { belongsTo: 'item' } })
      Link.belongsTo(Item, { as: 'item' })
      const [item, basket] = [await Item.create({ name: 'i' }), await Basket.create({ name: 'b' })]
      const added = await t.ask(basket.links, 'add', item, { note: 'n' })
      const removed = await t.ask(basket.links, 'remove', item)
      return { added, removed, stored: await Basket.findById(1) }
    })
  }),
]
