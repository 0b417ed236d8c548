'use strict'
const { room } = require('../play')

const define = (t, settings) =>
  t.model('Note', { title: { type: String, required: true }, stars: Number, due: Date, tags: [String] }, settings)
async function note(t, settings) {
  const Note = define(t, settings)
  const one = await Note.create({ title: 'one', stars: 1 })
  await Note.create({ title: 'two', stars: 2 })
  return { Note, one }
}

module.exports = room('instance', (step) => {
  const over = (title, play, settings) => step(title, async (t) => play(await note(t, settings), t))

  over('save writes', async ({ Note, one }) => {
    one.title = 'changed'
    const saved = await one.save()
    return { same: saved === one, stored: await Note.findById(1) }
  })
  over('save with a callback', async ({ one }, t) => t.ask(one, 'save'))
  over('save with options', async ({ one }, t) => t.ask(one, 'save', { any: 1 }))
  over('save of a new instance creates', async ({ Note }, t) => {
    const fresh = new Note({ title: 'new' })
    return { before: fresh.isNewRecord(), saved: await t.ask(fresh, 'save'), after: fresh.isNewRecord(), id: fresh.id }
  })
  over('save of something invalid', async ({ one }, t) => {
    one.title = null
    return { answer: await t.ask(one, 'save'), errors: one.errors }
  })
  over('save without validation', async ({ one }, t) => {
    one.title = null
    return t.ask(one, 'save', { validate: false })
  })
  over('save that throws', async ({ one }, t) => {
    one.title = null
    return t.ask(one, 'save', { throws: true })
  })
  over('save of a row that is gone', async ({ Note, one }, t) => {
    await Note.destroyById(1)
    return { saved: await t.ask(one, 'save'), count: await Note.count() }
  })
  over('save keeps the caller’s options', async ({ one }) => {
    const options = { any: 1 }
    await one.save(options)
    return options
  })
  over('save with a property that became undefined', async ({ Note, one }) => {
    one.stars = undefined
    await one.save()
    return Note.findById(1)
  })

  for (const name of ['updateAttributes', 'patchAttributes'])
    over(name, async ({ Note, one }, t) => ({ answer: await t.ask(one, name, { stars: '5' }), stored: await Note.findById(1) }))
  over('updateAttributes answers itself', async ({ one }) => (await one.updateAttributes({ stars: 5 })) === one)
  over('updateAttributes with options', async ({ one }, t) => t.ask(one, 'updateAttributes', { stars: 5 }, { any: 1 }))
  over('updateAttributes with invalid data', async ({ Note, one }, t) => ({
    answer: await t.ask(one, 'updateAttributes', { title: '' }),
    memory: one.title,
    stored: await Note.findById(1),
  }))
  over('updateAttributes with validate false', async ({ one }, t) => t.ask(one, 'updateAttributes', { title: null }, { validate: false }))
  over('updateAttributes with its id', async ({ one }) => one.updateAttributes({ id: 1, stars: 3 }))
  over('updateAttributes with its id as text', async ({ one }, t) => t.ask(one, 'updateAttributes', { id: '1', stars: 3 }))
  over('updateAttributes with another id', async ({ one }, t) => t.ask(one, 'updateAttributes', { id: 2, stars: 3 }))
  over('updateAttributes of a row that is gone', async ({ Note, one }, t) => {
    await Note.destroyById(1)
    return t.ask(one, 'updateAttributes', { stars: 3 })
  })
  over('updateAttributes with nothing', async ({ one }, t) => t.ask(one, 'updateAttributes', {}))
  over('updateAttributes with null', async ({ one }, t) => t.ask(one, 'updateAttributes', null))
  over('updateAttributes with undefined values', async ({ Note, one }) => {
    await one.updateAttributes({ stars: undefined, title: 'a' })
    return { memory: one, stored: await Note.findById(1) }
  })
  over('updateAttributes with an unknown key', async ({ Note, one }) => {
    await one.updateAttributes({ extra: 1 })
    return { memory: one.extra, stored: await Note.findById(1) }
  })
  over('updateAttributes of a new instance', async ({ Note }, t) => t.ask(new Note({ title: 'n' }), 'updateAttributes', { stars: 1 }))
  over('updateAttribute', async ({ Note, one }, t) => ({
    answer: await t.ask(one, 'updateAttribute', 'stars', 7),
    stored: await Note.findById(1),
  }))
  over('updateAttribute with options', async ({ one }, t) => t.ask(one, 'updateAttribute', 'stars', 7, { any: 1 }))
  over('replaceAttributes', async ({ Note, one }, t) => ({
    answer: await t.ask(one, 'replaceAttributes', { title: 'whole' }),
    memory: one,
    stored: await Note.findById(1),
  }))
  over('replaceAttributes with another id', async ({ one }, t) => t.ask(one, 'replaceAttributes', { id: 5, title: 'x' }))
  for (const name of ['destroy', 'delete', 'remove'])
    over(name, async ({ Note, one }, t) => ({ answer: await t.ask(one, name), left: await Note.count() }))
  over('destroy as a promise', async ({ one }) => one.destroy())
  over('destroy twice', async ({ one }, t) => [await t.ask(one, 'destroy'), await t.ask(one, 'destroy')])
  over('destroy twice under strictDelete', async ({ one }, t) => [await t.ask(one, 'destroy'), await t.ask(one, 'destroy')], {
    strictDelete: true,
  })
  over('reload answers a new instance', async ({ Note, one }) => {
    await Note.updateAll({ id: 1 }, { stars: 8 })
    const again = await one.reload()
    return { again, same: again === one, stars: one.stars }
  })
  over('reload with a callback', async ({ one }, t) => t.ask(one, 'reload'))

  over('setAttributes', async ({ Note, one }) => {
    const heard = []
    Note.on('set', (instance) => heard.push(instance.id))
    one.setAttributes({ stars: '9', extra: 1 })
    return { one, stars: one.stars, extra: one.extra, heard }
  })
  over('setAttribute', async ({ one }) => {
    one.setAttribute('stars', '4')
    return one
  })
  over('unsetAttribute', async ({ one }) => {
    one.unsetAttribute('stars')
    one.unsetAttribute('title', true)
    return { one, has: 'stars' in one.toObject(), title: one.title, stars: one.stars }
  })
  over('unsetAttribute of a dynamic one', async ({ Note }) => {
    const one = new Note({ title: 'a', extra: 1 })
    one.unsetAttribute('extra')
    return { extra: one.extra, one }
  })
  over('a dynamic property set by hand is saved', async ({ Note, one }) => {
    one.extra = 'by hand'
    await one.save()
    return { object: one.toObject(false), stored: await Note.findById(1) }
  })
  over('fromObject', async ({ one }) => {
    one.fromObject({ stars: 6, title: 'from' })
    return one
  })
  over('reset drops what is no property', async ({ Note }) => {
    const one = new Note({ title: 'a', extra: 1 })
    one.reset()
    return one.extra
  })
  over('getters without setters', async ({ one }) => ({ $title: one.$title, keys: Object.keys(one.toObject()), json: JSON.stringify(one) }))
  over('a custom setter and getter', async (_, t) => {
    const Made = t.model('Made', { email: String })
    Made.setter.email = function (value) {
      this.$email = String(value).toLowerCase()
    }
    Made.getter.email = function () {
      return `<${this.$email}>`
    }
    const one = new Made({ email: 'A@B' })
    const row = await Made.create({ email: 'C@D' })
    return { get: one.email, raw: one.$email, object: one.toObject(), row: row.email, found: (await Made.findOne()).email }
  })
  over('getPropertyType', async ({ Note, one }) => [
    Note.getPropertyType('title'),
    Note.getPropertyType('tags'),
    Note.getPropertyType('due'),
    Note.getPropertyType('none'),
    one.getPropertyType('stars'),
  ])
  over('getDataSource', async ({ Note, one }, t) => [Note.getDataSource() === t.db, one.getDataSource() === t.db])
  over('toObject forms', async (_, t) => {
    const Hider = t.model('Hider', { name: String, secret: String, guarded: String }, { hidden: ['secret'], protected: ['guarded'] })
    const one = await Hider.create({ name: 'a', secret: 's', guarded: 'g', extra: 1 })
    return {
      plain: one.toObject(),
      open: one.toObject(false),
      noHidden: one.toObject(false, true),
      noProtected: one.toObject(false, true, true),
      json: one.toJSON(),
      isHidden: Hider.isHiddenProperty('secret'),
      isProtected: Hider.isProtectedProperty('guarded'),
    }
  })
  over('hidden and protected in a nested instance', async (_, t) => {
    const Child = t.model('Child', { name: String, secret: String, guarded: String }, { hidden: ['secret'], protected: ['guarded'] })
    const Parent = t.model('Parent', { name: String, child: Child, children: [Child] })
    const data = { name: 'n', secret: 's', guarded: 'g' }
    const one = new Parent({ name: 'p', child: data, children: [data] })
    return { object: one.toObject(), json: one.toJSON(), text: JSON.parse(JSON.stringify(one)) }
  })
  over('constructed without new', async ({ Note }) => Note({ title: 'called' }) instanceof Note)
  over('constructed from an instance', async ({ Note, one }) => new Note(one))
  over('constructed with options', async (_, t) => {
    const Made = t.model('Made', { name: { type: String, default: 'n' }, age: Number })
    return [
      new Made({}, { applyDefaultValues: false }),
      new Made({ age: '5' }, { applySetters: false }),
      new Made({}, { persisted: true }).isNewRecord(),
      new Made({ age: 1 }, { fields: ['age'] }),
    ]
  })
  over('persistUndefinedAsNull', async (_, t) => {
    const Nulled = t.model('Nulled', { a: String, b: Number }, { persistUndefinedAsNull: true })
    const one = await Nulled.create({ a: 'x' })
    one.unsetAttribute('a')
    return { one, fresh: new Nulled({}), object: one.toObject(), stored: await Nulled.findById(1) }
  })
  over('updateOnLoad takes what the loaded hook says', async (_, t) => {
    const Loaded = t.model('Loaded', { a: String }, { updateOnLoad: true })
    Loaded.observe('loaded', (ctx, next) => {
      if (ctx.data) ctx.data.a = 'loaded'
      next()
    })
    const one = await Loaded.create({ a: 'x' })
    return { one, updated: await one.updateAttributes({ a: 'y' }) }
  })
  over('JSON of a list of instances', async ({ Note }) => JSON.parse(JSON.stringify(await Note.find())))
  over('own and inherited members', async ({ one }) => ({
    own: Object.keys(one).filter((key) => !key.startsWith('_')),
    title: 'title' in one,
    model: one.constructor.modelName,
    text: String(one.constructor),
  }))
})
