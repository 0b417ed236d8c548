'use strict'
const { room } = require('../play')

async function pictures(t) {
  const Picture = t.model('Picture', { name: String })
  const Author = t.model('Author', { name: String })
  const Reader = t.model('Reader', { name: String })
  Picture.belongsTo('imageable', { polymorphic: true })
  Author.hasMany(Picture, { as: 'pictures', polymorphic: 'imageable' })
  Author.hasOne(Picture, { as: 'avatar', polymorphic: 'imageable' })
  Reader.hasMany(Picture, { as: 'pictures', polymorphic: { as: 'imageable', foreignKey: 'imageableId', discriminator: 'imageableType' } })
  return { Picture, Author, Reader, ann: await Author.create({ name: 'Ann' }), rob: await Reader.create({ name: 'Rob' }) }
}

module.exports = room('polymorphic', (step) => {
  const over = (title, play) => step(title, async (t) => play(await pictures(t), t))

  over('create sets key and discriminator', async ({ ann, rob }) => [
    await ann.pictures.create({ name: 'a' }),
    await rob.pictures.create({ name: 'b' }),
  ])
  over('reads only its own', async ({ ann, rob }, t) => {
    await ann.pictures.create({ name: 'a' })
    await rob.pictures.create({ name: 'b' })
    return [await t.ask(ann, 'pictures', true), await t.ask(rob, 'pictures', true), await ann.pictures.count()]
  })
  over('hasOne', async ({ ann }, t) => {
    const made = await t.ask(ann.avatar, 'create', { name: 'a' })
    return { made, read: await t.ask(ann, 'avatar', true) }
  })
  over('belongsTo reads either', async ({ ann, rob, Picture }, t) => {
    await ann.pictures.create({ name: 'a' })
    await rob.pictures.create({ name: 'b' })
    return [await t.ask(await Picture.findById(1), 'imageable'), await t.ask(await Picture.findById(2), 'imageable')]
  })
  over('belongsTo without discriminator', async ({ Picture }, t) => t.ask(await Picture.create({ imageableId: 1 }), 'imageable'))
  over('belongsTo of an unknown type', async ({ Picture }, t) =>
    t.ask(await Picture.create({ imageableId: 1, imageableType: 'Nobody' }), 'imageable'),
  )
  over('belongsTo of nothing', async ({ Picture }, t) => t.ask(await Picture.create({ name: 'n' }), 'imageable'))
  over('belongsTo set', async ({ Picture, rob }) => {
    const picture = new Picture({ name: 'n' })
    picture.imageable(rob)
    return picture
  })
  over('included from the many side', async ({ ann, rob, Picture }) => {
    await ann.pictures.create({ name: 'a' })
    await rob.pictures.create({ name: 'b' })
    await Picture.create({ name: 'free' })
    return (await Picture.find({ include: 'imageable' })).map((row) => row.toJSON())
  })
  over('included from the one side', async ({ ann, rob, Author }) => {
    await ann.pictures.create({ name: 'a' })
    await rob.pictures.create({ name: 'b' })
    return (await Author.find({ include: ['pictures', 'avatar'] })).map((row) => row.toJSON())
  })
  over('included with an unknown type', async ({ Picture }, t) => {
    await Picture.create({ imageableId: 1, imageableType: 'Nobody' })
    return t.ask(Picture, 'find', { include: 'imageable' })
  })
  over('properties', ({ Picture }) => Object.keys(Picture.definition.properties))
  over('definition', ({ Picture, Author }) => [
    Picture.relations.imageable.toJSON(),
    Author.relations.pictures.toJSON(),
    Picture.relations.imageable.polymorphic,
    Author.relations.pictures.polymorphic,
  ])
  over('through', async ({ Author, Reader, ann, rob }, t) => {
    const Tag = t.model('Tag', { name: String })
    const Tagging = t.model('Tagging', {})
    Author.hasMany(Tag, {
      as: 'tags',
      through: Tagging,
      polymorphic: { as: 'taggable', foreignKey: 'taggableId', discriminator: 'taggableType' },
    })
    Reader.hasMany(Tag, {
      as: 'tags',
      through: Tagging,
      polymorphic: { as: 'taggable', foreignKey: 'taggableId', discriminator: 'taggableType' },
    })
    Tagging.belongsTo('taggable', { polymorphic: true })
    Tagging.belongsTo(Tag, { as: 'tag' })
    const made = await t.ask(ann.tags, 'create', { name: 'x' })
    await rob.tags.create({ name: 'y' })
    return { made, links: await Tagging.find(), read: await t.ask(ann, 'tags', true) }
  })
})
