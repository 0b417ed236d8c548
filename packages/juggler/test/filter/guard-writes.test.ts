import { kGuard, type GuardAction, type GuardAnswer } from '@reloop/juggler'
import { overStores, type AnyModel } from '../stores'

function guard(answer: GuardAnswer | ((action: GuardAction, entity: string) => GuardAnswer), asked: string[] = []): AnyModel {
  return {
    [kGuard]: (entity: string, action: GuardAction, paths: readonly string[]) => {
      asked.push(`${entity}.${action}(${paths.join(',')})`)
      return typeof answer === 'function' ? answer(action, entity) : answer
    },
  }
}

const refused = { code: 'AUTHORIZATION_REQUIRED', statusCode: 401 }

overStores((make) => {
  let Note: AnyModel
  let User: AnyModel
  let mine: AnyModel
  let theirs: AnyModel
  let me: AnyModel
  let you: AnyModel

  beforeEach(async () => {
    const { db } = make()
    User = db.define('User', { name: String }, { strict: true })
    Note = db.define(
      'Note',
      { text: String, state: { type: String, default: 'draft' }, level: { type: Number, operators: ['$inc'] }, price: Number },
      { strict: true, forceId: false },
    )
    Note.belongsTo(User, { as: 'owner' })
    User.hasMany(Note, { foreignKey: 'ownerId', options: { nested: true } })
    await db.automigrate()
    ;[me, you] = await User.create([{ name: 'me' }, { name: 'you' }])
    ;[mine, theirs] = await Note.create([
      { text: 'mine', level: 1, price: 5, ownerId: me.id },
      { text: 'theirs', level: 1, price: 5, ownerId: you.id },
    ])
  })

  const own = () => guard({ where: { ownerId: me.id } })
  const stored = async (id: unknown) => (await Note.findById(id))?.toJSON() ?? null

  /** Every write of a row that is the caller's, which must stay so. */
  const writes: [string, (data: AnyModel, options: AnyModel) => Promise<unknown>][] = [
    ['create', (data, options) => Note.create(data, options)],
    ['createMany', (data, options) => Note.create([{ text: 'ok', ownerId: me.id }, data], options)],
    ['save of a new one', (data, options) => new Note(data).save(options)],
    ['save', async (data, options) => Object.assign(await Note.findById(mine.id), data).save(options)],
    ['updateAttributes', async (data, options) => (await Note.findById(mine.id)).updateAttributes(data, options)],
    ['replaceById', (data, options) => Note.replaceById(mine.id, data, options)],
    ['replaceAttributes', async (data, options) => (await Note.findById(mine.id)).replaceAttributes(data, options)],
    ['replaceOrCreate', (data, options) => Note.replaceOrCreate({ id: mine.id, ...data }, options)],
    ['replaceOrCreate of a new one', (data, options) => Note.replaceOrCreate({ id: 77, ...data }, options)],
    ['upsert', (data, options) => Note.upsert({ id: mine.id, ...data }, options)],
    ['upsert of a new one', (data, options) => Note.upsert({ id: 77, ...data }, options)],
    ['upsert without an id', (data, options) => Note.upsert(data, options)],
    ['upsertWithWhere', (data, options) => Note.upsertWithWhere({ text: 'mine' }, data, options)],
    ['updateAll', (data, options) => Note.updateAll({ text: 'mine' }, data, options)],
    ['findOrCreate', (data, options) => Note.findOrCreate({ where: { text: 'none' } }, data, options)],
    ['relation create', (data, options) => you.notes.create(data, options)],
    ['relation updateById', (data, options) => me.notes.updateAll({}, data, options)],
    ['a nested write', (data, options) => User.create({ name: 'x', notes: [data] }, options)],
  ]

  it.each(writes.filter(([name]) => !['relation create', 'relation updateById', 'a nested write'].includes(name)))(
    '%s is refused when the row would be somebody else’s, and nothing is written',
    async (_name, write) => {
      await expect(write({ text: 'moved', ownerId: you.id }, own())).rejects.toMatchObject(refused)
      expect(await stored(mine.id)).toMatchObject({ text: 'mine', ownerId: me.id })
      expect(await Note.count()).toBe(2)
    },
  )

  it.each(writes)('%s asks with the names of what is written, inside operators too', async (_name, write) => {
    const asked: string[] = []
    await write({ text: 'x' }, guard(true, asked)).catch(() => undefined)
    expect(asked.some((text) => /^Note\.(create|update)\(.*\btext\b/.test(text))).toBe(true)
  })

  it.each(writes)('%s is refused when it names a fixed property', async (_name, write) => {
    const fixed = guard((_action, entity) => (entity === 'Note' ? { fixed: ['price'] } : true))
    await expect(write({ text: 'x', price: 9 }, fixed)).rejects.toMatchObject(refused)
    expect((await stored(mine.id)).price).toBe(5)
    expect(await Note.count({ price: 9 })).toBe(0)
  })

  it('a relation writes its key: that may be fixed', async () => {
    const fixed = guard((_action, entity) => (entity === 'Note' ? { fixed: ['ownerId'] } : true))
    await expect(you.notes.create({ text: 'x' }, fixed)).rejects.toMatchObject(refused)
  })

  it('fixed values outlive a replacement that does not name them, and a save that repeats them', async () => {
    const fixed = guard({ fixed: ['price'] })
    await Note.replaceById(mine.id, { text: 'new' }, fixed)
    expect(await stored(mine.id)).toMatchObject({ text: 'new', price: 5 })
    const note = await Note.findById(mine.id)
    note.text = 'saved'
    await note.save(fixed)
    expect(await stored(mine.id)).toMatchObject({ text: 'saved', price: 5 })
  })

  it('an operator names its properties', async () => {
    const asked: string[] = []
    await mine.updateAttributes({ $inc: { level: 1 } }, guard(true, asked))
    await Note.updateAll({ text: 'mine' }, { $inc: { level: 1 } }, guard(true, asked))
    expect(asked).toEqual(['Note.update(level)', 'Note.update(text,level)'])
    await expect(mine.updateAttributes({ $inc: { level: 1 } }, guard({ fixed: ['level'] }))).rejects.toMatchObject(refused)
    await expect(Note.updateAll({}, { $inc: { level: 1 } }, guard({ fixed: ['level'] }))).rejects.toMatchObject(refused)
    expect((await stored(mine.id)).level).toBe(3)
  })

  it('rows that are not there for the caller are not changed, and are not told from none', async () => {
    const other = await Note.findById(theirs.id)
    await expect(other.updateAttributes({ text: 'x' }, own())).rejects.toMatchObject({ statusCode: 404 })
    await expect(other.save(own())).rejects.toMatchObject({ statusCode: 404 })
    await expect(Note.replaceById(theirs.id, { text: 'x', ownerId: me.id }, own())).rejects.toMatchObject({ statusCode: 404 })
    await expect(Note.upsert({ id: theirs.id, text: 'x', ownerId: me.id }, own())).rejects.toMatchObject({ statusCode: 404 })
    expect(await Note.updateAll({}, { text: 'x' }, own())).toEqual({ count: 1 })
    expect(await Note.destroyAll({}, own())).toEqual({ count: 1 })
    expect(await stored(theirs.id)).toMatchObject({ text: 'theirs', ownerId: you.id })
  })

  it('what the caller may do is done', async () => {
    expect((await Note.create({ text: 'new', ownerId: me.id }, own())).id).toBeDefined()
    await mine.updateAttributes({ text: 'changed' }, own())
    await Note.upsert({ id: mine.id, level: 4 }, own())
    expect(await stored(mine.id)).toMatchObject({ text: 'changed', level: 4, ownerId: me.id })
    await Note.upsert({ id: 90, text: 'made', ownerId: me.id }, own())
    expect(await stored(90)).toMatchObject({ text: 'made', state: 'draft' })
    const [found, created] = await Note.findOrCreate({ where: { text: 'made' } }, { text: 'made', ownerId: me.id }, own())
    expect([found.id, created]).toEqual([90, false])
    expect((await me.notes.create({ text: 'by relation' }, own())).ownerId).toBe(me.id)
  })

  it('after counts for the row as it will be, where for the row as it is', async () => {
    const publish = guard({ where: { state: 'draft' }, after: { state: { inq: ['draft', 'review'] } } })
    await mine.updateAttributes({ state: 'review' }, publish)
    expect((await stored(mine.id)).state).toBe('review')
    await expect(theirs.updateAttributes({ state: 'live' }, publish)).rejects.toMatchObject(refused)
    await expect(mine.updateAttributes({ state: 'draft' }, publish)).rejects.toMatchObject({ statusCode: 404 })
    await expect(Note.create({ text: 'x', state: 'live' }, publish)).rejects.toMatchObject(refused)
    expect((await Note.create({ text: 'x' }, publish)).state).toBe('draft')
    await expect(Note.updateAll({}, { state: 'live' }, publish)).rejects.toMatchObject(refused)
  })

  it('what the data does not decide, the row does', async () => {
    const rule = guard({ after: { or: [{ state: 'draft' }, { ownerId: me.id }] } })
    await mine.updateAttributes({ state: 'live' }, rule)
    await expect(theirs.updateAttributes({ state: 'live' }, rule)).rejects.toMatchObject(refused)
    expect(await Note.updateAll({}, { state: 'x' }, rule)).toEqual({ count: 1 })
    expect((await stored(theirs.id)).state).toBe('draft')
  })

  it('an operator is held against what comes of it', async () => {
    const rule = guard({ after: { level: { lte: 2 } } })
    await mine.updateAttributes({ $inc: { level: 1 } }, rule)
    await expect(mine.updateAttributes({ $inc: { level: 1 } }, rule)).rejects.toMatchObject(refused)
    expect(await Note.updateAll({}, { $inc: { level: 1 } }, rule)).toEqual({ count: 1 })
    expect([(await stored(mine.id)).level, (await stored(theirs.id)).level]).toEqual([2, 2])
  })

  it('a rule across a relation is asked of the store', async () => {
    const rule = guard((_action, entity) => (entity === 'Note' ? { after: { 'owner.name': 'me' } } : true))
    expect((await Note.create({ text: 'x', ownerId: me.id }, rule)).text).toBe('x')
    await expect(Note.create({ text: 'x', ownerId: you.id }, rule)).rejects.toMatchObject(refused)
    await expect(Note.create([{ text: 'x', ownerId: you.id }], rule)).rejects.toMatchObject(refused)
    await expect(mine.updateAttributes({ ownerId: you.id }, rule)).rejects.toMatchObject(refused)
    await mine.updateAttributes({ text: 'ok' }, rule)
    await expect(theirs.updateAttributes({ text: 'ok' }, rule)).rejects.toMatchObject(refused)
    expect(await Note.updateAll({}, { level: 9 }, rule)).toEqual({ count: 2 })
    expect((await stored(theirs.id)).level).toBe(1)
  })

  it('nested writes are guarded row by row, and undone as one where the store can', async () => {
    await expect(User.create({ name: 'n', notes: [{ text: 'x' }] }, guard({ where: { name: 'nobody' } }))).rejects.toMatchObject(refused)
    const asked: string[] = []
    await User.create({ name: 'n', notes: [{ text: 'x' }] }, guard(true, asked))
    expect(asked).toEqual(['User.create(name)', 'Note.create(text,ownerId)'])
  })

  it('hooks see a write only when it may begin', async () => {
    const seen: string[] = []
    Note.observe('before save', async () => void seen.push('before save'))
    await expect(Note.create({ text: 'x' }, guard(false))).rejects.toMatchObject(refused)
    await expect(mine.updateAttributes({ price: 1 }, guard({ fixed: ['price'] }))).rejects.toMatchObject(refused)
    expect(seen).toEqual([])
    expect(mine.price).toBe(5)
    Note.observe('before save', async (ctx: AnyModel) => void ((ctx.instance ?? ctx.data).ownerId = you.id))
    await expect(Note.create({ text: 'x', ownerId: me.id }, own())).rejects.toMatchObject(refused)
  })
})
