'use strict'
const { room } = require('../play')

async function books(t, belongsTo, hasOne) {
  const Author = t.model('Author', { name: String })
  const Book = t.model('Book', { title: String, authorName: String })
  const Bio = t.model('Bio', { text: String })
  Book.belongsTo(Author, { as: 'author', ...belongsTo })
  Author.hasOne(Bio, { as: 'bio', ...hasOne })
  Bio.belongsTo(Author, { as: 'author' })
  const ann = await Author.create({ name: 'Ann' })
  const bob = await Author.create({ name: 'Bob' })
  const book = await Book.create({ title: 'one', authorId: 1 })
  return { Author, Book, Bio, ann, bob, book }
}

module.exports = [
  ...room('belongsTo', (step) => {
    const over = (title, play, params) => step(title, async (t) => play(await books(t, params), t))

    over('with a callback', ({ book }, t) => t.ask(book, 'author'))
    over('with refresh', async ({ book, Author }, t) => {
      await t.ask(book, 'author')
      await Author.updateAll({ id: 1 }, { name: 'Ann II' })
      return [await t.ask(book, 'author'), await t.ask(book, 'author', true)]
    })
    over('with refresh and options', ({ book }, t) => t.ask(book, 'author', true, { any: 1 }))
    over('with a filter', ({ book }, t) => t.ask(book, 'author', { fields: ['name'] }))
    over('without callback', async ({ book }, t) => {
      const before = t.tell(book.author())
      await t.ask(book, 'author')
      return { before, after: t.tell(book.author()) }
    })
    over('as a promise', ({ book }) => (book.author.get || book.author.getAsync)())
    over('getAsync', ({ book }, t) => t.attempt(() => book.author.getAsync()))
    over('without a key', async ({ Book }, t) => t.ask(await Book.create({ title: 'none' }), 'author'))
    over('as a promise without a key', async ({ Book }, t) => {
      const none = await Book.create({ title: 'none' })
      return t.attempt(() => (none.author.get || none.author.getAsync)())
    })
    over('with a key of nothing', async ({ Book }, t) => t.ask(await Book.create({ title: 'none', authorId: 99 }), 'author'))
    over('set', ({ book, bob }, t) => {
      book.author(bob)
      return { key: book.authorId, value: t.tell(book.author()) }
    })
    over('set and save', async ({ book, bob, Book }) => {
      book.author(bob)
      await book.save()
      return Book.findById(1)
    })
    over('set to null', ({ book }, t) =>
      t.attempt(() => {
        book.author(null)
        return { key: book.authorId }
      }),
    )
    over('build', ({ book }) => book.author.build({ name: 'built' }))
    over('create', async ({ Book }, t) => {
      const fresh = await Book.create({ title: 'fresh' })
      return { answer: await t.ask(fresh.author, 'create', { name: 'made' }), key: fresh.authorId, stored: await Book.findById(fresh.id) }
    })
    over('create on an unsaved owner', async ({ Book }, t) => {
      const fresh = new Book({ title: 'fresh' })
      return { answer: await t.ask(fresh.author, 'create', { name: 'made' }), key: fresh.authorId, isNew: fresh.isNewRecord() }
    })
    over('create as a promise', async ({ book }) => book.author.create({ name: 'made' }))
    over('update', async ({ book, Author }, t) => ({
      answer: await t.ask(book.author, 'update', { name: 'new' }),
      stored: await Author.findById(1),
    }))
    over('update of nothing', async ({ Book }, t) => t.ask((await Book.create({})).author, 'update', { name: 'new' }))
    over('update of the key', ({ book }, t) => t.ask(book.author, 'update', { id: 7 }))
    over('destroy unlinks', async ({ book, Author, Book }, t) => ({
      answer: await t.ask(book.author, 'destroy'),
      key: book.authorId,
      stored: await Book.findById(1),
      authors: await Author.count(),
    }))
    over('destroy of nothing', async ({ Book }, t) => t.ask((await Book.create({})).author, 'destroy'))
    over('a changed key keeps the cached one', async ({ book }, t) => {
      await t.ask(book, 'author')
      book.authorId = 2
      return t.ask(book, 'author')
    })
    over('a nested object gives the key', async ({ Book, ann }) => Book.create({ title: 'nested', author: ann }))
    over('remoting', ({ book }, t) => t.ask(book, '__get__author'))
    over('definition', ({ Book }, t) => {
      const { name, type, keyFrom, keyTo, multiple, modelFrom, modelTo, embed } = Book.relations.author
      return {
        name,
        type,
        keyFrom,
        keyTo,
        multiple,
        from: t.tell(modelFrom),
        to: t.tell(modelTo),
        embed,
        json: Book.relations.author.toJSON(),
      }
    })
    over('key is a property', ({ Book }) => [Book.getPropertyType('authorId'), Object.keys(Book.definition.properties)])
    over('scope', async ({ book }, t) => t.ask(book, 'author'), { scope: { fields: ['name'] } })
    over('scope with where that fails', async ({ book }, t) => t.ask(book, 'author'), { scope: { where: { name: 'Bob' } } })
    over(
      'properties are copied from target when inverted',
      async ({ Book, ann }) => {
        const book = new Book({ title: 'copy' })
        book.author(ann)
        return book
      },
      { properties: { name: 'authorName' }, options: { invertProperties: true } },
    )
    over('another foreign key', async (_, t) => {
      const Owner = t.model('Owner', { name: String })
      const Pet = t.model('Pet', { name: String })
      Pet.belongsTo(Owner, { as: 'master', foreignKey: 'ownerKey' })
      await Owner.create({ name: 'o' })
      return t.ask(await Pet.create({ ownerKey: 1 }), 'master')
    })
    over('another primary key', async (_, t) => {
      const Owner = t.model('Owner', { code: String })
      const Pet = t.model('Pet', { name: String, ownerCode: String })
      Pet.belongsTo(Owner, { as: 'owner', foreignKey: 'ownerCode', primaryKey: 'code' })
      await Owner.create({ code: 'x' })
      return t.ask(await Pet.create({ ownerCode: 'x' }), 'owner')
    })
    over('default names', (_, t) => {
      const Big = t.model('BigOwner', { name: String })
      const Pet = t.model('Pet', { name: String })
      Pet.belongsTo(Big)
      return Object.values(Pet.relations).map(({ name, keyFrom }) => ({ name, keyFrom }))
    })
    over('target given by name', async (_, t) => {
      const Pet = t.model('Pet', { name: String })
      Pet.belongsTo('Author', { as: 'writer' })
      return t.ask(await Pet.create({ writerId: 1 }), 'writer')
    })
    over('from settings', async (_, t) => {
      const Pet = t.model(
        'Pet',
        { name: String },
        { relations: { keeper: { type: 'belongsTo', model: 'Author', foreignKey: 'keeperId' } } },
      )
      return t.ask(await Pet.create({ keeperId: 2 }), 'keeper')
    })
    over('methods', ({ Author, Book }, t) => {
      Book.belongsTo(Author, { as: 'second', methods: { shout: () => 'loud' } })
      return t.attempt(() => new Book({ secondId: 1 }).second.shout())
    })
  }),
  ...room('hasOne', (step) => {
    const over = (title, play, params) => step(title, async (t) => play(await books(t, {}, params), t))
    const made = (title, play, params) =>
      over(title, async (world, t) => play({ ...world, bio: await world.ann.bio.create({ text: 'old' }) }, t), params)

    over('create', async ({ ann, Bio }, t) => [await t.ask(ann.bio, 'create', { text: 'a' }), await Bio.find()])
    over('create as a promise', ({ ann }) => ann.bio.create({ text: 'a' }))
    made('create twice', ({ ann }, t) => t.ask(ann.bio, 'create', { text: 'b' }))
    over('build', ({ ann }) => ann.bio.build({ text: 'a' }))
    over('nothing there', ({ ann }, t) => t.ask(ann, 'bio'))
    made('with a callback', ({ ann }, t) => t.ask(ann, 'bio'))
    made('read from the store', async ({ Author }, t) => t.ask(await Author.findById(1), 'bio'))
    made('without callback', ({ ann }, t) => t.tell(ann.bio()))
    made('as a promise', ({ ann }) => (ann.bio.get || ann.bio.getAsync)())
    made('with refresh', async ({ ann, Bio }, t) => {
      await Bio.updateAll({}, { text: 'new' })
      return [await t.ask(ann, 'bio'), await t.ask(ann, 'bio', true)]
    })
    over('set', async ({ ann, Bio }, t) => {
      const bio = new Bio({ text: 'set' })
      ann.bio(bio)
      return { bio, value: t.tell(ann.bio()) }
    })
    made('update', async ({ ann, Bio }, t) => [await t.ask(ann.bio, 'update', { text: 'new' }), await Bio.find()])
    over('update of nothing', ({ ann }, t) => t.ask(ann.bio, 'update', { text: 'new' }))
    made('update of the key', ({ ann }, t) => t.ask(ann.bio, 'update', { authorId: 2 }))
    made('destroy deletes', async ({ ann, Bio }, t) => [await t.ask(ann.bio, 'destroy'), await Bio.count(), await t.ask(ann, 'bio')])
    over('destroy of nothing', ({ ann }, t) => t.ask(ann.bio, 'destroy'))
    over(
      'properties are copied',
      async ({ ann, Bio }) => {
        await ann.bio.create({})
        return Bio.findOne()
      },
      { properties: { name: 'text' } },
    )
    made('remoting', async ({ ann }, t) => [
      await t.ask(ann, '__get__bio'),
      await t.ask(ann, '__update__bio', { text: 'r' }),
      await t.ask(ann, '__destroy__bio'),
      await t.ask(ann, '__create__bio', { text: 'c' }),
    ])
    over('definition', ({ Author }) => {
      const { name, type, keyFrom, keyTo, multiple } = Author.relations.bio
      return { name, type, keyFrom, keyTo, multiple, json: Author.relations.bio.toJSON() }
    })
  }),
]
