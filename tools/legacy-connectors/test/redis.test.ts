import { DataSource } from '@reloop/juggler'
import { called, type AnyModel } from './loose'
import { describeStore, titleOf } from './stores'

const url = process.env.RELOOP_TEST_REDIS_URL
const missing = url ? {} : { missing: 'no RELOOP_TEST_REDIS_URL' }
const unique = `${process.pid}_${Date.now()}`

describeStore({ title: titleOf('loopback-connector-redis'), ...missing }, () => {
  let source: DataSource
  let Pen: AnyModel
  const names = async (filter: object) => (await Pen.find(filter)).map((pen: { name: string }) => pen.name)

  beforeAll(async () => {
    source = new DataSource({ connector: require('loopback-connector-redis'), url })
    Pen = source.define(`Pen_${unique}`, {
      name: { type: String, index: true },
      price: Number,
      made: Date,
      full: Boolean,
      tags: ['string'],
    })
    await source.connect()
  })
  afterEach(() => Pen.destroyAll())
  afterAll(async () => {
    await source.execute?.('del', [`id:Pen_${unique}`]).catch(() => undefined)
    await source.disconnect()
  })

  it('creates, reads, changes and removes a row', async () => {
    const made = new Date('2020-02-03T04:05:06.007Z')
    const pen = await Pen.create({ name: 'quill', price: 3, made, full: true, tags: ['old'] })
    const found = await Pen.findById(pen.id)
    expect(found.toJSON()).toEqual({ id: pen.id, name: 'quill', price: 3, made, full: true, tags: ['old'] })
    await found.updateAttributes({ price: 4 })
    expect((await Pen.findById(pen.id)).toJSON()).toMatchObject({ name: 'quill', price: 4 })
    await found.destroy()
    expect(await Pen.findById(pen.id)).toBeNull()
    expect(await Pen.exists(pen.id)).toBe(false)
  })

  it('answers conditions that the connector does not know, or answers wrongly by itself', async () => {
    await Pen.create([
      { name: 'quill', price: 3 },
      { name: 'biro', price: 1 },
      { name: 'marker', price: 2 },
    ])
    expect(await names({ where: { name: 'biro' } })).toEqual(['biro'])
    expect(await names({ where: { price: { gt: 1 } }, order: 'price' })).toEqual(['marker', 'quill'])
    expect(await names({ where: { name: { inq: ['biro', 'quill'] } }, order: 'name' })).toEqual(['biro', 'quill'])
    expect(await names({ where: { or: [{ price: 1 }, { name: 'marker' }] }, order: 'name' })).toEqual(['biro', 'marker'])
    expect(await names({ order: 'price DESC', limit: 2 })).toEqual(['quill', 'marker'])
    expect(await names({ order: 'name', skip: 1 })).toEqual(['marker', 'quill'])
    expect(await Pen.count({ price: { lt: 3 } })).toBe(2)
    expect(await Pen.count()).toBe(3)
  })

  it('updates and removes what a condition names, and nothing else', async () => {
    const [quill, biro] = await Pen.create([{ name: 'quill', price: 3 }, { name: 'biro', price: 1 }, { name: 'marker' }])
    expect(await Pen.updateAll({ price: { gt: 2 } }, { name: 'dear' })).toEqual({ count: 1 })
    expect(await names({ where: { id: quill.id } })).toEqual(['dear'])
    expect(await Pen.destroyAll({ and: [{ id: biro.id }, { price: 77 }] })).toEqual({ count: 0 })
    expect(await Pen.destroyAll({ price: { lt: 2 } })).toEqual({ count: 1 })
    expect(await names({ order: 'name' })).toEqual(['dear', 'marker'])
    expect((await Pen.findOne({ where: { name: 'marker' } })).price ?? null).toBeNull()
  })

  it('upserts and finds or creates', async () => {
    const pen = await Pen.create({ name: 'quill', price: 3 })
    await Pen.updateOrCreate({ id: pen.id, price: 5 })
    expect((await Pen.findById(pen.id)).toJSON()).toMatchObject({ name: 'quill', price: 5 })
    expect((await Pen.findOrCreate({ where: { name: 'quill' } }, { name: 'quill' }))[1]).toBe(false)
    expect((await Pen.findOrCreate({ where: { name: 'biro' } }, { name: 'biro' }))[1]).toBe(true)
  })
})

describe.each(['binary', 'json'])('with the %s packer', (packer) => {
  describeStore({ title: titleOf('loopback-connector-kv-redis'), ...missing }, () => {
    let source: DataSource
    let Session: AnyModel

    beforeAll(async () => {
      source = new DataSource({ connector: require('loopback-connector-kv-redis'), url, packer: packer === 'json' ? 'json' : undefined })
      Session = source.define(`Session_${packer}_${unique}`, {})
      await source.connect()
    })
    afterEach(async () => {
      for (const key of await Session.keys()) await Session.delete(key)
    })
    afterAll(() => source.disconnect())

    it('keeps values of every kind under keys', async () => {
      const value = { text: 'ä', list: [1, null, 'x'], at: new Date(0), nested: { on: true } }
      await Session.set('a key/with: signs', value)
      const got = await Session.get('a key/with: signs')
      expect({ ...got, at: new Date(got.at) }).toEqual(value)
      expect(await Session.get('another')).toBeNull()
      await Session.set('buffer', Buffer.from('bytes'))
      expect(Buffer.from(await Session.get('buffer')).toString()).toBe('bytes')
    })

    it('lists keys, also by a pattern, and removes them', async () => {
      for (const key of ['one', 'two', 'three']) await Session.set(key, key)
      expect((await Session.keys()).sort()).toEqual(['one', 'three', 'two'])
      expect((await Session.keys({ match: 't*' })).sort()).toEqual(['three', 'two'])
      const iterator = Session.iterateKeys({ match: 'o*' })
      expect(await iterator.next()).toBe('one')
      expect(await iterator.next()).toBeUndefined()
      await Session.delete('one')
      await Session.deleteAll()
      expect(await Session.keys()).toEqual([])
    })

    it('lets keys expire', async () => {
      await Session.set('soon', 1, { ttl: 60_000 })
      expect(await Session.ttl('soon')).toBeGreaterThan(1000)
      await Session.set('never', 1)
      expect(await Session.ttl('never')).toBeUndefined()
      await Session.expire('never', 1)
      await expect(Session.expire('nobody', 1000)).rejects.toMatchObject({ statusCode: 404 })
      await expect(Session.ttl('nobody')).rejects.toMatchObject({ statusCode: 404 })
    })

    it('answers to callbacks', async () => {
      await called(Session, 'set', 'called', 'back')
      expect(await called(Session, 'get', 'called')).toEqual(['back'])
    })

    it('runs commands of Redis', async () => {
      expect(String(await source.execute('ECHO', ['hello']))).toBe('hello')
      await source.ping()
    })
  })
})
