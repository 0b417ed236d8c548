import { memory, overStores, type AnyModel, type Store } from '../stores'
import { guarded } from './shelf'

/** Authors, their books, the shops that sell them, and a country for each author. */
async function library({ db }: Store, there: AnyModel = db) {
  const strict = { strict: true }
  const Country = there.define('Country', { code: String, pin: String }, { ...strict, hidden: ['pin'] })
  const Author = db.define('Author', { name: String, born: Number }, strict)
  const Book = db.define('Book', { title: String, pages: Number }, strict)
  const Shop = db.define('Shop', { name: String }, strict)
  const Sale = db.define('Sale', {}, strict)
  Author.belongsTo(Country)
  Author.hasMany(Book)
  Book.belongsTo(Author)
  Book.hasMany(Shop, { through: Sale })
  Shop.hasMany(Book, { through: Sale })
  Sale.belongsTo(Book)
  Sale.belongsTo(Shop)
  await db.automigrate()
  if (there !== db) await there.automigrate()
  const [de, fr] = await Country.create([
    { code: 'de', pin: '1' },
    { code: 'fr', pin: '2' },
  ])
  const [ann, bob, cid] = await Author.create([
    { name: 'Ann', born: 1950, countryId: de.id },
    { name: 'Bob', born: 1960, countryId: fr.id },
    { name: 'Cid', born: 1970 },
  ])
  const [a1, a2, b1] = await Book.create([
    { title: 'A1', pages: 1, authorId: ann.id },
    { title: 'A2', pages: 9, authorId: ann.id },
    { title: 'B1', pages: 9, authorId: bob.id },
    { title: 'C1', pages: 4, authorId: cid.id },
    { title: 'X', pages: 2 },
  ])
  const [north, south] = await Shop.create([{ name: 'north' }, { name: 'south' }])
  await north.books.add(a1)
  await north.books.add(b1)
  await south.books.add(a2)
  return { Country, Author, Book, Shop, Sale }
}

const wheres: readonly [string, object, string][] = [
  ['Book', { 'author.name': 'Ann' }, 'A1 A2'],
  ['Book', { 'author.born': { gt: 1950, lt: 1970 } }, 'B1'],
  ['Book', { author: { name: 'Ann', born: 1950 }, pages: 9 }, 'A2'],
  ['Book', { author: { none: {} } }, 'X'],
  ['Book', { not: { 'author.name': 'Ann' } }, 'B1 C1 X'],
  ['Book', { or: [{ 'author.name': 'Cid' }, { pages: 1 }] }, 'A1 C1'],
  ['Book', { nor: [{ 'author.name': 'Cid' }, { pages: 1 }] }, 'A2 B1 X'],
  ['Book', { 'author.country.code': 'fr' }, 'B1'],
  ['Book', { author: { some: { country: { none: {} } } } }, 'C1'],
  ['Book', { 'shops.name': 'north' }, 'A1 B1'],
  ['Book', { shops: { none: {} } }, 'C1 X'],
  ['Book', { shops: { every: { name: 'north' } } }, 'A1 B1 C1 X'],
  ['Author', { books: { some: { pages: 9 } } }, 'Ann Bob'],
  ['Author', { books: { every: { pages: 9 } } }, 'Bob'],
  ['Author', { books: { some: { pages: 1 }, none: { pages: 4 } } }, 'Ann'],
  ['Author', { 'books.shops.name': 'south' }, 'Ann'],
  ['Author', { books: { some: { shops: { none: {} } } } }, 'Cid'],
  ['Shop', { 'books.author.country.code': { inq: ['fr'] } }, 'north'],
]

const orders: readonly [object, string][] = [
  [{ order: ['author.name DESC', 'title'] }, 'C1 B1 A1 A2 X'],
  [{ order: ['author.name', 'title DESC'] }, 'X A2 A1 B1 C1'],
  [{ order: ['author.born DESC', 'title'], limit: 2, skip: 1 }, 'B1 A1'],
  [{ order: ['pages', 'author.name'], where: { pages: { gt: 1 } } }, 'X C1 A2 B1'],
  [{ order: 'author.name', where: { 'author.name': { neq: null } }, limit: 1, fields: ['title'] }, 'A1'],
]

overStores((make) => {
  describe.each(['by the store', 'in steps', 'over two data sources'])('%s', (how) => {
    let models: Record<string, AnyModel>

    beforeEach(async () => {
      const store = make()
      models = await library(store, how === 'over two data sources' ? memory() : undefined)
      if (how !== 'in steps') return
      const plain = new Proxy(store.db.connector, {
        get: (target, key) => (key === 'capabilities' ? { ...target.capabilities, related: false } : target[key]),
      })
      Object.defineProperty(store.db, 'connector', { value: plain, configurable: true })
    })

    const names = (rows: AnyModel[]) => rows.map((row) => row.title ?? row.name).join(' ')

    it.each(wheres)('%s where %j', async (model, where, expected) => {
      const given = JSON.stringify(where)
      expect(names(await models[model].find({ where, order: model === 'Book' ? 'title' : 'name' }))).toBe(expected)
      expect(await models[model].count(where)).toBe(expected.split(' ').length)
      expect(JSON.stringify(where)).toBe(given)
    })

    it.each(orders)('order %j', async (filter, expected) => {
      expect(names(await models.Book.find(filter))).toBe(expected)
    })

    it('orders what is included with it', async () => {
      const books = await models.Book.find({ order: 'author.name DESC', include: 'author', limit: 2 })
      expect(books.map((book: AnyModel) => book.toJSON().author.name)).toEqual(['Cid', 'Bob'])
    })

    it('orders with selected fields only', async () => {
      const [book] = await models.Book.find({ order: 'author.name DESC', fields: ['title'], limit: 1 })
      expect(book.toObject()).toEqual({ title: 'C1' })
    })

    it.each([
      [{ where: { 'author.nothing': 1 } }],
      [{ where: { author: { some: { nothing: 1 } } } }],
      [{ where: { author: 5 } }],
      [{ order: 'author.nothing' }],
      [{ order: 'shops.name' }],
      [{ order: 'author' }],
    ])('refuses %j', async (filter) => {
      await expect(models.Book.find(filter)).rejects.toMatchObject({ statusCode: 400 })
    })

    it('has no hidden property of the far side for callers from outside', async () => {
      const outside = { fromOutside: true }
      for (const filter of [{ where: { 'country.pin': '1' } }, { where: { country: { none: { pin: '1' } } } }, { order: 'country.pin' }])
        await expect(models.Author.find(filter, outside)).rejects.toMatchObject({ code: 'QUERY_PROPERTY_UNKNOWN', statusCode: 400 })
      await expect(models.Book.find({ where: { 'author.country.pin': '1' } }, outside)).rejects.toMatchObject({ statusCode: 400 })
      expect(await models.Author.count({ 'country.pin': '1' })).toBe(1)
    })

    it('asks the guard for every hop', async () => {
      const asked: string[] = []
      await models.Book.find({ where: { 'author.country.code': 'fr', shops: { some: { name: 'north' } } } }, guarded(asked))
      expect(asked).toEqual(['Book.find()', 'Author.find()', 'Country.find(code)', 'Sale.find()', 'Shop.find(name)'])
      await expect(
        models.Book.find(
          { order: 'author.name' },
          guarded([], (entity) => entity !== 'Author'),
        ),
      ).rejects.toMatchObject({ statusCode: 401 })
      await expect(
        models.Book.find(
          { where: { 'shops.name': 'north' } },
          guarded([], (entity) => entity !== 'Sale'),
        ),
      ).rejects.toMatchObject({ statusCode: 401 })
    })

    it('changes and removes by conditions across', async () => {
      expect(await models.Book.updateAll({ 'author.name': 'Ann' }, { pages: 7 })).toEqual({ count: 2 })
      expect(await models.Book.destroyAll({ 'author.country.code': 'fr' })).toEqual({ count: 1 })
    })
  })
})
