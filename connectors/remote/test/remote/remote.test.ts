import { compare, defineEntity, plainCall } from '@reloop/connector'
import { DataSource } from '@reloop/juggler'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { connector, createRemoteConnector } from '../../src'
import { otherServer, type OtherServer } from '../server'

const product = defineEntity({
  name: 'Product',
  properties: { id: { type: 'number', id: true, generated: true }, name: { type: 'string', unique: true }, made: 'date', price: 'number' },
})

let server: OtherServer
beforeEach(async () => {
  server = await otherServer()
  server.share(product)
})
afterEach(async () => {
  server.fastify.server.closeAllConnections()
  await server.fastify.close()
})

describe('a model of another server', () => {
  it('is a model here: created, found, changed, counted and removed', async () => {
    const source: any = new DataSource({ connector, url: server.url })
    const Product = source.createModel('Product', { name: 'string', made: 'date', price: 'number' })
    const [lamp] = await Product.create([
      { name: 'Lamp', made: new Date(0), price: 20 },
      { name: 'Chair', price: 55 },
    ])
    expect(lamp.toJSON()).toMatchObject({ id: 1, name: 'Lamp', made: new Date(0) })
    expect((await Product.find({ where: { price: { gt: 10 } }, order: 'price DESC' })).map((found: any) => found.name)).toEqual([
      'Chair',
      'Lamp',
    ])
    await lamp.updateAttributes({ price: 25 })
    expect((await Product.findById(1)).price).toBe(25)
    expect(await Product.count()).toBe(2)
    expect(await Product.destroyAll({ price: { lt: 50 } })).toMatchObject({ count: 1 })
    expect((await Product.find()).map((found: any) => found.name)).toEqual(['Chair'])
    await source.disconnect()
  })

  it('tells of what the other server refuses with its message, status and code', async () => {
    const store = createRemoteConnector({ url: server.url })
    await store.insert({ entity: product, rows: [{ name: 'Lamp' }] }, plainCall)
    await expect(store.insert({ entity: product, rows: [{ name: 'Lamp' }] }, plainCall)).rejects.toMatchObject({
      statusCode: 409,
      code: 'DUPLICATE_ENTRY',
    })
    server.remotes.authorization = async () => Promise.reject(Object.assign(new Error('Authorization Required'), { statusCode: 401 }))
    await expect(store.count({ entity: product }, plainCall)).rejects.toMatchObject({ statusCode: 401, message: 'Authorization Required' })
  })

  it('refuses values that JSON would turn into null', async () => {
    const store = createRemoteConnector({ url: server.url })
    const find = (value: unknown) => store.find({ entity: product, query: { where: compare('price', 'eq', value) } }, plainCall)
    await expect(find(NaN)).rejects.toMatchObject({ statusCode: 400 })
    await expect(find(new Date('no'))).rejects.toMatchObject({ statusCode: 400 })
  })

  it('gives changed rows when they are asked for, and refuses changes that a server cannot make in one step', async () => {
    const store = createRemoteConnector({ url: server.url })
    await store.insert(
      {
        entity: product,
        rows: [
          { name: 'Lamp', price: 1 },
          { name: 'Chair', price: 1 },
        ],
      },
      plainCall,
    )
    const changed = await store.update(
      { entity: product, where: compare('price', 'eq', 1), change: { set: { price: 2 } }, returning: true },
      plainCall,
    )
    expect(changed.count).toBe(2)
    expect(changed.rows!.map(({ price }) => price)).toEqual([2, 2])
    await expect(store.update({ entity: product, change: { inc: { price: 1 } } }, plainCall)).rejects.toMatchObject({
      code: 'CONNECTOR_NOT_SUPPORTED',
    })
  })
})

describe('another server that', () => {
  it('is not there is named when connecting', async () => {
    const store = createRemoteConnector({ url: 'http://ada:secret@127.0.0.1:1/api', retries: 0 })
    await expect(store.connect()).rejects.toMatchObject({ code: 'CONNECTOR_UNREACHABLE', message: expect.stringContaining('127.0.0.1:1') })
    await expect(store.connect()).rejects.toMatchObject({ message: expect.not.stringContaining('secret') })
  })

  it('does not answer is given up', async () => {
    const silent: Server = createServer(() => {})
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
    const url = `http://127.0.0.1:${(silent.address() as AddressInfo).port}`
    const store = createRemoteConnector({ url, timeout: 50, connectionTimeout: 50 })
    await expect(store.connect()).rejects.toMatchObject({ code: 'CONNECTOR_UNREACHABLE' })
    await expect(store.count({ entity: product }, plainCall)).rejects.toMatchObject({ code: 'QUERY_TIMEOUT', statusCode: 504 })
    silent.closeAllConnections()
    silent.close()
  })
})
