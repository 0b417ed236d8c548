import { overStores, type AnyModel, type Store } from '../stores'
import { guarded, shelf } from './shelf'

overStores((make) => {
  let Author: AnyModel
  let Book: AnyModel
  let store: Store

  beforeEach(async () => {
    store = make()
    ;({ Author, Book } = await shelf(store))
    const ann = await Author.create({ name: 'Ann', secret: 's' })
    await Book.create([
      { title: 'A', pages: 10, genre: 'crime', authorId: ann.id },
      { title: 'B', pages: 30, genre: 'crime', sold: new Date(1000) },
      { title: 'C', pages: 5, genre: 'poems', sold: new Date(2000) },
      { title: 'D', genre: 'poems' },
      { title: 'E', pages: 7 },
    ])
  })

  describe.each([
    ['by the store', false],
    ['over find', true],
  ])('%s', (_how, generic) => {
    beforeEach(() => {
      if (!generic) return
      const plain = new Proxy(store.db.connector, { get: (target, key) => (key === 'aggregate' ? undefined : target[key]) })
      Object.defineProperty(store.db, 'connector', { value: plain, configurable: true })
    })

    it('computes functions of all rows', async () => {
      const values = {
        rows: { count: true },
        known: { count: 'pages' },
        kinds: { countDistinct: 'genre' },
        total: { sum: 'pages' },
        mean: { avg: 'pages' },
        least: { min: 'pages' },
        last: { max: 'sold' },
      }
      expect(await Book.aggregate({ values })).toEqual([
        { rows: 5, known: 4, kinds: 2, total: 52, mean: 13, least: 5, last: new Date(2000) },
      ])
    })

    it('counts when no function is named, and takes a where', async () => {
      expect(await Book.aggregate({ where: { genre: 'crime' } })).toEqual([{ count: 2 }])
      expect(await Book.aggregate({ where: { title: 'none' }, values: { total: { sum: 'pages' } } })).toEqual([{ total: null }])
    })

    it('groups, keeps some groups, orders and cuts them', async () => {
      const request = { groupBy: 'genre', values: { n: { count: true }, total: { sum: 'pages' } } }
      expect(await Book.aggregate({ ...request, order: 'total DESC' })).toEqual([
        { genre: 'crime', n: 2, total: 40 },
        { genre: null, n: 1, total: 7 },
        { genre: 'poems', n: 2, total: 5 },
      ])
      expect(await Book.aggregate({ ...request, having: { n: { gt: 1 }, not: { genre: 'poems' } } })).toEqual([
        { genre: 'crime', n: 2, total: 40 },
      ])
      expect(await Book.aggregate({ ...request, order: ['n DESC', 'genre'], skip: 1, limit: 1 })).toEqual([
        { genre: 'poems', n: 2, total: 5 },
      ])
    })

    it('lists the different values of a property', async () => {
      expect(await Book.distinct('genre')).toEqual(['crime', 'poems'])
      expect(await Book.distinct('genre', { pages: { lt: 8 } })).toEqual(['poems'])
    })
  })

  it('takes conditions across relations', async () => {
    expect(await Book.aggregate({ where: { 'author.name': 'Ann' } })).toEqual([{ count: 1 }])
  })

  it('works with callbacks', (done) => {
    Book.aggregate({ values: { n: { count: true } } }, (error: unknown, groups: unknown) => {
      expect(error).toBeFalsy()
      expect(groups).toEqual([{ n: 5 }])
      done()
    })
  })

  it.each([
    ['an unknown property', { values: { x: { sum: 'nothing' } } }],
    ['SQL in a property', { groupBy: 'a);--', values: { n: { count: true } } }],
    ['SQL in a name', { values: { 'a"; --': { count: true } } }],
    ['the name of a prototype', { values: JSON.parse('{"__proto__":{"count":true}}') }],
    ['an unknown function', { values: { x: { median: 'pages' } } }],
    ['two functions in one', { values: { x: { sum: 'pages', avg: 'pages' } } }],
    ['a sum of text', { values: { x: { sum: 'title' } } }],
    ['a relation', { groupBy: 'author' }],
    ['one name for two columns', { groupBy: 'genre', values: { genre: { count: true } } }],
    ['an order by something else', { values: { n: { count: true } }, order: 'pages' }],
    ['a having on something else', { values: { n: { count: true } }, having: { pages: 1 } }],
    ['an unknown operator in having', { values: { n: { count: true } }, having: { n: { regexp: 'x' } } }],
    ['a where on an unknown property', { where: { nothing: 1 } }],
    ['a bad limit', { limit: '1;--' }],
  ])('refuses %s', async (_what, request) => {
    await expect(Book.aggregate(request)).rejects.toMatchObject({ statusCode: 400 })
  })

  it.each([
    ['a group', { groupBy: 'cost' }],
    ['a function', { values: { x: { max: 'cost' } } }],
    ['a where', { where: { cost: 1 } }],
    ['a where across a relation', { where: { 'author.secret': 's' } }],
  ])('has no protected or hidden property for callers from outside: %s', async (_what, request) => {
    await expect(Book.aggregate(request, { fromOutside: true })).rejects.toMatchObject({ code: 'QUERY_PROPERTY_UNKNOWN', statusCode: 400 })
    await expect(Book.aggregate(request)).resolves.toBeDefined()
  })

  it('asks the guard for everything it touches, and keeps to its answer', async () => {
    const asked: string[] = []
    const request = { where: { 'author.name': 'Ann' }, groupBy: 'genre', values: { total: { sum: 'pages' } } }
    await Book.aggregate(request, guarded(asked))
    expect(asked).toEqual(['Book.aggregate(genre,pages)', 'Author.find(name)'])
    const only = (answer: object) => guarded([], () => answer)
    expect(await Book.aggregate({}, only({ where: { genre: 'crime' } }))).toEqual([{ count: 2 }])
    await expect(Book.aggregate({ groupBy: 'genre' }, only({ hidden: ['genre'] }))).rejects.toMatchObject({
      code: 'QUERY_PROPERTY_UNKNOWN',
      statusCode: 400,
    })
    await expect(
      Book.aggregate(
        {},
        guarded([], () => false),
      ),
    ).rejects.toMatchObject({ statusCode: 401 })
  })

  it('keeps to the default scope and the access hooks', async () => {
    Book.defaultScope = () => ({ where: { genre: 'poems' } })
    expect(await Book.aggregate({})).toEqual([{ count: 2 }])
    Book.observe('access', async (ctx: AnyModel) => {
      ctx.query.where = { title: 'D' }
    })
    expect(await Book.distinct('title')).toEqual(['D'])
  })

  it('refuses more groups than the limit', async () => {
    const small = make({ limits: { include: { rows: 2 } } })
    const models = await shelf(small)
    await models.Book.create([{ title: 'a' }, { title: 'b' }, { title: 'c' }])
    await expect(models.Book.distinct('title')).rejects.toMatchObject({ code: 'AGGREGATE_TOO_LARGE' })
  })
})
