'use strict'
const { room } = require('../play')

async function shelf(t, params) {
  const Author = t.model('Author', { name: String })
  const Book = t.model('Book', { title: { type: String, required: true }, pages: Number, by: String })
  Author.hasMany(Book, { as: 'books', foreignKey: 'authorId', ...params })
  Book.belongsTo(Author, { as: 'author', foreignKey: 'authorId' })
  const ann = await Author.create({ name: 'Ann' })
  const bob = await Author.create({ name: 'Bob' })
  for (const [title, pages, authorId] of [
    ['a', 10, 1],
    ['b', 30, 1],
    ['c', 20, 1],
    ['d', 5, 2],
  ])
    await Book.create({ title, pages, authorId })
  return { Author, Book, ann, bob }
}

async function list(t, params) {
  const Product = t.model('Product', { name: String })
  const Category = t.model('Category', { title: String })
  Category.referencesMany(Product, { as: 'products', ...params })
  const made = []
  for (const name of ['p1', 'p2', 'p3']) made.push(await Product.create({ name }))
  const cat = await Category.create({ title: 'cat', productIds: [2, 1] })
  return { Product, Category, cat, made }
}

module.exports = [
  ...room('hasMany', (step) => {
    const over = (title, play, params) => step(title, async (t) => play(await shelf(t, params), t))

    over('with a callback', ({ ann }, t) => t.ask(ann, 'books'))
    over('with a filter', ({ ann }, t) => t.ask(ann, 'books', { where: { pages: { gt: 10 } }, order: 'pages DESC' }))
    over('with limit and fields', ({ ann }, t) => t.ask(ann, 'books', { limit: 1, fields: ['title'] }))
    over('with include', async ({ ann }, t) =>
      t.ask(ann, function (callback) {
        this.books({ include: 'author' }, (error, rows) => callback(error, rows && rows.map((row) => row.toJSON())))
      }),
    )
    over('with refresh', async ({ ann, Book }, t) => {
      const first = await t.ask(ann, 'books')
      await Book.create({ title: 'e', authorId: 1 })
      return [first.results[0].length, (await t.ask(ann, 'books')).results[0].length, (await t.ask(ann, 'books', true)).results[0].length]
    })
    over('with filter and options', ({ ann }, t) => t.ask(ann, 'books', { where: { title: 'a' } }, { any: 1 }))
    over('without callback', async ({ ann }, t) => {
      const before = t.tell(ann.books())
      await t.ask(ann, 'books')
      return { before, after: t.tell(ann.books()) }
    })
    over('as a promise', ({ ann }) => (ann.books.find || ann.books.getAsync).call(ann.books, { order: 'pages' }))
    over('getAsync', ({ ann }, t) => t.attempt(() => ann.books.getAsync()))
    over('create', ({ ann }, t) => t.ask(ann.books, 'create', { title: 'new' }))
    over('create as a promise', ({ ann }) => ann.books.create({ title: 'new' }))
    over('create many', ({ ann }, t) => t.ask(ann.books, 'create', [{ title: 'x' }, { title: 'y' }]))
    over('create of something invalid', ({ ann }, t) => t.ask(ann.books, 'create', {}))
    over('create many of which one is invalid', async ({ ann, Book }, t) => ({
      answer: await t.ask(ann.books, 'create', [{ title: 'x' }, {}]),
      count: await Book.count(),
    }))
    over('create with another key', ({ ann }, t) => t.ask(ann.books, 'create', { title: 'stolen', authorId: 2 }))
    over('create before loading starts the cache', async ({ ann }, t) => {
      await ann.books.create({ title: 'new' })
      return [await t.ask(ann, 'books'), (await t.ask(ann, 'books', true)).results[0].length]
    })
    over('create after loading extends the cache', async ({ ann }, t) => {
      await t.ask(ann, 'books')
      await ann.books.create({ title: 'new' })
      return ann.books().map((book) => book.title)
    })
    over('build', ({ ann }) => ann.books.build({ title: 'built' }))
    over('findById', ({ ann }, t) => t.ask(ann.books, 'findById', 2))
    over('findById with a text', ({ ann }, t) => t.ask(ann.books, 'findById', '2'))
    over('findById of another owner', ({ ann }, t) => t.ask(ann.books, 'findById', 4))
    over('findById of nothing', ({ ann }, t) => t.ask(ann.books, 'findById', 99))
    over('findOne', ({ ann }, t) => t.ask(ann.books, 'findOne', { order: 'pages DESC' }))
    over('exists', async ({ ann }, t) => [
      await t.ask(ann.books, 'exists', 1),
      await t.ask(ann.books, 'exists', 99),
      await t.ask(ann.books, 'exists', 4),
    ])
    over('updateById', async ({ ann, Book }, t) => [await t.ask(ann.books, 'updateById', 1, { pages: 99 }), await Book.findById(1)])
    over('updateById of the key', ({ ann }, t) => t.ask(ann.books, 'updateById', 1, { authorId: 2 }))
    over('updateById of nothing', ({ ann }, t) => t.ask(ann.books, 'updateById', 99, { pages: 1 }))
    over('updateById of another owner', ({ ann }, t) => t.ask(ann.books, 'updateById', 4, { pages: 1 }))
    over('destroy', async ({ ann, Book }, t) => [await t.ask(ann.books, 'destroy', 1), await Book.count()])
    over('destroy of another owner', async ({ ann, Book }, t) => [await t.ask(ann.books, 'destroy', 4), await Book.count()])
    over('destroy of nothing', ({ ann }, t) => t.ask(ann.books, 'destroy', 99))
    over('destroy leaves the cache', async ({ ann }, t) => {
      await t.ask(ann, 'books')
      await t.ask(ann.books, 'destroy', 1)
      return ann.books().map((book) => book.id)
    })
    over('count', async ({ ann }, t) => [
      await t.ask(ann.books, 'count'),
      await t.ask(ann.books, 'count', { pages: { gt: 10 } }),
      await ann.books.count(),
    ])
    over('updateAll', async ({ ann, Book }, t) => [await t.ask(ann.books, 'updateAll', { pages: 0 }), await Book.count({ pages: 0 })])
    over('updateAll with where', async ({ ann }, t) => t.ask(ann.books, 'updateAll', { pages: { gt: 10 } }, { pages: 0 }))
    over('destroyAll', async ({ ann, Book }, t) => [await t.ask(ann.books, 'destroyAll'), await Book.count()])
    over('destroyAll with where', async ({ ann, Book }, t) => [
      await t.ask(ann.books, 'destroyAll', { pages: { gt: 10 } }),
      await Book.count(),
    ])
    over('of an unsaved owner', async ({ Author }, t) => t.ask(new Author({}), 'books'))
    over('create on an unsaved owner', async ({ Author }, t) => t.ask(new Author({}).books, 'create', { title: 'n' }))
    over('remoting', async ({ ann }, t) => ({
      get: await t.ask(ann, '__get__books', { limit: 1 }),
      count: await t.ask(ann, '__count__books'),
      create: await t.ask(ann, '__create__books', { title: 'r' }),
      find: await t.ask(ann, '__findById__books', 1),
      update: await t.ask(ann, '__updateById__books', 1, { pages: 3 }),
      destroy: await t.ask(ann, '__destroyById__books', 1),
      gone: await t.ask(ann, '__delete__books'),
    }))
    over(
      'scope',
      async ({ ann }, t) => [
        await t.ask(ann, 'books'),
        await t.ask(ann.books, 'create', { title: 'new', pages: 1 }),
        await t.ask(ann.books, 'count'),
      ],
      { scope: { where: { pages: { gt: 10 } }, order: 'pages DESC' } },
    )
    over('scope as a function', async ({ ann }, t) => t.ask(ann, 'books'), { scope: (inst) => ({ where: { title: inst ? 'a' : 'b' } }) })
    over('properties are copied', ({ ann }) => ann.books.create({ title: 'p' }), { properties: { name: 'by' } })
    over('properties by a function', ({ ann }) => ann.books.create({ title: 'p' }), { properties: (inst) => ({ by: `${inst.name}!` }) })
    over('scope methods', ({ ann }, t) => t.attempt(() => ann.books.shout()), { scopeMethods: { shout: () => 'loud' } })
    over('definition', ({ Author }) => {
      const { name, type, keyFrom, keyTo, multiple } = Author.relations.books
      return { name, type, keyFrom, keyTo, multiple, json: Author.relations.books.toJSON() }
    })
    over('default names', (_, t) => {
      const Person = t.model('Person', { name: String })
      const Pet = t.model('BigPet', { name: String })
      Person.hasMany(Pet)
      return [Object.values(Person.relations).map(({ name, keyTo }) => ({ name, keyTo })), Object.keys(Pet.definition.properties)]
    })
    over('a relation called trigger', (_, t) =>
      t.attempt(() => {
        const Person = t.model('Person', { name: String })
        Person.hasMany(Person, { as: 'trigger' })
        return 'accepted'
      }),
    )
    over('an unknown type in settings', (_, t) =>
      t.attempt(() => {
        t.model('Person', { name: String }, { relations: { odd: { type: 'hasSome', model: 'Author' } } })
        return 'accepted'
      }),
    )
    over('related data in create is dropped', async ({ Author, Book }) => {
      const one = await Author.create({ name: 'n', books: [{ title: 'inside' }] })
      return { one: one.toJSON(), stored: (await Author.findById(one.id)).toJSON(), books: await Book.count() }
    })
    over('a filter leaves the cache alone', async ({ ann }, t) => {
      await t.ask(ann, 'books', { where: { title: 'a' } })
      return t.tell(ann.books())
    })
  }),
  ...room('referencesMany', (step) => {
    const over = (title, play, params) => step(title, async (t) => play(await list(t, params), t))

    over('with a callback', ({ cat }, t) => t.ask(cat, 'products'))
    over('with a filter', ({ cat }, t) => t.ask(cat, 'products', { where: { name: 'p1' } }))
    over('with an order', ({ cat }, t) => t.ask(cat, 'products', { order: 'name' }))
    over('as a promise', ({ cat }) => (cat.products.find || cat.products.getAsync).call(cat.products))
    over('findById', ({ cat }, t) => t.ask(cat.products, 'findById', 2))
    over('findById of something else', ({ cat }, t) => t.ask(cat.products, 'findById', 3))
    over('findById of nothing', ({ cat }, t) => t.ask(cat.products, 'findById', 99))
    over('exists', async ({ cat }, t) => [await t.ask(cat.products, 'exists', 2), await t.ask(cat.products, 'exists', 3)])
    over('create', async ({ cat, Category }, t) => ({
      answer: await t.ask(cat.products, 'create', { name: 'new' }),
      ids: cat.productIds,
      stored: await Category.findById(1),
    }))
    over('create many', async ({ cat }, t) => ({
      answer: await t.ask(cat.products, 'create', [{ name: 'x' }, { name: 'y' }]),
      ids: cat.productIds,
    }))
    over('build', ({ cat }) => cat.products.build({ name: 'b' }))
    over('add an instance', async ({ cat, made, Category }, t) => ({
      answer: await t.ask(cat.products, 'add', made[2]),
      ids: cat.productIds,
      stored: await Category.findById(1),
    }))
    over('add an id', async ({ cat }, t) => ({ answer: await t.ask(cat.products, 'add', 3), ids: cat.productIds }))
    over('add an id of nothing', async ({ cat }, t) => ({ answer: await t.ask(cat.products, 'add', 99), ids: cat.productIds }))
    over('add one that is there', async ({ cat }, t) => ({ answer: await t.ask(cat.products, 'add', 1), ids: cat.productIds }))
    over('remove an instance', async ({ cat, made, Category }, t) => ({
      answer: await t.ask(cat.products, 'remove', made[0]),
      ids: cat.productIds,
      stored: await Category.findById(1),
    }))
    over('remove an id', async ({ cat }, t) => ({ answer: await t.ask(cat.products, 'remove', 2), ids: cat.productIds }))
    over('remove an absent id', async ({ cat }, t) => ({ answer: await t.ask(cat.products, 'remove', 99), ids: cat.productIds }))
    over('destroy', async ({ cat, Product }, t) => ({
      answer: await t.ask(cat.products, 'destroy', 2),
      ids: cat.productIds,
      count: await Product.count(),
    }))
    over('updateById', async ({ cat, Product }, t) => ({
      answer: await t.ask(cat.products, 'updateById', 2, { name: 'u' }),
      stored: await Product.findById(2),
    }))
    over('at', ({ cat }, t) => t.ask(cat.products, 'at', 0))
    over('duplicates are invalid', ({ Category }, t) => t.ask(Category, 'create', { productIds: [1, 1] }))
    over('the key by default', ({ Category }) => new Category({}))
    over(
      'prepended',
      async ({ cat }, t) => {
        await t.ask(cat.products, 'add', 3)
        return cat.productIds
      },
      { options: { prepend: true } },
    )
    over('included', async ({ Category }) => (await Category.find({ include: 'products' })).map((row) => row.toJSON()))
    over('definition', ({ Category }) => {
      const { name, type, keyFrom, keyTo, multiple } = Category.relations.products
      return { name, type, keyFrom, keyTo, multiple, json: Category.relations.products.toJSON() }
    })
  }),
]
