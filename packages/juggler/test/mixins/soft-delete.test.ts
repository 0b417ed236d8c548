import { runtimeOf } from '@reloop/juggler'
import { guarded } from '../query/shelf'
import { overStores, type AnyModel, type Store } from '../stores'

overStores((make) => {
  let store: Store
  let Author: AnyModel
  let Book: AnyModel
  let Note: AnyModel

  beforeEach(async () => {
    store = make()
    const { db } = store
    Author = db.define('Author', { name: String }, { strict: true, mixins: { SoftDelete: { cascade: ['books'] } } })
    Book = db.define('Book', { title: String }, { strict: true, mixins: { SoftDelete: { deletedAt: 'gone', cascade: true } } })
    Note = db.define('Note', { text: String }, { strict: true, mixins: { SoftDelete: true } })
    Author.hasMany(Book)
    Book.belongsTo(Author)
    Book.hasMany(Note)
    Author.validatesUniquenessOf('name')
    await db.automigrate()
    const ann = await Author.create({ name: 'Ann' })
    await Author.create({ name: 'Bob' })
    const [a] = await Book.create([
      { title: 'A', authorId: ann.id },
      { title: 'B', authorId: ann.id },
    ])
    await Note.create({ text: 'n', bookId: a.id })
  })

  const names = async (options?: object) => (await Author.find({ order: 'name' }, options)).map(({ name }: AnyModel) => name)

  it.each<[string, (ann: AnyModel) => Promise<unknown>]>([
    ['destroy', (ann) => ann.destroy()],
    ['destroyById', (ann) => Author.destroyById(ann.id)],
    ['destroyAll', () => Author.destroyAll({ name: 'Ann' })],
  ])('%s marks a row, and nothing sees it', async (_how, remove) => {
    const ann = await Author.findOne({ where: { name: 'Ann' } })
    expect(await remove(ann)).toEqual({ count: 1 })
    expect(await names()).toEqual(['Bob'])
    expect(await names({ withDeleted: true })).toEqual(['Ann', 'Bob'])
    expect((await Author.findById(ann.id, {}, { withDeleted: true })).deletedAt).toBeInstanceOf(Date)
    expect(await Author.findById(ann.id)).toBeNull()
    expect(await runtimeOf(Author).rows.findById(ann.id)).toBeNull()
    expect(await Author.exists(ann.id)).toBe(false)
    expect(await Author.count()).toBe(1)
    expect(await Author.updateAll({ name: 'Ann' }, { name: 'x' })).toEqual({ count: 0 })
    expect(await Author.destroyAll({ name: 'Ann' })).toEqual({ count: 0 })
    expect(await Author.aggregate({})).toEqual([{ count: 1 }])
    expect(await Author.distinct('name')).toEqual(['Bob'])
    expect((await Author.page({})).rows).toHaveLength(1)
  })

  it('keeps them out of includes and of conditions across relations', async () => {
    await Book.destroyAll({ title: 'A' })
    const [ann] = await Author.find({ where: { name: 'Ann' }, include: 'books' })
    expect(ann.toJSON().books.map(({ title }: AnyModel) => title)).toEqual(['B'])
    expect(await Author.count({ 'books.title': 'A' })).toBe(0)
    expect(await Author.count({ books: { every: { title: 'B' } }, name: 'Ann' })).toBe(1)
    const related = new Proxy(store.db.connector, {
      get: (target, key) => (key === 'capabilities' ? { ...target.capabilities, related: false } : target[key]),
    })
    Object.defineProperty(store.db, 'connector', { value: related, configurable: true })
    expect(await Author.count({ 'books.title': 'A' })).toBe(0)
    expect(await Author.count({ 'books.title': 'B' })).toBe(1)
  })

  it('takes what belongs to a row with it, and brings the same back', async () => {
    await Book.destroyAll({ title: 'B' })
    const ann = await Author.findOne({ where: { name: 'Ann' } })
    await new Promise((resolve) => setTimeout(resolve, 5))
    await ann.destroy()
    expect([await Book.count(), await Note.count()]).toEqual([0, 0])
    expect(await Author.restoreById(ann.id)).toEqual({ count: 1 })
    expect(await names()).toEqual(['Ann', 'Bob'])
    expect([await Book.count(), await Note.count()]).toEqual([1, 1])
    expect(await Book.restoreAll()).toEqual({ count: 1 })
    expect(await Book.count()).toBe(2)
  })

  it('restores an instance', async () => {
    const bob = await Author.findOne({ where: { name: 'Bob' } })
    await bob.destroy()
    const gone = await Author.findById(bob.id, {}, { withDeleted: true })
    expect((await gone.restore()).deletedAt).toBeNull()
    expect(await names()).toEqual(['Ann', 'Bob'])
  })

  it('is unique among the living', async () => {
    await Author.destroyAll({ name: 'Ann' })
    await Author.create({ name: 'Ann' })
    await expect(Author.create({ name: 'Ann' })).rejects.toMatchObject({ name: 'ValidationError' })
  })

  it('unique properties and indexes hold among the living, in the store itself', async () => {
    const Login = store.db.define(
      'Login',
      { email: { type: String, index: { unique: true } }, realm: String, name: String },
      { strict: true, mixins: { SoftDelete: true }, indexes: { account: { keys: { realm: 1, name: 1 }, options: { unique: true } } } },
    )
    await store.db.automigrate('Login')
    const first = await Login.create({ email: 'a@x.org', realm: 'r', name: 'n' })
    await expect(Login.create({ email: 'a@x.org' })).rejects.toMatchObject({ code: 'DUPLICATE_ENTRY', details: { properties: ['email'] } })
    await expect(Login.create({ realm: 'r', name: 'n' })).rejects.toMatchObject({ details: { properties: ['realm', 'name'] } })
    await first.destroy()
    const second = await Login.create({ email: 'a@x.org', realm: 'r', name: 'n' })
    await second.destroy()
    await Login.create({ email: 'a@x.org' })
    await expect(Login.create({ email: 'a@x.org' })).rejects.toMatchObject({ code: 'DUPLICATE_ENTRY' })
    await expect(Login.restoreById(first.id)).rejects.toMatchObject({ code: 'DUPLICATE_ENTRY' })
    expect(await Login.count({ email: 'a@x.org' }, { withDeleted: true })).toBe(3)
    const outcomes = await Promise.allSettled(Array.from({ length: 5 }, () => Login.create({ email: 'b@x.org' })))
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(await store.db.isActual('Login')).toBe(true)
  })

  it('purges what was marked long enough ago, with those that went with it', async () => {
    expect(await Author.purge()).toEqual({ count: 0 })
    await Author.destroyAll({ name: 'Ann' })
    expect(await Author.purge()).toEqual({ count: 0 })
    expect(await Author.purge({ before: new Date(Date.now() + 1000) })).toEqual({ count: 1 })
    expect(await names({ withDeleted: true })).toEqual(['Bob'])
    expect([await Book.count({}, { withDeleted: true }), await Note.count({}, { withDeleted: true })]).toEqual([0, 0])
    const Short = store.db.define('Short', { name: String }, { strict: true, mixins: { SoftDelete: { purgeAfter: 1000 } } })
    await store.db.automigrate('Short')
    await Short.create([{ name: 'old', deletedAt: new Date(Date.now() - 2000) }, { name: 'new', deletedAt: new Date() }, { name: 'here' }])
    expect(await Short.purge()).toEqual({ count: 1 })
    await expect(Author.purge({ before: 'now' })).rejects.toMatchObject({ code: 'ARGUMENT_INVALID' })
  })

  it('removes for good when it is told to', async () => {
    await Author.destroyAll({ name: 'Ann' })
    expect(await Author.destroyAll({}, { hardDelete: true, withDeleted: true })).toEqual({ count: 2 })
    expect(await names({ withDeleted: true })).toEqual([])
  })

  it('runs the delete hooks', async () => {
    const seen: string[] = []
    Author.observe('before delete', async () => void seen.push('before'))
    Author.observe('after delete', async (ctx: AnyModel) => void seen.push(`after ${ctx.info.count}`))
    await Author.destroyAll({ name: 'Ann' })
    expect(seen).toEqual(['before', 'after 1'])
  })

  it('rolls all of it back when some fails, and asks the guard for what goes with a row', async () => {
    const asked: string[] = []
    const refusing = guarded(asked, (entity) => entity !== 'Note')
    await expect(Author.destroyAll({ name: 'Ann' }, refusing)).rejects.toMatchObject({ statusCode: 401 })
    expect(asked.map((text) => text.split('(')[0])).toEqual(['Author.delete', 'Book.delete', 'Note.delete'])
    expect([await Author.count(), await Book.count(), await Note.count()]).toEqual([2, 2, 1])
  })

  it('is not asked of callers from outside whether they may see the property', async () => {
    expect(await Author.find({ where: { name: 'Ann' } }, { fromOutside: true })).toHaveLength(1)
  })

  it('upserts rows with ids of their own', async () => {
    const Key = store.db.define('Key', { id: { type: String, id: true }, value: String }, { strict: true, mixins: { SoftDelete: true } })
    await store.db.automigrate('Key')
    await Key.upsert({ id: 'k', value: 'a' })
    await Key.upsert({ id: 'k', value: 'b' })
    expect((await Key.find()).map(({ id, value }: AnyModel) => [id, value])).toEqual([['k', 'b']])
  })
})
