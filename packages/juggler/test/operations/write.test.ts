import { overStores, type AnyModel, type Store } from '../stores'

overStores((make) => {
  let store: Store
  let Item: AnyModel
  let Keyed: AnyModel

  beforeEach(async () => {
    store = make()
    Item = store.db.define('Item', { name: { type: String, required: true }, price: Number, note: { type: String, default: 'none' } })
    Keyed = store.db.define('Keyed', { id: { type: String, id: true }, name: String, note: { type: String, default: 'none' } })
    await store.db.automigrate()
  })

  it('saves changes of an instance', async () => {
    const item = await Item.create({ name: 'A', price: 1 })
    item.price = '7'
    expect(await item.save()).toBe(item)
    expect((await Item.findById(item.id)).price).toBe(7)
    item.name = null
    await expect(item.save()).rejects.toMatchObject({ statusCode: 422 })
  })

  it('saves a new instance', async () => {
    const item = new Item({ name: 'A' })
    expect(item.isNewRecord()).toBe(true)
    await item.save()
    expect(item.isNewRecord()).toBe(false)
    expect(await Item.count()).toBe(1)
  })

  it('changes some attributes and writes only those', async () => {
    const item = await Item.create({ name: 'A', price: 1 })
    const again = await Item.findById(item.id)
    await again.updateAttributes({ price: 5 })
    await item.patchAttributes({ name: 'B' })
    expect((await Item.findById(item.id)).toJSON()).toMatchObject({ name: 'B', price: 5 })
    await item.updateAttribute('price', 9)
    expect((await Item.findById(item.id)).price).toBe(9)
  })

  it('refuses to change an id', async () => {
    const item = await Item.create({ name: 'A' })
    await expect(item.updateAttributes({ id: 77 })).rejects.toMatchObject({ statusCode: 400, code: 'ID_CHANGED' })
    await item.updateAttributes({ id: String(item.id), name: 'B' })
    expect((await Item.findById(item.id)).name).toBe('B')
  })

  it('answers 404 for a row that is gone', async () => {
    const item = await Item.create({ name: 'A' })
    await Item.destroyAll()
    await expect(item.updateAttributes({ name: 'B' })).rejects.toMatchObject({ statusCode: 404 })
    await expect(Item.replaceById(item.id, { name: 'B' })).rejects.toMatchObject({ statusCode: 404 })
    await expect(item.save()).rejects.toMatchObject({ statusCode: 404 })
  })

  it('updates all that match', async () => {
    await Item.create([
      { name: 'A', price: 1 },
      { name: 'B', price: 2 },
      { name: 'C', price: 3 },
    ])
    expect(await Item.updateAll({ price: { gt: 1 } }, { note: 'x' })).toEqual({ count: 2 })
    expect(await Item.count({ note: 'x' })).toBe(2)
    expect(await Item.updateAll({ price: 10 })).toEqual({ count: 3 })
    expect(await Item.count({ price: 10 })).toBe(3)
  })

  it('upserts by id', async () => {
    const made = await Keyed.updateOrCreate({ id: 'a', name: 'A' })
    expect(made.toJSON()).toMatchObject({ id: 'a', name: 'A' })
    expect((await Keyed.findById('a')).note).toBe('none')
    await Keyed.updateAll({ id: 'a' }, { note: 'kept' })
    await Keyed.upsert({ id: 'a', name: 'B' })
    expect((await Keyed.findById('a')).toJSON()).toEqual({ id: 'a', name: 'B', note: 'kept' })
    expect(await Keyed.count()).toBe(1)
    const fresh = await Item.patchOrCreate({ name: 'New' })
    expect(fresh.id).toBeDefined()
    await Item.upsert({ id: fresh.id, price: 4 })
    expect((await Item.findById(fresh.id)).toJSON()).toMatchObject({ name: 'New', price: 4 })
    await expect(Item.upsert({ id: 12345, name: 'X' })).rejects.toMatchObject({ statusCode: 404 })
  })

  it('tells callbacks of replaceOrCreate whether the row is new', async () => {
    const replace = (data: object) =>
      new Promise((resolve, reject) =>
        Keyed.replaceOrCreate(data, (error: Error | null, row: AnyModel, info: unknown) =>
          error ? reject(error) : resolve([row.name, info]),
        ),
      )
    expect(await replace({ id: 'r', name: 'A' })).toEqual(['A', { isNewInstance: true }])
    expect(await replace({ id: 'r', name: 'B' })).toEqual(['B', { isNewInstance: false }])
    expect((await Keyed.replaceOrCreate({ id: 'r', name: 'C' })).name).toBe('C')
  })

  it('upserts by a where', async () => {
    await Item.upsertWithWhere({ name: 'A' }, { name: 'A', price: 1 })
    await Item.patchOrCreateWithWhere({ name: 'A' }, { price: 2 })
    expect((await Item.find()).map((one: AnyModel) => one.price)).toEqual([2])
    await Item.create({ name: 'A' })
    await expect(Item.upsertWithWhere({ name: 'A' }, { price: 3 })).rejects.toThrow('There are multiple instances found')
    await expect(Item.upsertWithWhere({ name: 'A' }, {})).rejects.toThrow('data object cannot be empty!')
  })

  it('replaces a whole row', async () => {
    const item = await Item.create({ name: 'A', price: 1, note: 'n' })
    const replaced = await Item.replaceById(item.id, { name: 'B' })
    expect(replaced.toJSON()).toMatchObject({ id: item.id, name: 'B', note: 'none' })
    const stored = (await Item.findById(item.id)).toJSON()
    expect({ ...stored, price: stored.price ?? null }).toMatchObject({ name: 'B', note: 'none', price: null })
    await item.replaceAttributes({ name: 'C', price: 3 })
    expect(item.toJSON()).toMatchObject({ name: 'C', price: 3, note: 'none' })
    await expect(Item.replaceById(item.id, { price: 1 })).rejects.toMatchObject({ statusCode: 422 })
    await expect(Item.replaceById(item.id, { id: 99, name: 'X' })).rejects.toMatchObject({ statusCode: 400 })
  })

  it('replaces or creates', async () => {
    await Keyed.replaceOrCreate({ id: 'k', name: 'A', note: 'n' })
    await Keyed.replaceOrCreate({ id: 'k', name: 'B' })
    expect((await Keyed.findById('k')).toJSON()).toEqual({ id: 'k', name: 'B', note: 'none' })
  })

  it('finds or creates, once however many ask at the same time', async () => {
    const all = await Promise.all(Array.from({ length: 20 }, () => Item.findOrCreate({ where: { name: 'A' } }, { name: 'A' })))
    expect(all.filter(([, created]: [unknown, boolean]) => created)).toHaveLength(1)
    expect(await Item.count()).toBe(1)
    const [found, created] = await Item.findOrCreate({ name: 'A' })
    expect([found.name, created]).toEqual(['A', false])
    await new Promise<void>((resolve) => {
      Item.findOrCreate({ where: { name: 'B' } }, { name: 'B' }, (error: unknown, one: AnyModel, made: boolean) => {
        expect([error, one.name, made]).toEqual([null, 'B', true])
        resolve()
      })
    })
  })

  it('destroys by instance, id and where', async () => {
    const [a, b] = await Item.create([{ name: 'A' }, { name: 'B' }, { name: 'C' }])
    expect(await a.destroy()).toEqual({ count: 1 })
    expect(await Item.destroyById(b.id)).toEqual({ count: 1 })
    expect(await Item.destroyById(4711)).toEqual({ count: 0 })
    expect(await Item.destroyAll({ name: 'C' })).toEqual({ count: 1 })
    expect(await Item.count()).toBe(0)
  })

  it('reloads into a new instance', async () => {
    const item = await Item.create({ name: 'A' })
    await Item.updateAll({ name: 'B' })
    const again = await item.reload()
    expect(again).not.toBe(item)
    expect(again.name).toBe('B')
  })

  it('runs one statement for each write', async () => {
    const item = await Item.create({ name: 'A' })
    store.reset()
    await item.updateAttributes({ name: 'B' })
    await item.save()
    await Item.updateAll({ name: 'C' })
    await item.destroy()
    expect(store.calls).toEqual(['update', 'update', 'update', 'remove'])
  })
})
