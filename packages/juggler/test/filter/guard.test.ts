import { kGuard, runtimeOf, type GuardAnswer } from '@reloop/juggler'
import { overStores, type AnyModel } from '../stores'

overStores((make) => {
  let Author: AnyModel
  let Book: AnyModel
  let asked: string[]

  beforeEach(async () => {
    const { db } = make()
    Author = db.define(
      'Author',
      { name: String, age: Number },
      { relations: { books: { type: 'hasMany', model: 'Book', foreignKey: 'authorId' } } },
    )
    Book = db.define('Book', { title: String, pages: Number }, { relations: { author: { type: 'belongsTo', model: 'Author' } } })
    await db.automigrate()
    const [ann, bob] = await Author.create([{ name: 'Ann' }, { name: 'Bob' }])
    await Book.create([
      { title: 'A1', pages: 1, authorId: ann.id },
      { title: 'B1', pages: 2, authorId: bob.id },
    ])
    asked = []
  })

  const guard = (answer: (entity: string, action: string) => GuardAnswer = () => true) => ({
    [kGuard]: async (entity: string, action: string, paths: readonly string[]) => {
      asked.push(`${entity}.${action}(${paths.join(',')})`)
      return answer(entity, action)
    },
  })

  it.each([
    [
      'where and order',
      () => Book.find({ where: { title: 'A1', or: [{ pages: 1 }] }, order: 'pages' }, guard()),
      ['Book.find(title,pages)'],
    ],
    ['where across a relation', () => Book.find({ where: { 'author.name': 'Ann' } }, guard()), ['Book.find()', 'Author.find(name)']],
    ['quantified where', () => Author.find({ where: { books: { some: { pages: 1 } } } }, guard()), ['Author.find()', 'Book.find(pages)']],
    ['order across a relation', () => Book.find({ order: 'author.name' }, guard()), ['Book.find()', 'Author.find(name)']],
    // An include is asked about before anything is read, and again with what it reads by.
    [
      'include',
      () => Author.find({ include: { books: 'author' } }, guard()),
      ['Author.find()', 'Book.find()', 'Author.find()', 'Book.find(authorId)', 'Author.find(id)'],
    ],
    ['rows', () => runtimeOf(Author).rows.find({ include: 'books' }, guard()), ['Author.find()', 'Book.find()', 'Book.find(authorId)']],
    ['count', () => Book.count({ pages: 1 }, guard()), ['Book.find(pages)']],
    ['findById', () => Book.findById(1, guard()), ['Book.find(id)']],
    ['updateAll', () => Book.updateAll({ pages: 1 }, { title: 'x' }, guard()), ['Book.update(pages,title)']],
    ['destroyAll', () => Book.destroyAll({ pages: 1 }, guard()), ['Book.delete(pages)']],
    ['create', () => Book.create({ title: 'x' }, guard()), ['Book.create(title)']],
    ['relation methods', async () => (await Author.findOne()).books.find({ where: { pages: 1 } }, guard()), ['Book.find(authorId,pages)']],
    [
      'relation create',
      async () => (await Author.findOne()).books.create({ title: 'x' }, guard()),
      [expect.stringMatching(/^Book.create/)],
    ],
  ])('asks for every entity that is touched: %s', async (_what, run, expected) => {
    await run()
    expect(asked).toEqual(expected)
  })

  it('refuses what it says no to', async () => {
    const no = guard((entity) => entity !== 'Author')
    await expect(Book.find({ include: 'author' }, no)).rejects.toMatchObject({ statusCode: 401, code: 'AUTHORIZATION_REQUIRED' })
    await expect(Book.find({ where: { 'author.name': 'Ann' } }, no)).rejects.toMatchObject({ statusCode: 401 })
    await expect(Author.destroyAll({}, no)).rejects.toMatchObject({ statusCode: 401 })
    expect(await Author.count()).toBe(2)
  })

  it('adds its rows to what is asked and leaves hidden properties out, and nothing widens them', async () => {
    const some = guard((entity) => (entity === 'Book' ? { where: { pages: 1 }, hidden: ['id', 'pages', 'authorId'] } : true))
    expect((await Book.find({ where: { or: [{}, {}] } }, some)).map((one: AnyModel) => one.toJSON())).toEqual([{ title: 'A1' }])
    expect(await Book.count({}, some)).toBe(1)
    expect(await Book.updateAll({}, { title: 'Z' }, some)).toEqual({ count: 1 })
    const authors = await Author.find({ include: 'books', order: 'name' }, some)
    expect(authors.map((one: AnyModel) => one.toJSON().books.length)).toEqual([1, 0])
    expect(await Book.destroyAll({}, some)).toEqual({ count: 1 })
    expect(await Book.findOne({ where: { pages: 2 } })).not.toBeNull()
    const other = await Book.findOne({ where: { pages: 2 } })
    await expect(other.updateAttributes({ title: 'x' }, some)).rejects.toMatchObject({ statusCode: 404 })
  })

  it('costs nothing when it is absent', async () => {
    await Book.find({ where: { pages: 1 } })
    expect(asked).toEqual([])
  })
})
