import Fastify, { type FastifyInstance } from 'fastify'
import type { AddressInfo } from 'node:net'
import { DataSource } from '@reloop/juggler'
import { httpPlugin, RemoteObjects, SharedClass, type HttpContext, type MethodOptions } from '@reloop/remoting'
import { connector, type ModelClass, type RemoteSettings } from '../../src'

const root = { arg: 'x', type: 'any', root: true } as const
const path = { source: 'path' } as const

/** What both servers share: the definitions, without the functions. */
const methods: Record<string, MethodOptions> = {
  greet: {
    isStatic: true,
    accepts: [
      { arg: 'name', type: 'string', required: true },
      { arg: 'options', type: 'object', http: (ctx: HttpContext) => ({ sender: ctx.req.get('authorization') ?? 'nobody' }) },
    ],
    returns: root,
    http: { verb: 'get' },
  },
  pair: {
    isStatic: true,
    returns: [
      { arg: 'a', type: 'number' },
      { arg: 'b', type: 'date' },
    ],
    http: { verb: 'get' },
  },
  fail: { isStatic: true, http: { verb: 'post' } },
  rename: { accepts: { arg: 'name', type: 'string' }, returns: root, http: { verb: 'put', path: '/rename' } },
  __get__orders: { accepts: { arg: 'filter', type: 'object' }, returns: root, http: { verb: 'get', path: '/orders' } },
  find: { isStatic: true, accepts: { arg: 'filter', type: 'object' }, returns: root, http: { verb: 'get', path: '/' } },
}

function shareOn(ctor: Function): SharedClass {
  const sharedCtor = Object.assign((id: number) => Object.assign(Object.create(ctor.prototype as object) as object, { id }), {
    accepts: { arg: 'id', type: 'number', http: path },
    http: { path: '/:id' },
  })
  Object.assign(ctor, { sharedCtor })
  const shared = new SharedClass('Customer', ctor)
  shared.http.path = '/Customers'
  for (const [name, options] of Object.entries(methods)) shared.defineMethod(name, options)
  return shared
}

class There {
  declare id: number
  static greet = (name: string, { sender }: { sender: string }) => `Hello ${name}, says ${sender}`
  static pair = () => [1, new Date(0)]
  static fail = () => Promise.reject(Object.assign(new Error('No such customer'), { statusCode: 404, code: 'GONE' }))
  static find = () => [{ id: 7, name: 'Ada' }]
  rename(name: string) {
    return `${this.id} is ${name}`
  }
  __get__orders(filter: unknown) {
    return [{ customerId: this.id, filter }]
  }
}

let fastify: FastifyInstance
let url: string
beforeAll(async () => {
  const remotes = RemoteObjects.create({ errorHandler: { log: false } })
  remotes.addClass(shareOn(There))
  fastify = Fastify()
  await fastify.register(httpPlugin, { remotes, prefix: '/api' })
  await fastify.listen({ port: 0, host: '127.0.0.1' })
  url = `http://127.0.0.1:${(fastify.server.address() as AddressInfo).port}/api`
})
afterAll(async () => {
  fastify.server.closeAllConnections()
  await fastify.close()
})

function customer(settings: Partial<RemoteSettings> = {}): any {
  const source: any = new DataSource({ connector, url, ...settings })
  const Customer = source.modelBuilder.define('Customer', { id: { type: 'number', id: true }, name: 'string' })
  Customer.sharedClass = shareOn(Customer)
  Customer.attachTo(source)
  return Customer
}

describe('methods of a model that lives on another server', () => {
  it('run there: with promises and with callbacks', async () => {
    const Customer = customer()
    expect(await Customer.greet('Ada')).toBe('Hello Ada, says nobody')
    expect(await new Promise((resolve) => Customer.greet('Ada', (_error: unknown, text: string) => resolve(text)))).toBe(
      'Hello Ada, says nobody',
    )
    expect(await Customer.pair()).toEqual({ a: 1, b: new Date(0) })
  })

  it('of instances and of relations go by their id', async () => {
    const Customer = customer()
    const ada = await Customer.findById(7)
    expect(ada).toMatchObject({ id: 7, name: 'Ada' })
    expect(await ada.rename('Eve')).toBe('7 is Eve')
    expect(await ada.__get__orders({ limit: 2 })).toEqual([{ customerId: 7, filter: { limit: 2 } }])
  })

  it('fail with the error of the other server', async () => {
    await expect(customer().fail()).rejects.toMatchObject({ message: 'No such customer', statusCode: 404, code: 'GONE' })
  })

  it('send the token of a call where the setting says so, and not otherwise', async () => {
    const options = { accessToken: { id: 'abc' } }
    expect(await customer({ passAccessToken: true }).greet('Ada', options)).toBe('Hello Ada, says abc')
    expect(await customer().greet('Ada', options)).toBe('Hello Ada, says nobody')
  })

  it('that are shared later are replaced when they are', async () => {
    const Customer = customer()
    ;(Customer.sharedClass as SharedClass).defineMethod('late', {
      isStatic: true,
      returns: root,
      http: { verb: 'get', path: '/greet' },
      accepts: { arg: 'name', type: 'string' },
    })
    expect(Customer.late).toBeUndefined()
    Customer.emit('remoteMethodAdded')
    expect(await Customer.late('Ada')).toBe('Hello Ada, says nobody')
  })

  it('may be of any class that shares methods', async () => {
    class Plain {}
    const Model = Object.assign(Plain, { modelName: 'Customer' }) as unknown as ModelClass & { greet(name: string): Promise<string> }
    Object.assign(Model, { sharedClass: shareOn(Plain) })
    customer().dataSource.connector.resolve(Model)
    expect(await Model.greet('Ada')).toBe('Hello Ada, says nobody')
  })
})
