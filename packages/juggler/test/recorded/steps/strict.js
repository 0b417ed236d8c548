'use strict'
const { room } = require('../play')

const modes = [false, true, 'validate', 'filter', 'throw']

module.exports = room('strict', (step) => {
  for (const strict of modes) {
    const over = (title, play) => step(`${strict}: ${title}`, (t) => play(t.model('Closed', { name: String }, { strict }), t))

    over('constructor', (Closed, t) => t.attempt(() => new Closed({ name: 'a', extra: 1 })))
    over('create', async (Closed, t) => ({ answer: await t.ask(Closed, 'create', { name: 'a', extra: 1 }), stored: await Closed.find() }))
    over('isValid', (Closed, t) =>
      t.attempt(() => {
        const one = new Closed({ name: 'a', extra: 1 })
        return { valid: one.isValid(), errors: one.errors }
      }),
    )
    over('updateAttributes', async (Closed, t) => {
      const one = await Closed.create({ name: 'a' })
      return { answer: await t.ask(one, 'updateAttributes', { extra: 1 }), stored: await Closed.find() }
    })
    over('setAttributes', async (Closed, t) =>
      t.attempt(() => {
        const one = new Closed({ name: 'a' })
        one.setAttributes({ extra: 1 })
        return one
      }),
    )
    over('a property set by hand', async (Closed, t) => {
      const one = await Closed.create({ name: 'a' })
      one.extra = 1
      return { object: one.toObject(), open: one.toObject(false), answer: await t.ask(one, 'save'), stored: await Closed.find() }
    })
    over('replaceById', async (Closed, t) => {
      await Closed.create({ name: 'a' })
      return { answer: await t.ask(Closed, 'replaceById', 1, { name: 'b', extra: 1 }), stored: await Closed.find() }
    })
    over('replaceOrCreate', async (Closed, t) => ({
      answer: await t.ask(Closed, 'replaceOrCreate', { id: 1, name: 'b', extra: 1 }),
      stored: await Closed.find(),
    }))
    over('updateOrCreate', async (Closed, t) => ({
      answer: await t.ask(Closed, 'updateOrCreate', { id: 1, name: 'b', extra: 1 }),
      stored: await Closed.find(),
    }))
    over('updateAll', async (Closed, t) => {
      await Closed.create({ name: 'a' })
      return { answer: await t.ask(Closed, 'updateAll', {}, { name: 'b', extra: 1 }) }
    })
    over('findOrCreate', async (Closed, t) => ({
      answer: await t.ask(Closed, 'findOrCreate', { where: { name: 'a' } }, { name: 'a', extra: 1 }),
    }))
  }
  step('setStrict of one instance', async (t) => {
    const Closed = t.model('Closed', { name: String }, { strict: true })
    const one = new Closed({ name: 'a' })
    one.setStrict(false)
    one.setAttributes({ extra: 1 })
    return { json: one.toJSON(), object: one.toObject(), extra: one.extra }
  })
  step('strict option of the constructor', (t) => {
    const Closed = t.model('Closed', { name: String }, { strict: true })
    return new Closed({ name: 'a', extra: 1 }, { strict: false }).extra
  })
  step('reads of rows with more than the model has', async (t) => {
    const Open = t.model('Open', { name: String }, { memory: { collection: 'Shared' } })
    await Open.create({ name: 'a', extra: 1 })
    const Closed = t.model('Closed', { name: String }, { strict: true, memory: { collection: 'Shared' } })
    return Closed.find()
  })
})
