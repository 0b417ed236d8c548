import { guarded } from '../query/shelf'
import { overStores, type AnyModel, type Store } from '../stores'

const nested = { options: { nested: true } }

overStores((make) => {
  let store: Store
  let models: Record<string, AnyModel>

  beforeEach(async () => {
    store = make()
    const { db } = store
    const strict = { strict: true }
    const Author = db.define('Author', { name: { type: String, required: true } }, strict)
    const Book = db.define('Book', { title: { type: String, required: true } }, strict)
    const Address = db.define('Address', { city: String }, strict)
    const Tag = db.define('Tag', { word: String }, strict)
    const Tagging = db.define('Tagging', {}, strict)
    const Page = db.define('Page', { number: Number }, strict)
    const Plain = db.define('Plain', { name: String }, strict)
    Author.hasMany(Book, nested)
    Author.hasOne(Address, nested)
    Book.belongsTo(Author, nested)
    Book.hasMany(Tag, { through: Tagging, ...nested })
    Book.hasMany(Page, nested)
    Tagging.belongsTo(Book)
    Tagging.belongsTo(Tag)
    Plain.hasMany(Page)
    models = { Author, Book, Address, Tag, Tagging, Page, Plain }
    await db.automigrate()
  })

  const titles = async (author: AnyModel) => (await author.books.find({ order: 'title' })).map(({ title }: AnyModel) => title)
  const counts = async () => [
    await models.Author.count(),
    await models.Book.count(),
    await models.Address.count(),
    await models.Page.count(),
  ]

  it('creates a row and what belongs to it, at every depth', async () => {
    const author = await models.Author.create({
      name: 'Ann',
      address: { city: 'Bonn' },
      books: [{ title: 'A', pages: [{ number: 1 }, { number: 2 }], tags: [{ word: 'x' }] }, { title: 'B' }],
    })
    const found = await models.Author.findById(author.id, { include: [{ books: ['pages', 'tags'] }, 'address'] })
    const json = found.toJSON()
    expect(json.address.city).toBe('Bonn')
    expect(json.books.map(({ title, pages, tags }: AnyModel) => [title, pages.length, tags.map(({ word }: AnyModel) => word)])).toEqual([
      ['A', 2, ['x']],
      ['B', 0, []],
    ])
    expect(author.books().map(({ title }: AnyModel) => title)).toEqual(['A', 'B'])
  })

  it('creates what a row belongs to before it', async () => {
    const book = await models.Book.create({ title: 'A', author: { name: 'Ann' } })
    const author = await models.Author.findOne()
    expect(book.authorId).toEqual(author.id)
    const other = await models.Book.create({ title: 'B', author: { connect: author.id } })
    expect(other.authorId).toEqual(author.id)
    await other.updateAttributes({ author: { disconnect: author.id } })
    expect((await models.Book.findById(other.id)).authorId ?? null).toBeNull()
  })

  it('creates many owners at once', async () => {
    const authors = await models.Author.create([{ name: 'Ann', books: [{ title: 'A' }] }, { name: 'Bob' }])
    expect(await titles(authors[0])).toEqual(['A'])
    expect(await counts()).toEqual([2, 1, 0, 0])
  })

  it('writes nothing when some of it fails', async () => {
    const bad = { name: 'Ann', address: { city: 'Bonn' }, books: [{ title: 'A' }, { title: null }] }
    await expect(models.Author.create(bad)).rejects.toMatchObject({ name: 'ValidationError' })
    await expect(models.Author.create([{ name: 'Bob' }, bad])).rejects.toMatchObject({ name: 'ValidationError' })
    expect(await counts()).toEqual([0, 0, 0, 0])
  })

  it('keeps to the transaction of the call', async () => {
    const transaction = await models.Author.beginTransaction()
    await models.Author.create({ name: 'Ann', books: [{ title: 'A' }] }, { transaction })
    await transaction.rollback()
    expect(await counts()).toEqual([0, 0, 0, 0])
  })

  it('connects, creates, updates, deletes and sets', async () => {
    const ann = await models.Author.create({ name: 'Ann', books: [{ title: 'A' }, { title: 'B' }] })
    const [a, b] = await ann.books.find({ order: 'title' })
    const c = await models.Book.create({ title: 'C' })
    await ann.updateAttributes({
      name: 'Anna',
      books: { connect: c.id, create: { title: 'D' }, update: [{ id: a.id, title: 'A2' }], delete: b.id },
    })
    expect((await models.Author.findOne()).name).toBe('Anna')
    expect(await titles(ann)).toEqual(['A2', 'C', 'D'])
    await ann.updateAttributes({ books: { set: [a.id] } })
    expect(await titles(ann)).toEqual(['A2'])
    expect(await models.Book.count()).toBe(3)
    await ann.updateAttributes({ books: { disconnect: [a.id] } })
    expect(await titles(ann)).toEqual([])
  })

  it('links and unlinks over a model in between', async () => {
    const [x, y] = await models.Tag.create([{ word: 'x' }, { word: 'y' }])
    const book = await models.Book.create({ title: 'A', tags: { connect: [x.id], create: [{ word: 'z' }] } })
    const words = async () => (await book.tags.find({ order: 'word' })).map(({ word }: AnyModel) => word)
    expect(await words()).toEqual(['x', 'z'])
    await book.updateAttributes({ tags: { set: [y.id] } })
    expect(await words()).toEqual(['y'])
    expect(await models.Tag.count()).toBe(3)
  })

  it('replaces the one row of a hasOne by connect, and changes it by update', async () => {
    const ann = await models.Author.create({ name: 'Ann', address: { city: 'Bonn' } })
    await ann.updateAttributes({ address: { update: { city: 'Ulm' } } })
    const jena = await models.Address.create({ city: 'Jena' })
    await ann.updateAttributes({ address: { connect: jena.id } })
    expect((await models.Author.findOne({ include: 'address' })).toJSON().address.city).toBe('Jena')
    expect((await models.Address.findOne({ where: { city: 'Ulm' } })).authorId ?? null).toBeNull()
  })

  it('reaches no row of another owner', async () => {
    const [ann, bob] = await models.Author.create([{ name: 'Ann', books: [{ title: 'A' }] }, { name: 'Bob' }])
    const a = await models.Book.findOne()
    for (const books of [{ update: { id: a.id, title: 'mine' } }, { delete: a.id }, { disconnect: a.id }])
      await expect(bob.updateAttributes({ name: 'B', books })).rejects.toMatchObject({ code: 'NOT_FOUND', statusCode: 404 })
    expect(await titles(ann)).toEqual(['A'])
    expect((await models.Author.findById(bob.id)).name).toBe('Bob')
  })

  it.each([
    ['text', { books: 'x' }],
    ['a list of text', { books: ['x'] }],
    ['two rows of a hasOne', { address: [{ city: 'a' }, { city: 'b' }] }],
    ['an id that is a list', { books: { connect: [[1]] } }],
  ])('refuses %s', async (_what, data) => {
    await expect(models.Author.create({ name: 'A', ...data })).rejects.toMatchObject({ code: 'NESTED_INVALID', statusCode: 400 })
    expect(await counts()).toEqual([0, 0, 0, 0])
  })

  /** Every way to write an owner that is there, or is not. */
  const owners: [string, (data: AnyModel) => Promise<AnyModel>][] = [
    ['upsert of a new row', (data) => models.Author.upsert(data)],
    ['upsert', async (data) => models.Author.upsert({ ...data, id: (await models.Author.create({ name: 'old' })).id })],
    ['upsertWithWhere', async (data) => models.Author.upsertWithWhere({ name: 'nobody' }, data)],
    ['replaceOrCreate', async (data) => models.Author.replaceOrCreate({ ...data, id: (await models.Author.create({ name: 'old' })).id })],
    ['replaceById', async (data) => models.Author.replaceById((await models.Author.create({ name: 'old' })).id, data)],
    ['replaceAttributes', async (data) => (await models.Author.create({ name: 'old' })).replaceAttributes(data)],
    ['findOrCreate', async (data) => (await models.Author.findOrCreate({ where: { name: 'nobody' } }, data))[0]],
    ['save', (data) => new models.Author(data).save()],
    ['create of an instance', (data) => models.Author.create(new models.Author(data))],
    ['save of a row that is there', async (data) => Object.assign(await models.Author.create({ name: 'old' }), data).save()],
  ]

  it.each(owners)('%s writes what stands in nested relations, with ids, at every depth', async (_what, write) => {
    const author = await write({ name: 'Ann', books: [{ title: 'A', pages: [{ number: 1 }], tags: [{ word: 'x' }] }] })
    const [book] = author.books()
    expect([book.id, book.authorId].every((id) => id !== undefined && id !== null)).toBe(true)
    expect(book.pages()[0].bookId).toEqual(book.id)
    const found = (await models.Author.findOne({ where: { name: 'Ann' }, include: { books: ['pages', 'tags'] } })).toJSON()
    expect(found.books).toMatchObject([{ title: 'A', pages: [{ number: 1 }], tags: [{ word: 'x' }] }])
  })

  it.each(owners)('%s is one with what stands in nested relations: all or nothing', async (_what, write) => {
    await expect(write({ name: 'Ann', books: [{ title: 'A', pages: [{ number: 1 }] }, { title: null }] })).rejects.toMatchObject({
      name: 'ValidationError',
    })
    expect(await models.Author.count({ name: 'Ann' })).toBe(0)
    expect((await counts()).slice(1)).toEqual([0, 0, 0])
  })

  it('relation methods write nested data too', async () => {
    const ann = await models.Author.create({ name: 'Ann' })
    const [a] = await ann.books.create([{ title: 'A', pages: [{ number: 1 }] }])
    const b = await ann.books.create({ title: 'B', tags: [{ word: 'x' }] })
    expect([a.authorId, b.authorId]).toEqual([ann.id, ann.id])
    await ann.books.updateById(a.id, { title: 'A2', pages: { create: { number: 2 } } })
    expect(await a.pages.count()).toBe(2)
    expect(await titles(ann)).toEqual(['A2', 'B'])
    const page = await models.Page.findOne()
    await expect(ann.books.updateById(b.id, { pages: { update: { id: page.id, number: 9 } } })).rejects.toMatchObject({ statusCode: 404 })
    await expect(ann.books.create({ title: 'C', tags: [{ word: 'y' }, 'x'] })).rejects.toMatchObject({ code: 'NESTED_INVALID' })
    const c = await models.Book.create({ title: 'C' })
    await c.author.create({ name: 'Bob', address: { city: 'Ulm' } })
    expect((await models.Author.findOne({ where: { name: 'Bob' }, include: 'address' })).toJSON().address.city).toBe('Ulm')
    await c.author.update({ name: 'Bob2', books: { update: { id: c.id, title: 'C2' } } })
    expect((await models.Book.findById(c.id)).title).toBe('C2')
  })

  it('updates go deeper than one level', async () => {
    const ann = await models.Author.create({ name: 'Ann', books: [{ title: 'A', pages: [{ number: 1 }, { number: 2 }] }] })
    const [book] = await ann.books.find()
    const [one, two] = await book.pages.find({ order: 'number' })
    await ann.updateAttributes({ books: { update: { id: book.id, pages: { update: { id: one.id, number: 7 }, delete: two.id } } } })
    expect((await book.pages.find()).map(({ number }: AnyModel) => number)).toEqual([7])
    const other = await models.Book.findById(book.id)
    await other.updateAttributes({ author: { update: { name: 'Anna', books: { create: { title: 'B' } } } } })
    expect(await titles(ann)).toEqual(['A', 'B'])
    expect((await models.Author.findById(ann.id)).name).toBe('Anna')
  })

  it('drops what stands under a relation that is not nested', async () => {
    await models.Plain.create({ name: 'p', pages: [{ number: 1 }] })
    expect(await models.Page.count()).toBe(0)
  })

  it('asks the guard for every entity that it writes', async () => {
    const asked: string[] = []
    await models.Author.create({ name: 'Ann', books: [{ title: 'A', pages: [{ number: 1 }] }] }, guarded(asked))
    expect(asked.map((text) => text.split('(')[0])).toEqual(['Author.create', 'Book.create', 'Page.create'])
    const refusing = guarded([], (entity) => entity !== 'Page')
    await expect(models.Author.create({ name: 'Bob', books: [{ title: 'B', pages: [{ number: 1 }] }] }, refusing)).rejects.toMatchObject({
      statusCode: 401,
    })
    expect(await models.Author.count()).toBe(1)
  })

  it('keeps the caller’s data untouched', async () => {
    const data = Object.freeze({
      name: 'Ann',
      books: Object.freeze([Object.freeze({ title: 'A', pages: Object.freeze([{ number: 1 }]) })]),
    })
    await models.Author.create(data)
    expect(await counts()).toEqual([1, 1, 0, 1])
  })
})
