import type { DataSource } from '@reloop/juggler'
import { called, type AnyModel } from './loose'
import { describeStore, stores } from './stores'

for (const store of stores) {
  describeStore(store, () => {
    const unless = (title: string, body: () => Promise<void>) =>
      store.lacks[title] ? it.skip(`${title} (skipped: ${store.lacks[title]})`, body) : it(title, body)
    let source: DataSource
    let close: () => Promise<void>
    let Author: AnyModel
    let Book: AnyModel
    const titles = async (filter: object) => (await Book.find(filter)).map((book: { title: string }) => book.title)

    beforeAll(async () => {
      // mysql2 does not know a setting that LoopBack's connector hands on to it.
      jest.spyOn(console, 'error').mockImplementation(() => undefined)
      ;({ source, close } = await store.open())
      Author = source.define(
        'Author',
        { name: { type: String, required: true } },
        { relations: { books: { type: 'hasMany', model: 'Book' } } },
      )
      Book = source.define(
        'Book',
        {
          title: { type: String, index: true },
          price: Number,
          pages: { type: Number, mysql: { columnName: 'page_count' }, postgresql: { columnName: 'page_count' } },
          sold: Boolean,
          out: Date,
          tags: ['string'],
          extra: Object,
          where: 'GeoPoint',
        },
        { relations: { author: { type: 'belongsTo', model: 'Author' } } },
      )
      await source.automigrate()
    })
    beforeEach(async () => {
      await Book.destroyAll()
      await Author.destroyAll()
    })
    afterAll(() => close?.())

    it('creates, reads, changes and removes a row', async () => {
      const out = new Date('2020-02-03T04:05:06.000Z')
      const data = { title: 'Emma', price: 9, pages: 300, sold: true, out, tags: ['old', 'good'], extra: { isbn: { ten: '1' } } }
      const book = await Book.create(data)
      expect(book.id).toEqual(expect.any(Number))
      const found = await Book.findById(book.id)
      expect(found.toJSON()).toMatchObject({ id: book.id, ...data })
      found.price = 7
      await found.save()
      await found.updateAttributes({ title: 'EMMA' })
      expect((await Book.findById(book.id)).toJSON()).toMatchObject({ title: 'EMMA', price: 7, pages: 300 })
      await Book.replaceById(book.id, { title: 'Sanditon' })
      expect((await Book.findById(book.id)).toJSON()).toMatchObject({ title: 'Sanditon', price: null })
      expect(await Book.exists(book.id)).toBe(true)
      await found.destroy()
      expect(await Book.exists(book.id)).toBe(false)
      expect(await Book.findById(book.id)).toBeNull()
    })

    it('answers to callbacks', async () => {
      const [author] = await called(Author, 'create', { name: 'Austen' })
      const [found] = await called(Author, 'find', { where: { id: author.id } })
      expect(found.map((one: AnyModel) => one.name)).toEqual(['Austen'])
    })

    it('creates many at once', async () => {
      const made = await Book.create([{ title: 'a' }, { title: 'b' }, { title: 'c' }])
      expect(new Set(made.map(({ id }: { id: number }) => id)).size).toBe(3)
      expect(await Book.count()).toBe(3)
    })

    it('filters by every operator', async () => {
      await Book.create([
        { title: 'Emma', price: 3, sold: true, out: new Date('2001-01-01') },
        { title: 'Persuasion', price: 5, sold: false, out: new Date('2002-01-01') },
        { title: 'Sanditon' },
      ])
      const by = (where: object) => titles({ where, order: 'id' })
      expect(await by({ title: 'Emma' })).toEqual(['Emma'])
      expect(await by({ price: { gt: 3 } })).toEqual(['Persuasion'])
      expect(await by({ price: { gte: 3, lt: 5 } })).toEqual(['Emma'])
      expect(await by({ price: { between: [4, 6] } })).toEqual(['Persuasion'])
      expect(await by({ price: { inq: [3, 5] } })).toEqual(['Emma', 'Persuasion'])
      expect(await by({ price: { nin: [3] } })).toEqual(['Persuasion', 'Sanditon'])
      expect(await by({ price: { neq: 3 } })).toEqual(['Persuasion', 'Sanditon'])
      expect(await by({ price: null })).toEqual(['Sanditon'])
      expect(await by({ sold: true })).toEqual(['Emma'])
      expect(await by({ out: { gt: new Date('2001-06-01') } })).toEqual(['Persuasion'])
      expect(await by({ title: { like: '%a%o%' } })).toEqual(['Persuasion', 'Sanditon'])
      expect(await by({ title: { nlike: 'E%' } })).toEqual(['Persuasion', 'Sanditon'])
      expect(await by({ title: { regexp: '^E' } })).toEqual(['Emma'])
      expect(await by({ or: [{ title: 'Emma' }, { and: [{ price: 5 }, { sold: false }] }] })).toEqual(['Emma', 'Persuasion'])
      expect(await by({ title: { inq: [] } })).toEqual([])
    })

    it('finds texts that contain quotes, wildcards and question marks', async () => {
      const names = ["O'Brien?", '100%', 'a\\b', '"quoted" $1', 'a_b']
      await Book.create(names.map((title) => ({ title })))
      for (const title of names) expect(await titles({ where: { title } })).toEqual([title])
    })

    it('orders, pages and projects', async () => {
      await Book.create(['c', 'a', 'b'].map((title, index) => ({ title, price: index })))
      expect(await titles({ order: 'title ASC' })).toEqual(['a', 'b', 'c'])
      expect(await titles({ order: ['price DESC'], limit: 2 })).toEqual(['b', 'a'])
      expect(await titles({ order: 'title', skip: 1, limit: 1 })).toEqual(['b'])
      expect(await titles({ order: 'title', skip: 2 })).toEqual(['c'])
      const [first] = await Book.find({ fields: ['title'], order: 'title' })
      expect(first.toJSON()).toEqual({ title: 'a' })
    })

    it('counts, updates and removes by condition', async () => {
      await Book.create([1, 2, 3, 4].map((price) => ({ title: `b${price}`, price })))
      expect(await Book.count({ price: { gt: 1 } })).toBe(3)
      expect(await Book.updateAll({ price: { gt: 2 } }, { title: 'dear' })).toEqual({ count: 2 })
      expect(await Book.updateAll({ price: 77 }, { title: 'none' })).toEqual({ count: 0 })
      expect(await titles({ where: { title: 'dear' } })).toHaveLength(2)
      expect(await Book.destroyAll({ price: { lt: 3 } })).toEqual({ count: 2 })
      expect(await Book.destroyById((await Book.findOne()).id)).toEqual({ count: 1 })
      expect(await Book.count()).toBe(1)
    })

    it('upserts and finds or creates', async () => {
      const one = await Book.create({ title: 'one', price: 1 })
      await Book.updateOrCreate({ id: one.id, price: 2 })
      expect((await Book.findById(one.id)).toJSON()).toMatchObject({ title: 'one', price: 2 })
      await Book.upsertWithWhere({ title: 'one' }, { price: 3 })
      expect(await Book.count({ price: 3 })).toBe(1)
      const [found, made] = await Book.findOrCreate({ where: { title: 'one' } }, { title: 'one' })
      expect([String(found.id), made]).toEqual([String(one.id), false])
      const [other, created] = await Book.findOrCreate({ where: { title: 'two' } }, { title: 'two' })
      expect([other.title, created]).toEqual(['two', true])
      await Book.replaceOrCreate({ id: one.id, title: 'replaced' })
      expect((await Book.findById(one.id)).toJSON()).toMatchObject({ title: 'replaced', price: null })
    })

    it('includes relations and filters across them', async () => {
      const [austen, eliot] = await Author.create([{ name: 'Austen' }, { name: 'Eliot' }])
      await Book.create([
        { title: 'Emma', authorId: austen.id },
        { title: 'Persuasion', authorId: austen.id },
        { title: 'Middlemarch', authorId: eliot.id },
      ])
      const authors = await Author.find({ include: { relation: 'books', scope: { order: 'title DESC', limit: 1 } }, order: 'name' })
      expect(authors.map((author: AnyModel) => author.toJSON().books.map((book: AnyModel) => book.title))).toEqual([
        ['Persuasion'],
        ['Middlemarch'],
      ])
      const [book] = await Book.find({ where: { 'author.name': 'Eliot' }, include: 'author' })
      expect(book.toJSON()).toMatchObject({ title: 'Middlemarch', author: { name: 'Eliot' } })
      expect(await austen.books.count()).toBe(2)
      expect((await austen.books.create({ title: 'Sanditon' })).authorId).toBe(austen.id)
    })

    it('runs statements of its own language', async () => {
      await Author.create({ name: 'Austen' })
      const place = store.dialect === 'postgresql' ? '$1' : '?'
      const table = (source.connector as AnyModel).tableEscaped('Author')
      const rows = (await source.execute(`SELECT name FROM ${table} WHERE name = ${place}`, ['Austen'])) as object[]
      expect(Array.from(rows, (row) => ({ ...row }))).toEqual([{ name: 'Austen' }])
      await expect(source.execute('SELECT nothing FROM nowhere')).rejects.toThrow()
    })

    unless('adds a column that a model gained, and keeps the rows', async () => {
      const Pen = source.define('Pen', { name: String }) as AnyModel
      await source.automigrate('Pen')
      expect(await source.isActual('Pen')).toBe(true)
      await Pen.create({ name: 'quill' })
      Pen.defineProperty('ink', { type: String })
      await source.autoupdate('Pen')
      await Pen.create({ name: 'biro', ink: 'blue' })
      expect((await Pen.find({ order: 'name' })).map((pen: AnyModel) => pen.toJSON())).toMatchObject([
        { ink: 'blue' },
        { name: 'quill', ink: null },
      ])
    })

    unless('commits and rolls back', async () => {
      const rolled = await source.beginTransaction({ isolationLevel: 'READ COMMITTED' })
      await Author.create({ name: 'nobody' }, { transaction: rolled })
      expect(await Author.count({}, { transaction: rolled })).toBe(1)
      expect(await Author.count()).toBe(0)
      await rolled.rollback()
      expect(await Author.count()).toBe(0)
      const kept = await source.beginTransaction({ isolationLevel: 'READ COMMITTED' })
      await Author.create({ name: 'somebody' }, { transaction: kept })
      await kept.commit()
      expect(await Author.count()).toBe(1)
    })

    unless('discovers tables, columns and keys', async () => {
      const tables = (await source.discoverModelDefinitions({})) as { name: string }[]
      const author = tables.find(({ name }) => name.toLowerCase() === 'author')
      expect(author).toBeDefined()
      const columns = (await source.discoverModelProperties(author!.name)) as { columnName: string }[]
      expect(columns.map(({ columnName }) => columnName).sort()).toEqual(['id', 'name'])
      expect(await source.discoverPrimaryKeys(author!.name)).toMatchObject([{ columnName: 'id', keySeq: 1 }])
      const models = await source.discoverAndBuildModels(author!.name, {})
      expect(Object.keys(models)).toHaveLength(1)
    })
  })
}
