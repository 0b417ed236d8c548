import { kGuard, persistedPrototype, persistedStatics } from '@reloop/juggler'
import { overStores, type AnyModel, type Store } from '../stores'

const refusal = expect.objectContaining({ code: 'AUTHORIZATION_REQUIRED', statusCode: 401 })

interface World {
  readonly Book: AnyModel
  readonly book: AnyModel
  readonly options: Readonly<Record<symbol, unknown>>
  readonly asked: unknown[][]
}

/** Statics that ask a store for nothing on behalf of a caller: they compute, or the program alone calls them. */
const without = new Set(['_coerce', '_normalize', '_forDB', '_getSetting', 'beginTransaction', 'automigrate', 'autoupdate'])

/** Whether a row is there decides which question the guard is asked; the look itself answers nothing to the caller. */
const looks = new Set(['replaceOrCreate'])

/** How each static is called with a guard; an alias is called as what it stands for. */
const statics: Readonly<Record<string, (world: World) => unknown>> = {
  create: ({ Book, options }) => Book.create({ title: 'x' }, options),
  find: ({ Book, options }) => Book.find({ where: { title: 'one' } }, options),
  findOne: ({ Book, options }) => Book.findOne({}, options),
  findById: ({ Book, book, options }) => Book.findById(book.id, {}, options),
  findByIds: ({ Book, book, options }) => Book.findByIds([book.id], {}, options),
  exists: ({ Book, book, options }) => Book.exists(book.id, options),
  count: ({ Book, options }) => Book.count({}, options),
  page: ({ Book, options }) => Book.page({ limit: 1 }, options),
  aggregate: ({ Book, options }) => Book.aggregate({ count: true }, options),
  distinct: ({ Book, options }) => Book.distinct('title', {}, options),
  stream: async ({ Book, options }) => {
    for await (const _ of Book.stream({}, options)) throw new Error('A row was streamed')
  },
  updateOrCreate: ({ Book, book, options }) => Book.updateOrCreate({ id: book.id, title: 'x' }, options),
  upsertWithWhere: ({ Book, options }) => Book.upsertWithWhere({ title: 'one' }, { title: 'x' }, options),
  replaceOrCreate: ({ Book, book, options }) => Book.replaceOrCreate({ id: book.id, title: 'x' }, options),
  findOrCreate: ({ Book, options }) => Book.findOrCreate({ where: { title: 'one' } }, { title: 'one' }, options),
  updateAll: ({ Book, options }) => Book.updateAll({ title: 'one' }, { title: 'x' }, options),
  destroyAll: ({ Book, options }) => Book.destroyAll({ title: 'one' }, options),
  destroyById: ({ Book, book, options }) => Book.destroyById(book.id, options),
  replaceById: ({ Book, book, options }) => Book.replaceById(book.id, { title: 'x' }, options),
  include: ({ Book, book, options }) => Book.include([book], 'author', options),
}

const methods: Readonly<Record<string, (world: World) => unknown>> = {
  save: ({ book, options }) => Object.assign(book, { title: 'x' }).save(options),
  updateAttributes: ({ book, options }) => book.updateAttributes({ title: 'x' }, options),
  updateAttribute: ({ book, options }) => book.updateAttribute('title', 'x', options),
  replaceAttributes: ({ book, options }) => book.replaceAttributes({ title: 'x' }, options),
  destroy: ({ book, options }) => book.destroy(options),
  reload: ({ book, options }) => book.reload(options),
}

/** The calls of all functions of a table that somebody may call, aliases too. */
function callsOf(table: Readonly<Record<string, Function>>, known: typeof statics): [string, (world: World) => unknown][] {
  return Object.entries(table)
    .filter(([name]) => !without.has(name))
    .map(([name, fn]) => {
      const original = known[name] ? name : Object.keys(known).find((other) => table[other] === fn)
      if (original === undefined) throw new Error(`${name} is not among the calls of this test: say how it is called with a guard`)
      return [name, known[original]!]
    })
}

async function world(store: Store): Promise<World> {
  const { db } = store
  const Author = db.define('Author', { name: String })
  const Book = db.define('Book', { title: String }, { forceId: false })
  Book.belongsTo(Author, { as: 'author', foreignKey: 'authorId' })
  Author.hasMany(Book, { as: 'books', foreignKey: 'authorId' })
  await db.automigrate()
  const author = await Author.create({ name: 'a' })
  const book = await Book.create({ title: 'one', authorId: author.id })
  const asked: unknown[][] = []
  const guard = (...question: unknown[]) => {
    asked.push(question)
    return false
  }
  store.reset()
  return { Book, book, options: { [kGuard]: guard }, asked }
}

overStores((make, kind) => {
  for (const compat of kind === 'memory' ? ['modern', '3.x', '2.x'] : ['modern'])
    it.each([...callsOf(persistedStatics, statics), ...callsOf(persistedPrototype, methods)])(
      `%s under a guard that says no asks the store for nothing (${compat})`,
      async (name, call) => {
        const store = make({ compat })
        const here = await world(store)
        await expect((async () => call(here))()).rejects.toEqual(refusal)
        expect(here.asked).not.toEqual([])
        expect(store.calls).toEqual(looks.has(name) ? ['find'] : [])
      },
    )

  it('creates many rows under a guard that says no without asking the store', async () => {
    const store = make()
    const { Book, options } = await world(store)
    await expect(Book.create([{ title: 'x' }, { title: 'y' }], options)).rejects.toBeDefined()
    expect(store.calls).toEqual([])
  })
})
