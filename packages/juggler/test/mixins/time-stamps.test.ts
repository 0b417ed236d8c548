import { overStores, type AnyModel, type Store } from '../stores'

const old = new Date('2020-01-01')

overStores((make) => {
  let store: Store
  let Item: AnyModel

  beforeEach(async () => {
    store = make()
    const { db } = store
    Item = db.define('Item', { name: String }, { strict: true, mixins: { TimeStamps: true } })
    await db.automigrate()
  })

  const isNow = (date: Date) => expect(Math.abs(date.getTime() - Date.now())).toBeLessThan(10_000)

  it('says when a row was created', async () => {
    const item = await Item.create({ name: 'a' })
    isNow(item.createdAt)
    isNow((await Item.findById(item.id)).updatedAt)
    for (const made of await Item.create([{ name: 'b' }, { name: 'c' }])) isNow(made.createdAt)
  })

  it.each<[string, (item: AnyModel) => Promise<unknown>]>([
    ['save', (item) => Object.assign(item, { name: 'b' }).save()],
    ['updateAttributes', (item) => item.updateAttributes({ name: 'b' })],
    ['updateAll', () => Item.updateAll({}, { name: 'b' })],
    ['replaceById', (item) => Item.replaceById(item.id, { name: 'b' })],
    ['replaceAttributes', (item) => item.replaceAttributes({ name: 'b' })],
    ['upsert', (item) => Item.upsert({ id: item.id, name: 'b' })],
    ['upsertWithWhere', () => Item.upsertWithWhere({ name: 'a' }, { name: 'b' })],
  ])('says when it was changed by %s, and keeps when it was created', async (_how, change) => {
    const item = await Item.create({ name: 'a', createdAt: old, updatedAt: old })
    await change(item)
    const found = await Item.findById(item.id)
    expect(found.name).toBe('b')
    expect(found.createdAt).toEqual(old)
    isNow(found.updatedAt)
  })

  it('believes nobody outside', async () => {
    const outside = { fromOutside: true }
    const item = await Item.create({ name: 'a', createdAt: old, updatedAt: old }, outside)
    isNow(item.createdAt)
    isNow(item.updatedAt)
    await item.updateAttributes({ createdAt: old, updatedAt: old }, outside)
    const found = await Item.findById(item.id)
    isNow(found.createdAt)
    isNow(found.updatedAt)
  })

  it('keeps a bulk create to one statement, unless a hook of the user has to see each row', async () => {
    store.reset()
    const made = await Item.create([{ name: 'a' }, { name: 'b', createdAt: old }, { name: 'c' }])
    expect(store.calls).toEqual(['insert'])
    for (const { updatedAt } of made) isNow(updatedAt)
    expect(made[1].createdAt).toEqual(old)
    await Item.create([{ name: 'd', createdAt: old }], { fromOutside: true }).then(([one]: AnyModel) => isNow(one.createdAt))
    Item.observe('before save', async () => undefined)
    store.reset()
    await Item.create([{ name: 'x' }, { name: 'y' }])
    expect(store.calls).toEqual(['insert', 'insert'])
  })

  it('takes other names, and leaves one out', async () => {
    const { db } = make()
    const Other = db.define('Other', { name: String }, { strict: true, mixins: { TimeStamps: { createdAt: 'born', updatedAt: false } } })
    await db.automigrate('Other')
    const other = await Other.create({ name: 'a' })
    isNow(other.born)
    expect(Object.keys(other.toObject()).sort()).toEqual(['born', 'id', 'name'])
  })
})
