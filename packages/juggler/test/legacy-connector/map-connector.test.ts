import { compare, plainCall, type CrudConnector } from '@reloop/connector'
import { DataSource } from '../../src/data-source/data-source'
import type { MapConnector } from './map-connector'
import { mapModule } from './map-connector'

interface Instance {
  [key: string]: unknown
  id: number
}

interface Statics {
  create(data: object | object[]): Promise<Instance>
  find(filter?: object, options?: object): Promise<Instance[]>
  findById(id: unknown): Promise<Instance | null>
  updateAll(where: object, data: object): Promise<{ count: number }>
  destroyAll(where?: object): Promise<{ count: number }>
  count(where?: object): Promise<number>
}

function open(settings: object = {}) {
  const source = new DataSource(mapModule, settings)
  const Note = source.define('Note', {
    text: String,
    stars: { type: Number, required: true },
    at: Date,
    size: 'integer',
  }) as unknown as Statics
  const { raw } = source.connector as unknown as { raw: MapConnector }
  return { source, Note, raw }
}

describe('a hand-written connector in the manner of LoopBack', () => {
  it('is told of models in types that it knows', async () => {
    const { Note, raw } = open()
    await Note.count()
    const { properties } = raw.definitions.Note!
    expect(properties).toMatchObject({
      text: { type: String },
      stars: { type: Number },
      at: { type: Date },
      size: { type: Number },
      id: { type: Number, id: 1 },
    })
  })

  it('gives its ids to new instances', async () => {
    const { Note } = open()
    expect((await Note.create({ text: 'a', stars: 1 })).id).toBe(1)
    expect((await Note.create({ text: 'b', stars: 1 })).id).toBe(2)
    expect(await Note.findById(2)).toMatchObject({ text: 'b' })
  })

  it('is not trusted with the case of texts, neither in finding nor in removing', async () => {
    const { Note } = open()
    await Note.create([
      { text: 'Tea', stars: 1 },
      { text: 'tea', stars: 2 },
      { text: 'TEA', stars: 3 },
    ])
    expect((await Note.find({ where: { text: 'tea' } })).map((note) => note.stars)).toEqual([2])
    expect((await Note.find({ where: { text: 'TEA' }, order: 'stars', limit: 1 })).map((note) => note.stars)).toEqual([3])
    expect(await Note.count({ text: 'Tea' })).toBe(1)
    expect(await Note.updateAll({ text: 'Tea' }, { stars: 9 })).toEqual({ count: 1 })
    expect(await Note.destroyAll({ text: 'tea' })).toEqual({ count: 1 })
    expect((await Note.find({ order: 'id' })).map((note) => note.text)).toEqual(['Tea', 'TEA'])
  })

  it('is given what it can do, and nothing that it would pass over', async () => {
    const { Note, raw } = open()
    await Note.create([
      { text: 'a', stars: 1 },
      { text: 'b', stars: 2 },
      { text: 'c', stars: 3 },
    ])
    raw.calls.length = 0
    expect(await Note.find({ where: { stars: { gt: 1 } }, order: 'stars DESC', limit: 1 })).toMatchObject([{ text: 'c' }])
    expect(await Note.find({ where: { stars: { gt: 1 }, text: { like: 'b%' } } })).toMatchObject([{ text: 'b' }])
    expect(raw.calls.map(([, , filter]) => filter)).toEqual([
      { where: { stars: { gt: 1 } }, order: ['stars DESC'], limit: 1, skip: 0, offset: 0 },
      { where: { stars: { gt: 1 } } },
    ])
  })

  it('gets the caller’s options where its methods have a place for them', async () => {
    const { Note, raw } = open()
    await Note.find({}, { accessToken: 'secret' })
    expect(raw.calls.at(-1)).toEqual(['all', 'Note', expect.anything(), { accessToken: 'secret' }])
  })

  it('never takes an object of a caller for an operator', async () => {
    const { source, Note, raw } = open()
    await Note.create({ text: 'a', stars: 1 })
    const connector = source.connector as CrudConnector
    const { entity } = (Note as unknown as Record<symbol, { entity: never }>)[Symbol.for('@reloop/model')]!
    raw.calls.length = 0
    const found = await connector.find({ entity, query: { where: compare('stars', 'eq', { gt: 0 }) } }, plainCall)
    expect(found).toEqual([])
    expect(raw.calls).toEqual([['all', 'Note', {}, {}]])
  })

  it('takes back a batch that fails, and says what is taken', async () => {
    const { source, Note } = open()
    const connector = source.connector as CrudConnector
    const { entity } = (Note as unknown as Record<symbol, { entity: never }>)[Symbol.for('@reloop/model')]!
    await connector.insert({ entity, rows: [{ id: 7, text: 'a', stars: 1 }] }, plainCall)
    const rows = [
      { id: 8, stars: 1 },
      { id: 7, stars: 1 },
    ]
    await expect(Promise.resolve(connector.insert({ entity, rows }, plainCall))).rejects.toMatchObject({
      code: 'DUPLICATE_ENTRY',
      cause: { message: 'it is there already' },
    })
    expect(await Note.count()).toBe(1)
  })

  it('is asked to connect again at the next call when the first time fails', async () => {
    const { source, Note } = open({ fails: 1 })
    const failed = new Promise((resolve) => source.once('error', resolve))
    await expect(failed).resolves.toMatchObject({ message: 'the map is folded' })
    expect(await Note.count()).toBe(0)
  })

  it('sees itself as the connector of its data source, which is one', () => {
    const { source, raw } = open()
    const seen = raw.dataSource as { connector: unknown; settings: object; modelBuilder: unknown }
    expect(seen).toBeInstanceOf(DataSource)
    expect(seen.connector).toBe(raw)
    expect(seen.modelBuilder).toBe(source.modelBuilder)
  })
})

describe('what a module may be', () => {
  it('may be a class, which is given the settings', async () => {
    class Settled {
      readonly name = 'settled'
      constructor(readonly settings: { depth: number }) {}
      ping(done: (error: null) => void) {
        process.nextTick(done, null)
      }
    }
    const source = new DataSource(Settled, { depth: 3 })
    await source.ping()
    expect((source.connector as unknown as { raw: Settled }).raw.settings.depth).toBe(3)
  })

  it('fails with the name of the connector when it throws', () => {
    const broken = { name: 'broken', initialize: () => { throw new Error('no key') } } // prettier-ignore
    expect(() => new DataSource(broken, {})).toThrow('Cannot initialize connector "broken": no key')
  })

  it('fails when no connector comes of it', () => {
    expect(() => new DataSource({ initialize: () => undefined }, {})).toThrow('it should create `connector` member of dataSource')
  })
})
