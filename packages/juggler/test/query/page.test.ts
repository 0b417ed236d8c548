import { overStores, type AnyModel, type Store } from '../stores'
import { guarded, shelf } from './shelf'

const titlesOf = (page: AnyModel) => page.rows.map((book: AnyModel) => book.title)

overStores((make) => {
  let Author: AnyModel
  let Book: AnyModel
  let store: Store

  beforeEach(async () => {
    store = make()
    ;({ Author, Book } = await shelf(store))
    const [ann, bob] = await Author.create([{ name: 'Ann' }, { name: 'Bob' }])
    await Book.create(
      [3, 1, 2, null, 1, 3, 2].map((pages, index) => ({ title: 'ABCDEFG'[index], pages, authorId: [ann.id, bob.id, null][index % 3] })),
    )
  })

  async function walk(filter: object): Promise<{ forth: string[]; back: string[] }> {
    const forth: string[] = []
    const back: string[] = []
    let page = await Book.page(filter)
    forth.push(...titlesOf(page))
    expect(page.previous).toBeUndefined()
    while (page.next) {
      page = await Book.page({ ...filter, after: page.next })
      forth.push(...titlesOf(page))
    }
    back.unshift(...titlesOf(page))
    while (page.previous) {
      page = await Book.page({ ...filter, before: page.previous })
      back.unshift(...titlesOf(page))
    }
    return { forth, back }
  }

  it.each([
    ['no order', undefined, 'ABCDEFG'],
    ['one property with ties and nulls', 'pages', 'DBECGAF'],
    ['descending', 'pages DESC', 'AFCGBED'],
    ['two properties', ['pages DESC', 'title DESC'], 'FAGCEBD'],
    ['a property of a related row', ['author.name DESC', 'title'], 'BEADGCF'],
  ])('walks forth and back over every row once: %s', async (_what, order, expected) => {
    for (const limit of [1, 2, 3, 7, 8]) {
      const { forth, back } = await walk({ order, limit })
      expect(forth.join('')).toBe(expected)
      expect(back.join('')).toBe(expected)
    }
  })

  it('walks by conditions where the store knows no keyset', async () => {
    const plain = new Proxy(store.db.connector, {
      get: (target, key) => (key === 'capabilities' ? { ...target.capabilities, keyset: false } : target[key]),
    })
    Object.defineProperty(store.db, 'connector', { value: plain, configurable: true })
    expect((await walk({ order: 'pages DESC', limit: 2 })).forth.join('')).toBe('AFCGBED')
  })

  it('is stable when rows come in between', async () => {
    const first = await Book.page({ order: 'title', limit: 3 })
    await Book.create([{ title: 'AA' }, { title: 'CC' }])
    expect(titlesOf(await Book.page({ order: 'title', limit: 3, after: first.next }))).toEqual(['CC', 'D', 'E'])
  })

  it('keeps to where, fields and include', async () => {
    const filter = { where: { pages: { gt: 1 } }, order: 'pages', fields: ['title'], limit: 2 }
    const first = await Book.page(filter)
    expect(first.rows.map((row: AnyModel) => row.toObject())).toEqual([{ title: 'C' }, { title: 'G' }])
    expect(titlesOf(await Book.page({ ...filter, after: first.next }))).toEqual(['A', 'F'])
    const [row] = (await Book.page({ include: 'author', limit: 1 })).rows
    expect(row.toJSON().author.name).toBe('Ann')
  })

  it('refuses a cursor that was edited, or made for something else', async () => {
    const { next } = await Book.page({ order: 'title', limit: 1 })
    const refused = { code: 'CURSOR_INVALID', statusCode: 400 }
    const middle = Math.floor(next.length / 2)
    const edited = next.slice(0, middle) + (next[middle] === 'A' ? 'B' : 'A') + next.slice(middle + 1)
    await expect(Book.page({ order: 'title', limit: 1, after: edited })).rejects.toMatchObject(refused)
    await expect(Book.page({ order: 'title DESC', limit: 1, after: next })).rejects.toMatchObject(refused)
    await expect(Book.page({ order: 'title', where: { pages: 1 }, after: next })).rejects.toMatchObject(refused)
    await expect(Author.page({ after: next })).rejects.toMatchObject(refused)
    for (const after of ['', 'x', {}, ['a'], 7, 'a'.repeat(10_000)].slice(1))
      await expect(Book.page({ order: 'title', after })).rejects.toMatchObject(refused)
    await expect(Book.page({ after: next, before: next })).rejects.toMatchObject({ code: 'CURSOR_AMBIGUOUS' })
  })

  it('tells nobody what stands in a cursor', async () => {
    const { next } = await Book.page({ order: 'title', limit: 1 })
    expect(Buffer.from(next, 'base64url').toString()).not.toContain('A"')
  })

  it('takes cursors of another process when they share a secret', async () => {
    const settings = { cursorSecret: 'of the family' }
    const one = await shelf(make(settings))
    const two = await shelf(make(settings))
    const three = await shelf(make({ cursorSecret: 'another' }))
    for (const { Book: Other } of [one, two, three]) await Other.create([{ title: 'A' }, { title: 'B' }])
    const { next } = await one.Book.page({ limit: 1 })
    expect(titlesOf(await two.Book.page({ limit: 1, after: next }))).toEqual(['B'])
    await expect(three.Book.page({ limit: 1, after: next })).rejects.toMatchObject({ code: 'CURSOR_INVALID' })
  })

  it('asks the guard and keeps to its answer', async () => {
    const asked: string[] = []
    const page = await Book.page(
      { order: 'author.name' },
      guarded(asked, (entity) => (entity === 'Book' ? { where: { pages: 1 } } : true)),
    )
    expect(asked).toEqual(['Book.find()', 'Author.find(name)'])
    expect(titlesOf(page).sort()).toEqual(['B', 'E'])
  })
})
