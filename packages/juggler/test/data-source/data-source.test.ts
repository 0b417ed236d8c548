import { mkdtempSync, mkdirSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { capabilities, defineConnector, type Connector } from '@reloop/connector'
import { DataSource, ModelBuilder } from '@reloop/juggler'
import { memory, overStores, type AnyModel } from '../stores'

function connectorThat(over: Partial<Connector> & Record<string, unknown> = {}): AnyModel {
  return defineConnector({
    name: 'probe',
    settings: {
      type: 'object',
      properties: { host: { type: 'string' }, port: { type: 'integer' }, database: { type: 'string' }, url: { type: 'string' } },
      additionalProperties: false,
    },
    create: (settings) =>
      ({
        name: 'probe',
        settings,
        capabilities: capabilities(),
        connect: () => undefined,
        disconnect: () => undefined,
        ping: () => undefined,
        find: () => [],
        count: () => 0,
        ...over,
      }) as never,
  })
}

describe('construction', () => {
  it.each([
    ['settings', () => new DataSource({ connector: 'memory' }), 'memory'],
    ['a name that is the connector', () => new DataSource('memory'), 'memory'],
    ['a name and settings', () => new DataSource('db', { connector: 'memory' }), 'db'],
    ['no new', () => DataSource('memory'), 'memory'],
    ['a url', () => new DataSource('memory://'), 'memory'],
    ['a connector and settings', () => new DataSource(connectorThat(), { host: 'h' }), 'probe'],
    ['settings with a connector', () => new DataSource({ name: 'own', connector: connectorThat() }), 'own'],
  ])('takes %s', async (_form, make, name) => {
    const db = make() as AnyModel
    expect(db).toBeInstanceOf(DataSource)
    expect(db.name).toBe(name)
    await db.connect()
    expect(db.connected).toBe(true)
    await db.disconnect()
  })

  it('reads every part of a url', () => {
    const db = new DataSource({
      url: 'probe://us%20er:pa%3Ass@host:77/base?ssl=true&a[b]=c',
      connector: connectorThat() as never,
    }) as AnyModel
    expect(db.settings.url).toContain('probe://')
    const parsed = (() => {
      try {
        return new DataSource('nosuchdb://us%20er:pa%3Ass@host:77/base?a[b]=c')
      } catch (error) {
        return error as Error
      }
    })()
    expect((parsed as Error).message).toContain(
      'connector "nosuchdb" is not installed: tried @reloop/connector-nosuchdb, loopback-connector-nosuchdb, nosuchdb',
    )
  })

  it('checks settings and names the nearest key', () => {
    expect(() => new DataSource({ connector: 'memory', flie: 'x' })).toThrow(/flie.*did you mean "file"/)
    expect(() => new DataSource({ connector: connectorThat(), port: 'x' })).toThrow(/port/)
  })

  it('needs a connector', () => {
    expect(() => new DataSource({})).toThrow('has no connector')
  })

  it('finds connectors in the folder of the application', () => {
    const folder = mkdtempSync(join(tmpdir(), 'reloop-'))
    const put = (name: string, code: string) => {
      mkdirSync(join(folder, 'node_modules', name), { recursive: true })
      writeFileSync(join(folder, 'node_modules', name, 'index.js'), code)
    }
    put(
      '@reloop/connector-mine',
      `const mark = Symbol.for('@reloop/connector'); exports.connector = { [mark]: true, name: 'mine', settings: { type: 'object' }, create: () => ({ name: 'mine', capabilities: {}, connect() {}, disconnect() {}, ping() {} }) }`,
    )
    put('loopback-connector-older', `exports.initialize = (ds, cb) => { ds.connector = { name: 'older', connect(cb) { cb() } }; cb() }`)
    const before = process.cwd()
    process.chdir(folder)
    try {
      expect((new DataSource({ connector: 'mine', lazyConnect: true }) as AnyModel).connector.name).toBe('mine')
      expect((new DataSource({ connector: 'older', lazyConnect: true }) as AnyModel).connector.name).toBe('older')
    } finally {
      process.chdir(before)
    }
  })
})

describe('connecting', () => {
  it('opens once for all who ask, and tells', async () => {
    let opened = 0
    const db = new DataSource({
      connector: connectorThat({ connect: async () => void (opened++, await new Promise((resolve) => setTimeout(resolve, 20))) }),
      lazyConnect: true,
    }) as AnyModel
    const told: string[] = []
    db.on('connected', () => told.push('connected'))
    const Model = db.define('Model', {})
    expect(db.connected).toBe(false)
    await Promise.all([Model.find(), Model.find(), db.connect(), Model.count()])
    expect(opened).toBe(1)
    expect(told).toEqual(['connected'])
    await new Promise<void>((resolve) => db.connect(() => resolve()))
  })

  it('lets operations wait, within bounds of time and number', async () => {
    const db = new DataSource({
      connector: connectorThat({ connect: () => new Promise(() => undefined) }),
      connectionTimeout: 30,
      limits: { queue: 2 },
    }) as AnyModel
    const Model = db.define('Model', {})
    const results = await Promise.allSettled([Model.find(), Model.find(), Model.find()])
    expect(results.map((one) => (one as PromiseRejectedResult).reason.code).sort()).toEqual([
      'CONNECT_TIMEOUT',
      'CONNECT_TIMEOUT',
      'QUEUE_FULL',
    ])
  })

  it('tries again at the next call, and does not crash when nobody listens', async () => {
    let fails = true
    const db = new DataSource({
      connector: connectorThat({
        connect: () => {
          if (fails) throw new Error('down')
        },
      }),
      lazyConnect: true,
    }) as AnyModel
    const Model = db.define('Model', {})
    await expect(Model.find()).rejects.toThrow('down')
    const seen: Error[] = []
    db.on('error', (error: Error) => seen.push(error))
    await expect(Model.find()).rejects.toThrow('down')
    expect(seen).toHaveLength(1)
    fails = false
    expect(await Model.find()).toEqual([])
  })

  it('pings, and tells what a connector lacks', async () => {
    const db = new DataSource({
      connector: connectorThat({
        ping: () => {
          throw new Error('no answer')
        },
      }),
    }) as AnyModel
    await expect(db.ping()).rejects.toThrow('no answer')
    await expect(db.execute('x')).rejects.toMatchObject({ code: 'NOT_IMPLEMENTED', statusCode: 501 })
    await expect(db.beginTransaction()).rejects.toMatchObject({ code: 'TRANSACTION_UNSUPPORTED' })
    await memory().ping()
  })
})

describe('models of a source', () => {
  it('refuses calls of classes that are not attached', async () => {
    const Model = new ModelBuilder().define('Model', {}) as AnyModel
    expect(Model.find).toBeUndefined()
    const db = memory()
    Model.attachTo(db)
    expect(await Model.find()).toEqual([])
    expect(db.getModel('Model')).toBe(Model)
  })

  it('tells the events of a class in order', () => {
    const Model = new ModelBuilder().define('Model', {}) as AnyModel
    const seen: string[] = []
    for (const event of ['dataAccessConfigured', 'dataSourceAttached']) Model.on(event, () => seen.push(event))
    memory().attach(Model)
    expect(seen).toEqual(['dataAccessConfigured', 'dataSourceAttached'])
  })

  it('applies mixins of settings when attached', async () => {
    const db = memory()
    const seen: unknown[] = []
    db.modelBuilder.mixins.define('Stamp', (Model: AnyModel, options: unknown) => {
      seen.push(options)
      Model.defineProperty?.('x', String)
      Model.stamped = true
    })
    const Model = db.define('Model', {}, { mixins: { Stamp: { a: 1 }, Off: false } })
    expect(Model.stamped).toBe(true)
    expect(seen).toEqual([{ a: 1 }])
    expect(() => db.define('Other', {}, { mixins: { Nope: true } })).toThrow('uses unknown mixin: Nope')
  })

  it('mixes one class into another', () => {
    const db = memory()
    const Base = db.define('Base', { a: String })
    Base.hello = () => 'hello'
    Base.prototype.greet = function (this: AnyModel) {
      return this.a
    }
    const Model = db.define('Model', { b: String })
    Model.mixin(Base)
    expect(Model.definition.properties.a).toBeDefined()
    expect(Model.hello()).toBe('hello')
    expect(new Model({ a: 'x' }).greet()).toBe('x')
  })

  it('lists operations, and switches them off for remoting', () => {
    const db = memory()
    expect(db.getOperation('find')).toMatchObject({ remoteEnabled: true, prototype: false })
    db.disableRemote('find')
    expect(db.getOperation('find').remoteEnabled).toBe(false)
    expect(db.operations()).toHaveProperty(['prototype.save'])
    expect(() => db.enableRemote('nope')).toThrow('nope is not provided by the attached connector')
  })

  it('refuses to migrate models that are not its own', async () => {
    const db = memory()
    db.define('A', {})
    await expect(db.automigrate(['A', 'B', 'C'])).rejects.toThrow('Cannot migrate models not attached to this datasource: B C')
    await db.automigrate('A')
    await new Promise<void>((resolve) => db.autoupdate(() => resolve()))
    expect(await db.isActual()).toBe(true)
    expect(db.getTypes()).toContain('db')
    expect(db.supportTypes(['db', 'nosql'])).toBe(true)
    expect(db.isRelational()).toBe(false)
  })
})

overStores((make) => {
  it('runs work in a transaction that every call in it takes', async () => {
    const { db } = make()
    const Item = db.define('Item', { name: String })
    await db.automigrate()
    await db.transaction(async (models: AnyModel) => {
      await models.Item.create({ name: 'a' })
      await Item.create({ name: 'b' })
    })
    expect(await Item.count()).toBe(2)
    const failed = db.transaction(async () => {
      await Item.create({ name: 'c' })
      await Item.updateAll({ name: 'x' })
      throw new Error('no')
    })
    await expect(failed).rejects.toThrow('no')
    expect((await Item.find({ order: 'name' })).map((one: AnyModel) => one.name)).toEqual(['a', 'b'])
  })

  it('takes a transaction in options, with hooks, and refuses it when it is over', async () => {
    const { db } = make()
    const Item = db.define('Item', { name: String })
    await db.automigrate()
    const transaction = await Item.beginTransaction({ isolationLevel: 'READ COMMITTED' }).catch(() => Item.beginTransaction())
    const seen: string[] = []
    for (const name of ['before commit', 'after commit']) transaction.observe(name, async () => void seen.push(name))
    const item = await Item.create({ name: 'a' }, { transaction })
    await item.updateAttributes({ name: 'b' }, { transaction })
    expect(await Item.count({}, { transaction })).toBe(1)
    await transaction.commit()
    expect(seen).toEqual(['before commit', 'after commit'])
    expect(transaction.isActive()).toBe(false)
    await expect(transaction.rollback()).rejects.toThrow('The transaction is not active')
    expect((await Item.findOne()).name).toBe('b')
    const other = await Item.beginTransaction()
    await Item.destroyAll({}, { transaction: other })
    await other.rollback()
    expect(await Item.count()).toBe(1)
    await expect(db.beginTransaction('NEVER')).rejects.toThrow('Invalid isolationLevel')
  })

  it('nests by savepoints where the store has them', async () => {
    const { db } = make()
    if (db.connector.capabilities.transactions !== 'savepoints') return
    const Item = db.define('Item', { name: String })
    await db.automigrate()
    await db.transaction(async () => {
      await Item.create({ name: 'outer' })
      await db
        .transaction(async () => {
          await Item.create({ name: 'inner' })
          throw new Error('inner')
        })
        .catch(() => undefined)
    })
    expect((await Item.find()).map((one: AnyModel) => one.name)).toEqual(['outer'])
  })
})

describe('key-value models', () => {
  const make = () => new DataSource({ connector: 'kv-memory' }).define('Cache', { value: 'any' }) as AnyModel

  it('gets, sets, expires and lists', async () => {
    const Cache = make()
    expect(await Cache.get('a')).toBeNull()
    await Cache.set('a', { n: 1 })
    await Cache.set('b', 'x', { ttl: 1000 })
    await Cache.set('c', 'x', 1000)
    expect(await Cache.get('a')).toEqual({ n: 1 })
    expect(await Cache.ttl('a')).toBeUndefined()
    expect(await Cache.ttl('b')).toBeGreaterThan(0)
    await Cache.expire('a', 5000)
    expect(await Cache.ttl('a')).toBeGreaterThan(1000)
    expect((await Cache.keys()).sort()).toEqual(['a', 'b', 'c'])
    expect(await Cache.keys({ match: '[ab]' })).toHaveLength(2)
    const iterator = Cache.iterateKeys({ match: 'a' })
    expect(await iterator.next()).toBe('a')
    expect(await iterator.next()).toBeUndefined()
    await Cache.delete('a')
    expect(await Cache.deleteAll()).toEqual({ count: 2 })
    expect(Cache.find).toBeUndefined()
  })

  it('refuses what is no key, value or time', async () => {
    const Cache = make()
    await expect(Cache.get('')).rejects.toThrow('key must be a non-empty string')
    await expect(Cache.set('a', null)).rejects.toThrow('value must be defined and not null')
    await expect(Cache.set('a', 1, { ttl: -1 })).rejects.toThrow('options.ttl must be a positive number')
    await expect(Cache.expire('nope', 10)).rejects.toMatchObject({ statusCode: 404 })
    await expect(Cache.ttl('nope')).rejects.toMatchObject({ statusCode: 404 })
    await new Promise<void>((resolve) =>
      Cache.set('a', 1, (error: unknown) => {
        expect(error).toBeNull()
        resolve()
      }),
    )
  })
})
