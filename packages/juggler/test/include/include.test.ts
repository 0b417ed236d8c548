import { runtimeOf } from '@reloop/juggler'
import { overStores, type AnyModel, type Store } from '../stores'

overStores((make) => {
  let store: Store
  let Author: AnyModel
  let Book: AnyModel
  let Review: AnyModel

  beforeEach(async () => {
    store = make()
    Author = store.db.define(
      'Author',
      { name: String, secret: String },
      { hidden: ['secret'], relations: { books: { type: 'hasMany', model: 'Book', foreignKey: 'authorId' } } },
    )
    Book = store.db.define(
      'Book',
      { title: String, pages: Number },
      {
        relations: { author: { type: 'belongsTo', model: 'Author' }, reviews: { type: 'hasMany', model: 'Review', foreignKey: 'bookId' } },
      },
    )
    Review = store.db.define('Review', { text: String }, { relations: { book: { type: 'belongsTo', model: 'Book' } } })
    await store.db.automigrate()
    const authors = await Author.create([
      { name: 'Ann', secret: 's' },
      { name: 'Bob', secret: 's' },
      { name: 'Cid', secret: 's' },
    ])
    const books = await Book.create([
      { title: 'A1', pages: 1, authorId: authors[0].id },
      { title: 'A2', pages: 2, authorId: authors[0].id },
      { title: 'A3', pages: 3, authorId: authors[0].id },
      { title: 'B1', pages: 4, authorId: authors[1].id },
      { title: 'X', pages: 5 },
    ])
    await Review.create([
      { text: 'r1', bookId: books[0].id },
      { text: 'r2', bookId: books[0].id },
      { text: 'r3', bookId: books[3].id },
    ])
    store.reset()
  })

  const titles = (author: AnyModel) => author.toJSON().books.map((book: AnyModel) => book.title)

  it.each([
    ['a name', 'books'],
    ['a list', ['books']],
    ['an object', { books: true }],
    ['a relation with scope', { relation: 'books', scope: {} }],
  ])('includes many by %s, with one query whatever the number of parents', async (_form, include) => {
    const authors = await Author.find({ include, order: 'name' })
    expect(authors.map(titles)).toEqual([['A1', 'A2', 'A3'], ['B1'], []])
    expect(store.calls).toEqual(['find', 'find'])
    expect(authors[0].books()).toHaveLength(3)
    expect(authors[0].books()[0]).toBeInstanceOf(Book)
  })

  it('includes one, null where there is none', async () => {
    const books = await Book.find({ include: 'author', order: 'title' })
    expect(books.map((book: AnyModel) => book.toJSON().author?.name ?? null)).toEqual(['Ann', 'Ann', 'Ann', 'Bob', null])
    expect(store.calls).toEqual(['find', 'find'])
    expect(books[0].toJSON().author).not.toHaveProperty('secret')
  })

  it('includes at every depth with one query per relation and level', async () => {
    const authors = await Author.find({ include: [{ books: ['author', { reviews: 'book' }] }], order: 'name' })
    expect(authors[0].toJSON().books[0]).toMatchObject({
      author: { name: 'Ann' },
      reviews: [{ text: 'r1', book: { title: 'A1' } }, { text: 'r2' }],
    })
    expect(store.calls).toHaveLength(5)
  })

  it('takes several relations of one object', async () => {
    const [book] = await Book.find({ where: { title: 'A1' }, include: { author: true, reviews: 'book' } })
    expect(book.toJSON()).toMatchObject({ author: { name: 'Ann' }, reviews: [{ text: 'r1' }, { text: 'r2' }] })
  })

  it('filters, orders, projects and pages per parent', async () => {
    const authors = await Author.find({
      order: 'name',
      include: { relation: 'books', scope: { where: { pages: { gt: 1 } }, order: 'pages DESC', limit: 1, fields: ['title'] } },
    })
    expect(authors.map((author: AnyModel) => titles(author))).toEqual([['A3'], ['B1'], []])
    const skipped = await Author.find({ order: 'name', include: { relation: 'books', scope: { order: 'title', skip: 1, limit: 1 } } })
    expect(skipped.map(titles)).toEqual([['A2'], [], []])
    expect(store.calls).toHaveLength(4)
  })

  it('includes though the projection of the parents omits the key', async () => {
    const books = await Book.find({ fields: ['title'], include: 'author', order: 'title', limit: 1 })
    expect(books[0].toJSON()).toEqual({ title: 'A1', author: expect.objectContaining({ name: 'Ann' }) })
  })

  it('nests plain rows for replies, without hidden properties', async () => {
    const rows = (await runtimeOf(Author).rows.find({ include: { books: 'author' }, order: 'name' })) as AnyModel[]
    expect(rows[0]).not.toBeInstanceOf(Author)
    expect(rows[0]).not.toHaveProperty('secret')
    expect(rows[0].books[0].author).toMatchObject({ name: 'Ann' })
    expect(rows[0].books[0].author).not.toHaveProperty('secret')
    expect(rows[2].books).toEqual([])
    expect(Object.isFrozen(rows[0])).toBe(true)
  })

  it('refuses an unknown relation, and deeper or larger includes than allowed', async () => {
    await expect(Author.find({ include: 'nope' })).rejects.toMatchObject({
      statusCode: 400,
      message: 'Relation "nope" is not defined for Author model',
    })
    await expect(Author.find({ include: { books: 'nope' } })).rejects.toMatchObject({ statusCode: 400 })
    const deep = { books: { author: { books: { author: { books: 'author' } } } } }
    await expect(Author.find({ include: deep })).rejects.toMatchObject({ statusCode: 400, code: 'INCLUDE_TOO_DEEP' })
    Author.settings.limits = { include: { rows: 2 } }
    await expect(Author.find({ include: 'books' })).rejects.toMatchObject({ statusCode: 413, code: 'INCLUDE_TOO_LARGE' })
    expect(store.calls.filter((call) => call === 'find').length).toBeLessThanOrEqual(2)
  })

  it('loads into instances that are at hand', async () => {
    const authors = await Author.find({ order: 'name' })
    await Author.include(authors, 'books')
    expect(authors.map(titles)).toEqual([['A1', 'A2', 'A3'], ['B1'], []])
  })

  it('includes with findById and findOne', async () => {
    const [{ id }] = await Author.find({ where: { name: 'Ann' } })
    expect((await Author.findById(id, { include: 'books' })).toJSON().books).toHaveLength(3)
    expect((await Author.findOne({ where: { name: 'Bob' }, include: ['books'] })).toJSON().books).toHaveLength(1)
  })

  it('does not write what was included', async () => {
    const [author] = await Author.find({ include: 'books', where: { name: 'Ann' } })
    author.name = 'Anna'
    await author.save()
    expect((await Author.findById(author.id)).toJSON()).toEqual({ id: author.id, name: 'Anna' })
  })
})
