import { runtimeOf } from '@reloop/juggler'
import { overStores, type AnyModel, type Store } from '../stores'
import { guarded, shelf } from './shelf'

async function titles(stream: AsyncIterable<AnyModel>): Promise<string[]> {
  const list: string[] = []
  for await (const { title } of stream) list.push(title)
  return list
}

const many = Array.from({ length: 250 }, (_, index) => ({ title: `T${String(index).padStart(3, '0')}`, pages: index % 7 }))

overStores((make) => {
  let Author: AnyModel
  let Book: AnyModel
  let store: Store

  beforeEach(async () => {
    store = make()
    ;({ Author, Book } = await shelf(store))
    await Book.create(many)
  })

  /** The same store without a stream of its own. */
  const withoutStream = (abilities: object = {}) => {
    const { connector } = store.db
    const plain = new Proxy(connector, {
      get: (target, key) =>
        key === 'stream' ? undefined : key === 'capabilities' ? { ...target.capabilities, ...abilities } : target[key],
    })
    Object.defineProperty(store.db, 'connector', { value: plain, configurable: true })
  }

  it('gives instances one after the other, in order', async () => {
    expect(await titles(Book.stream({ order: 'title DESC', where: { pages: { lt: 3 } } }))).toEqual(
      many
        .filter(({ pages }) => pages < 3)
        .map(({ title }) => title)
        .reverse(),
    )
    for await (const book of Book.stream({ limit: 1 })) expect(book).toBeInstanceOf(Book)
  })

  it.each([
    ['keyset', {}],
    ['conditions', { keyset: false }],
  ])('reads pages by %s where the store has no stream', async (_how, abilities) => {
    withoutStream(abilities)
    const all = await Book.find({ order: ['pages DESC', 'title'] })
    expect(await titles(Book.stream({ order: ['pages DESC', 'title'] }))).toEqual(all.map((book: AnyModel) => book.title))
    expect(await titles(Book.stream({ order: 'title', skip: 120, limit: 115 }))).toEqual(many.slice(120, 235).map(({ title }) => title))
    expect(await titles(Book.stream({ fields: ['title'], order: 'pages' }))).toHaveLength(250)
  })

  it('selects fields, and nothing else', async () => {
    for await (const book of Book.stream({ fields: ['title'], order: 'pages', limit: 1 }))
      expect(book.toObject()).toEqual({ title: 'T000' })
  })

  it('includes relations, once for many rows', async () => {
    const ann = await Author.create({ name: 'Ann' })
    await Book.updateAll({}, { authorId: ann.id })
    store.reset()
    let count = 0
    for await (const book of Book.stream({ include: 'author' })) {
      expect(book.toJSON().author.name).toBe('Ann')
      count++
    }
    expect(count).toBe(250)
    expect(store.calls).toEqual(['find', 'find', 'find'])
  })

  it('tells the access and loaded hooks as find does', async () => {
    const seen: unknown[] = []
    Book.observe('access', async (ctx: AnyModel) => {
      ctx.query.where = { title: 'T001' }
    })
    Book.observe('loaded', async (ctx: AnyModel) => void seen.push(ctx.data.title))
    expect(await titles(Book.stream())).toEqual(['T001'])
    expect(seen).toEqual(['T001'])
  })

  it('lets the store go when it is left early', async () => {
    for await (const book of Book.stream({ order: 'title' })) if (book.title === 'T120') break
    await Book.create({ title: 'after' })
    expect(await Book.count()).toBe(251)
  })

  it('asks the guard, also for what it includes', async () => {
    const asked: string[] = []
    await titles(Book.stream({ where: { title: 'T001' }, include: 'author' }, guarded(asked)))
    expect(asked).toEqual(['Book.find(title)', 'Author.find()'])
    await expect(
      titles(
        Book.stream(
          {},
          guarded(asked, () => false),
        ),
      ),
    ).rejects.toMatchObject({ code: 'AUTHORIZATION_REQUIRED' })
  })

  it('refuses what find refuses', async () => {
    await expect(titles(Book.stream({ where: { cost: 1 } }, { fromOutside: true }))).rejects.toMatchObject({ statusCode: 400 })
    await expect(titles(Book.stream({ order: 'nothing' }))).rejects.toMatchObject({ statusCode: 400 })
  })

  it('gives rows in wire shape for replies', async () => {
    const rows: unknown[] = []
    for await (const row of runtimeOf(Book).rows.stream({ where: { title: 'T001' } })) rows.push(row)
    expect(rows).toEqual([expect.objectContaining({ title: 'T001', pages: 1 })])
  })
})
