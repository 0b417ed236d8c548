import { plainCall, type Entity, type KeyValueConnector } from '@reloop/connector'
import { defineEntity } from '@reloop/connector'
import { DataSource } from '../../src/data-source/data-source'

type Done = (error: Error | null, result?: unknown) => void

interface Host {
  connector?: unknown
  readonly juggler: { readonly KeyValueAccessObject: unknown }
}

/** A key-value connector as LoopBack's are: it names its access object, and iterates keys by callback. */
class Box {
  readonly name = 'kv-box'
  readonly values = new Map<string, { value: unknown; ttl?: number }>()
  readonly DataAccessObject: unknown

  constructor({ juggler }: Host) {
    this.DataAccessObject = juggler.KeyValueAccessObject
  }

  get(model: string, key: string, options: object, done: Done): void {
    process.nextTick(done, null, this.values.get(`${model}:${key}`)?.value ?? null)
  }

  set(model: string, key: string, value: unknown, options: { ttl?: number }, done: Done): void {
    this.values.set(`${model}:${key}`, { value, ttl: options.ttl })
    process.nextTick(done, null)
  }

  expire(model: string, key: string, ttl: number, options: object, done: Done): void {
    const entry = this.values.get(`${model}:${key}`)
    if (!entry) return void process.nextTick(done, Object.assign(new Error('no such key'), { statusCode: 404 }))
    entry.ttl = ttl
    process.nextTick(done, null)
  }

  ttl(model: string, key: string, options: object, done: Done): void {
    process.nextTick(done, null, this.values.get(`${model}:${key}`)?.ttl)
  }

  iterateKeys(model: string) {
    const keys = [...this.values.keys()].filter((key) => key.startsWith(`${model}:`)).map((key) => key.slice(model.length + 1))
    return { next: (done: Done) => process.nextTick(done, null, keys.shift()) }
  }
}

describe('a key-value connector of LoopBack', () => {
  const entity: Entity = defineEntity({ name: 'Session', properties: { id: { type: 'string', id: true } } })
  const initialize = (dataSource: Host, done: Done) => {
    dataSource.connector = new Box(dataSource)
    process.nextTick(done, null)
  }
  const source = new DataSource({ initialize }, {})
  const store = source.connector as KeyValueConnector

  it('stores values, with and without a time', async () => {
    await store.set({ entity, key: 'a', value: { n: 1 }, ttl: 500 }, plainCall)
    await store.set({ entity, key: 'b', value: 'x' }, plainCall)
    expect(await store.get({ entity, key: 'a' }, plainCall)).toEqual({ n: 1 })
    expect(await store.get({ entity, key: 'c' }, plainCall)).toBeNull()
    expect(await store.ttl({ entity, key: 'a' }, plainCall)).toBe(500)
    expect(await store.ttl({ entity, key: 'b' }, plainCall)).toBeUndefined()
  })

  it('lists keys over its iterator', async () => {
    const keys: string[] = []
    for await (const key of store.keys({ entity }, plainCall)) keys.push(key)
    expect(keys).toEqual(['a', 'b'])
  })

  it('says which key is missing', async () => {
    await store.expire({ entity, key: 'b', ttl: 9 }, plainCall)
    await expect(Promise.resolve(store.expire({ entity, key: 'zz', ttl: 9 }, plainCall))).rejects.toMatchObject({
      code: 'KEY_NOT_FOUND',
      statusCode: 404,
    })
  })

  it('says what the connector cannot do', async () => {
    await expect(Promise.resolve(store.delete({ entity, key: 'a' }, plainCall))).rejects.toMatchObject({
      code: 'CONNECTOR_NOT_SUPPORTED',
      statusCode: 501,
    })
  })
})
