import { DataSource } from '../../src/data-source/data-source'
import type { ModelConstructor } from '../../src/model/types'

interface Instance {
  [key: string]: unknown
  id: number
  updateAttributes(data: object): Promise<Instance>
  toJSON(): Record<string, unknown>
}

interface Statics {
  create(data: object[]): Promise<Instance[]>
  create(data: object): Promise<Instance>
  find(filter?: object): Promise<Instance[]>
  findById(id: unknown, filter?: object): Promise<Instance | null>
  updateAll(where: object, data: object): Promise<{ count: number }>
  destroyAll(where?: object): Promise<{ count: number }>
  count(where?: object): Promise<number>
}

const statics = (Model: ModelConstructor) => Model as unknown as Statics

describe('models over the unmodified loopback-connector-sqlite3', () => {
  const source = new DataSource('sqlite3', { file: ':memory:' })
  const Author = statics(
    source.define('Author', { name: { type: String, required: true } }, { relations: { books: { type: 'hasMany', model: 'Book' } } }),
  )
  const Book = statics(
    source.define(
      'Book',
      {
        title: String,
        price: Number,
        tags: ['string'],
        extra: Object,
        out: Date,
        sold: Boolean,
        pages: { type: Number, sqlite3: { columnName: 'page_count' } },
      },
      { relations: { author: { type: 'belongsTo', model: 'Author' } } },
    ),
  )

  beforeAll(() => source.automigrate())
  beforeEach(async () => {
    await Book.destroyAll()
    await Author.destroyAll()
  })
  afterAll(() => source.disconnect())

  it('creates, finds, changes and removes rows', async () => {
    const out = new Date('2020-02-03T04:05:06.007Z')
    const book = await Book.create({
      title: 'Emma',
      price: 9.5,
      tags: ['old', 'good'],
      extra: { isbn: { ten: '1' } },
      out,
      sold: false,
      pages: 300,
    })
    expect(book.id).toEqual(expect.any(Number))
    const [found] = await Book.find()
    expect(found!.toJSON()).toEqual({
      ...{
        id: book.id,
        title: 'Emma',
        price: 9.5,
        tags: ['old', 'good'],
        extra: { isbn: { ten: '1' } },
        out,
        sold: false,
        pages: 300,
        authorId: null,
      },
    })
    await found!.updateAttributes({ price: 3 })
    expect((await Book.findById(book.id))!.price).toBe(3)
    expect(await Book.destroyAll({ price: { lt: 5 } })).toEqual({ count: 1 })
    expect(await Book.count()).toBe(0)
  })

  it('answers conditions that the connector does not know, or knows otherwise', async () => {
    await Book.create([
      { title: 'Emma', price: 3, tags: ['old'] },
      { title: 'emma', price: 5, tags: ['new', 'good'] },
      { title: 'Persuasion' },
    ])
    const titles = async (where: object) => (await Book.find({ where, order: 'id' })).map((book) => book.title)
    expect(await titles({ title: { like: 'E%' } })).toEqual(['Emma'])
    expect(await titles({ title: { ilike: 'E%' } })).toEqual(['Emma', 'emma'])
    expect(await titles({ title: { regexp: 'suas' } })).toEqual(['Persuasion'])
    expect(await titles({ price: { neq: 3 } })).toEqual(['emma', 'Persuasion'])
    expect(await titles({ tags: { contains: ['good'] } })).toEqual(['emma'])
    expect(await titles({ nor: [{ title: 'Emma' }, { price: { gt: 4 } }] })).toEqual(['Persuasion'])
    expect(await Book.updateAll({ title: { like: 'e%' } }, { price: 7 })).toEqual({ count: 1 })
    expect(await Book.count({ price: 7 })).toBe(1)
  })

  it('pages with nulls first, whatever the database does', async () => {
    await Book.create([{ title: 'a', price: 2 }, { title: 'b' }, { title: 'c', price: 1 }, { title: 'd' }])
    const page = async (filter: object) => (await Book.find(filter)).map((book) => book.title)
    expect(await page({ order: 'price ASC', limit: 3 })).toEqual(['b', 'd', 'c'])
    expect(await page({ order: 'price DESC', limit: 2, skip: 1 })).toEqual(['c', 'b'])
    expect(await page({ skip: 3 })).toEqual(['d'])
  })

  it('includes relations', async () => {
    const austen = await Author.create({ name: 'Austen' })
    const eliot = await Author.create({ name: 'Eliot' })
    await Book.create([
      { title: 'Emma', authorId: austen.id },
      { title: 'Middlemarch', authorId: eliot.id },
    ])
    const [author] = await Author.find({ include: 'books', where: { name: 'Austen' } })
    expect(author!.toJSON()).toMatchObject({ name: 'Austen', books: [{ title: 'Emma' }] })
  })

  it('answers conditions on related rows', async () => {
    const [austen, eliot] = await Author.create([{ name: 'Austen' }, { name: 'Eliot' }])
    await Book.create([
      { title: 'Emma', authorId: austen!.id },
      { title: 'Middlemarch', authorId: eliot!.id },
    ])
    const [book] = await Book.find({ where: { 'author.name': 'Eliot' } })
    expect(book!.title).toBe('Middlemarch')
  })

  it('validates before the connector sees the data', async () => {
    await expect(Author.create({})).rejects.toMatchObject({ statusCode: 422 })
  })

  it('runs hooks around statements, and lets one answer instead', async () => {
    const connector = source.connector as unknown as {
      observe(operation: string, hook: (context: never, next: () => void) => void): void
      clearObservers(operation: string): void
    }
    const seen: string[] = []
    connector.observe(
      'before execute',
      (context: { req: { sql: string }; end: (error: null, rows: unknown[]) => void }, next: () => void) => {
        seen.push(context.req.sql)
        if (context.req.sql.includes('count(')) context.end(null, [{ cnt: 42 }])
        else next()
      },
    )
    expect(await Author.count()).toBe(42)
    expect(await Author.find()).toEqual([])
    expect(seen).toHaveLength(2)
    connector.clearObservers('before execute')
  })

  it('runs statements of its own language, by callback as LoopBack did and by promise', async () => {
    await Author.create({ name: 'Austen' })
    const connector = source.connector as unknown as {
      execute(sql: string, parameters: unknown[], callback: (error: Error | null, rows: unknown) => void): void
      execute(sql: string, parameters: unknown[], call: { options: object }): Promise<unknown>
    }
    const sql = 'SELECT name FROM author WHERE name = ?'
    const rows = await new Promise((resolve, reject) =>
      connector.execute(sql, ['Austen'], (error, found) => (error ? reject(error) : resolve(found))),
    )
    expect(Array.from(rows as object[])).toEqual([{ name: 'Austen' }])
    expect(Array.from((await connector.execute(sql, ['Eliot'], { options: {} })) as object[])).toEqual([])
  })
})
