'use strict'
const { room } = require('../play')

async function notes(t, settings) {
  const Note = t.model(
    'Note',
    { title: { type: String, required: true }, stars: Number, done: Boolean, due: Date, author: { type: String, default: 'anon' } },
    settings,
  )
  await Note.create({ title: 'one', stars: 1 })
  await Note.create({ title: 'two', stars: 2 })
  await Note.create({ title: 'three', stars: 3 })
  return Note
}

module.exports = room('write', (step) => {
  const over = (title, play, settings) => step(title, async (t) => play(await notes(t, settings), t))
  const after = async (Note, answer) => ({ answer, rows: await Note.find() })

  for (const name of ['updateOrCreate', 'upsert', 'patchOrCreate'])
    over(`${name} changes what is there`, async (Note, t) => after(Note, await t.ask(Note, name, { id: 1, title: 'changed' })))
  over('updateOrCreate as a promise', (Note) => Note.updateOrCreate({ id: 1, title: 'changed' }))
  over('updateOrCreate without an id creates', (Note) => Note.updateOrCreate({ title: 'new' }))
  over('updateOrCreate with an unknown id creates', (Note) => Note.updateOrCreate({ id: 9, title: 'new' }))
  over('updateOrCreate keeps what is not given', async (Note) => after(Note, await Note.updateOrCreate({ id: 2, title: 'only' })))
  over('updateOrCreate with invalid data', async (Note, t) => t.ask(Note, 'updateOrCreate', { id: 1, stars: 5 }))
  over('updateOrCreate with invalid data under validateUpsert', (Note, t) => t.ask(Note, 'updateOrCreate', { id: 1, stars: 5 }), {
    validateUpsert: true,
  })
  over('updateOrCreate with invalid data, validateUpsert false', (Note, t) => t.ask(Note, 'updateOrCreate', { id: 1, stars: 5 }), {
    validateUpsert: false,
  })
  over('updateOrCreate with validate true', (Note, t) => t.ask(Note, 'updateOrCreate', { id: 1, stars: 5 }, { validate: true }))
  over('updateOrCreate with an instance', async (Note) => Note.updateOrCreate(new Note({ id: 1, title: 'inst' })))
  over('updateOrCreate with no data', (Note, t) => t.ask(Note, 'updateOrCreate'))
  over('updateOrCreate with undefined values', async (Note) =>
    after(Note, await Note.updateOrCreate({ id: 1, title: 'a', stars: undefined })),
  )
  over('updateOrCreate under forceId with an unknown id', (Note, t) => t.ask(Note, 'updateOrCreate', { id: 9, title: 'x' }), {
    forceId: true,
  })
  over('updateOrCreate under forceId with a known id', (Note, t) => t.ask(Note, 'updateOrCreate', { id: 1, title: 'x' }), { forceId: true })

  for (const name of ['upsertWithWhere', 'patchOrCreateWithWhere'])
    over(`${name} changes the one`, async (Note, t) => after(Note, await t.ask(Note, name, { title: 'one' }, { title: 'one', stars: 9 })))
  over('upsertWithWhere creates', (Note) => Note.upsertWithWhere({ title: 'none' }, { title: 'made' }))
  over('upsertWithWhere of many', (Note, t) => t.ask(Note, 'upsertWithWhere', { stars: { gt: 1 } }, { title: 'x' }))
  over('upsertWithWhere without data', (Note, t) => t.ask(Note, 'upsertWithWhere', { title: 'one' }, {}))
  over('upsertWithWhere with an id in data', async (Note, t) => t.ask(Note, 'upsertWithWhere', { title: 'one' }, { id: 1, title: 'same' }))
  over('upsertWithWhere with another id in data', async (Note, t) =>
    t.ask(Note, 'upsertWithWhere', { title: 'one' }, { id: 7, title: 'other' }),
  )
  over('upsertWithWhere with invalid data', (Note, t) => t.ask(Note, 'upsertWithWhere', { title: 'one' }, { title: null }))

  over('replaceOrCreate replaces', async (Note, t) => after(Note, await t.ask(Note, 'replaceOrCreate', { id: 1, title: 'whole' })))
  over('replaceOrCreate creates with an unknown id', async (Note) => Note.replaceOrCreate({ id: 9, title: 'new' }))
  over('replaceOrCreate creates without an id', (Note) => Note.replaceOrCreate({ title: 'new' }))
  over('replaceOrCreate with invalid data', (Note, t) => t.ask(Note, 'replaceOrCreate', { id: 1, stars: 1 }))
  over('replaceOrCreate with validate false', (Note, t) => t.ask(Note, 'replaceOrCreate', { id: 1, stars: 1 }, { validate: false }))

  over('replaceById', async (Note, t) => after(Note, await t.ask(Note, 'replaceById', 1, { title: 'whole' })))
  over('replaceById with the id in data', (Note) => Note.replaceById(1, { id: 1, title: 'whole' }))
  over('replaceById with a text id in data', (Note, t) => t.ask(Note, 'replaceById', 1, { id: '1', title: 'whole' }))
  over('replaceById with another id in data', (Note, t) => t.ask(Note, 'replaceById', 1, { id: 2, title: 'whole' }))
  over('replaceById of nothing', (Note, t) => t.ask(Note, 'replaceById', 99, { title: 'whole' }))
  over('replaceById with invalid data', (Note, t) => t.ask(Note, 'replaceById', 1, { stars: 1 }))
  over('replaceById keeps the caller’s data', async (Note) => {
    const data = { title: 'whole' }
    await Note.replaceById(1, data)
    return data
  })

  over('findOrCreate finds', async (Note, t) => t.ask(Note, 'findOrCreate', { where: { title: 'one' } }, { title: 'one' }))
  over('findOrCreate creates', async (Note, t) => t.ask(Note, 'findOrCreate', { where: { title: 'none' } }, { title: 'none' }))
  over('findOrCreate as a promise', (Note) => Note.findOrCreate({ where: { title: 'one' } }, { title: 'one' }))
  over('findOrCreate with data alone', (Note, t) => t.ask(Note, 'findOrCreate', { title: 'two' }))
  over('findOrCreate with data alone that is new', (Note, t) => t.ask(Note, 'findOrCreate', { title: 'four' }))
  over('findOrCreate with invalid data', (Note, t) => t.ask(Note, 'findOrCreate', { where: { title: 'none' } }, { stars: 1 }))
  over('findOrCreate with options', (Note, t) => t.ask(Note, 'findOrCreate', { where: { title: 'one' } }, { title: 'one' }, { any: 1 }))
  over('findOrCreate a hundred times at once', async (Note) => {
    const all = await Promise.all(Array.from({ length: 100 }, () => Note.findOrCreate({ where: { title: 'many' } }, { title: 'many' })))
    return { ids: new Set(all.map(([one]) => one.id)).size, created: all.filter(([, created]) => created).length }
  })

  for (const name of ['updateAll', 'update'])
    over(`${name} answers a count`, async (Note, t) => after(Note, await t.ask(Note, name, { stars: { gt: 1 } }, { done: true })))
  over('updateAll without where', (Note) => Note.updateAll({ done: true }))
  over('updateAll with where, data, options', (Note, t) => t.ask(Note, 'updateAll', {}, { done: true }, { any: 1 }))
  over('updateAll of none', (Note) => Note.updateAll({ title: 'none' }, { done: true }))
  over('updateAll converts values', async (Note) => after(Note, await Note.updateAll({ stars: '1' }, { stars: '7', done: 'true' })))
  over('updateAll does not validate', async (Note) => after(Note, await Note.updateAll({ stars: 1 }, { title: null })))
  over('updateAll with unknown keys', async (Note) => after(Note, await Note.updateAll({ stars: 1 }, { extra: 1 })))
  over('updateAll where all is undefined', async (Note, t) => t.ask(Note, 'updateAll', { author: undefined }, { done: true }))
  over('updateAll with a text as data', (Note, t) => t.ask(Note, 'updateAll', {}, 'text'))
  over('updateAll with an operator as value', async (Note, t) =>
    after(Note, await t.ask(Note, 'updateAll', { stars: 1 }, { stars: { gt: 5 } })),
  )
  over('updateAll with a date that is none', async (Note, t) => t.ask(Note, 'updateAll', { stars: 1 }, { due: 'no date' }))

  for (const name of ['destroyAll', 'deleteAll', 'remove'])
    over(`${name} answers a count`, async (Note, t) => after(Note, await t.ask(Note, name, { stars: { gt: 1 } })))
  over('destroyAll without where', async (Note) => after(Note, await Note.destroyAll()))
  over('destroyAll with null', async (Note) => after(Note, await Note.destroyAll(null)))
  over('destroyAll of none', (Note) => Note.destroyAll({ title: 'none' }))
  over('destroyAll where all is undefined', (Note, t) => t.ask(Note, 'destroyAll', { author: undefined }))
  over('destroyAll with a text', (Note, t) => t.ask(Note, 'destroyAll', 'text'))
  over('destroyAll by an unknown property', (Note, t) => t.ask(Note, 'destroyAll', { typo: 1 }))
  over('ids go on after destroyAll', async (Note) => {
    await Note.destroyAll()
    return (await Note.create({ title: 'next' })).id
  })
  for (const name of ['destroyById', 'deleteById', 'removeById'])
    over(`${name} answers a count`, async (Note, t) => after(Note, await t.ask(Note, name, 2)))
  over('destroyById of nothing', (Note, t) => t.ask(Note, 'destroyById', 99))
  over('destroyById of nothing under strictDelete', (Note, t) => t.ask(Note, 'destroyById', 99), { strictDelete: true })
  over('destroyById without an id', (Note, t) => t.attempt(() => Note.destroyById()))
  over('destroyById with a text', (Note) => Note.destroyById('1'))

  over(
    'properties of settings are set on writes',
    async (Note) => [
      await Note.create({ title: 'a' }),
      await Note.updateAll({ title: 'one' }, { done: true }),
      await Note.find({ where: { done: true } }),
    ],
    { properties: { author: 'forced' } },
  )
  over('the default scope is set on writes', async (Note) => [await Note.create({ title: 'a', author: 'else' }), await Note.find()], {
    scope: { where: { author: 'me' } },
  })
  over('aliases are the same functions', (Note) => [
    Note.upsert === Note.updateOrCreate,
    Note.all === Note.find,
    Note.update === Note.updateAll,
    Note.deleteAll === Note.destroyAll,
    Note.removeById === Note.destroyById,
  ])
})
