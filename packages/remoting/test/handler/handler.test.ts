import { once } from 'node:events'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { RemoteObjects, type HttpContext, type RemotingOptions } from '../../src'
import { share, type Shared } from '../serve'

const express = require('express')

const root = { arg: 'x', type: 'any', root: true }
const notes: Record<string, Shared> = {
  find: {
    accepts: { arg: 'filter', type: 'object', http: { source: 'query' } },
    returns: { arg: 'x', type: ['Note'], root: true },
    http: [
      { verb: 'get', path: '/' },
      { verb: 'post', path: '/search' },
    ],
    description: 'Finds notes.',
    fn: (filter: unknown) => [filter ?? 'all'],
  },
  add: {
    accepts: { arg: 'data', type: 'object', http: { source: 'body' } },
    returns: root,
    http: { verb: 'post', path: '/', status: 201 },
    fn: (data: unknown) => data,
  },
  fail: { http: { verb: 'get' }, fn: () => Promise.reject(Object.assign(new Error('No such note'), { statusCode: 404 })) },
  who: { accepts: { arg: 'ctx', type: 'object', http: { source: 'context' } }, returns: root, http: { verb: 'get' }, fn: seen },
  'prototype.read': { returns: root, http: { verb: 'get', path: '/' }, fn: read },
}

function seen({ req }: HttpContext) {
  return {
    path: req.path,
    url: req.url,
    originalUrl: req.originalUrl,
    baseUrl: req.baseUrl,
    query: req.query,
    user: req.user,
    ip: typeof req.ip,
  }
}

function read(this: { id: unknown }) {
  return { id: this.id }
}

function make(options: RemotingOptions = {}): RemoteObjects {
  const remotes = RemoteObjects.create({ errorHandler: { log: false }, ...options })
  remotes.addClass(share('Note', notes))
  return remotes
}

const open: Server[] = []
function serve(listener: RequestListener) {
  const server = createServer(listener).listen(0, '127.0.0.1')
  open.push(server)
  const listening = once(server, 'listening')
  return async (path: string, init?: RequestInit) => {
    await listening
    const reply = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`, init)
    const text = await reply.text()
    return {
      status: reply.status,
      text,
      body: text === '' || !/json/.test(String(reply.headers.get('content-type'))) ? text : JSON.parse(text),
    }
  }
}
afterEach(() => {
  for (const server of open.splice(0)) {
    server.closeAllConnections()
    server.close()
  }
})

const json = (body: unknown, headers: Record<string, string> = {}): RequestInit => ({
  method: 'POST',
  body: JSON.stringify(body),
  headers: { 'content-type': 'application/json', ...headers },
})

describe('remotes.handler("rest")', () => {
  it('serves a program that has a server of its own', async () => {
    const ask = serve(make().handler('rest'))
    expect(await ask('/Note/7')).toMatchObject({ status: 200, body: { id: 7 } })
    expect(await ask('/Note', json({ a: 1 }))).toMatchObject({ status: 201, body: { a: 1 } })
    expect(await ask('/Note/fail')).toMatchObject({ status: 404, body: { error: { message: 'No such note' } } })
    expect(await ask('/Nothing')).toMatchObject({ status: 404, body: { error: { code: 'REMOTING_CLASS_UNKNOWN' } } })
    expect(await ask('/%zz')).toMatchObject({ status: 400, body: { error: { code: 'REMOTING_URL_MALFORMED' } } })
  })

  it('answers whatever verb comes, and whatever is left to a next handler that is not there', async () => {
    const ask = serve(make({ rest: { handleErrors: false, handleUnknownPaths: false } }).handler('rest'))
    expect(await ask('/Note/7', { method: 'PROPFIND' })).toMatchObject({ status: 404 })
    expect(await ask('/Nothing')).toMatchObject({ status: 404, body: { error: { code: 'REMOTING_CLASS_UNKNOWN' } } })
    expect(await ask('/Note/fail')).toMatchObject({ status: 404, body: { error: { message: 'No such note' } } })
  })

  it('serves requests that come before it is ready, and methods that come after', async () => {
    const remotes = make()
    const ask = serve(remotes.handler('rest'))
    expect((await Promise.all(['1', '2', '3'].map((id) => ask(`/Note/${id}`)))).map(({ body }) => body.id)).toEqual([1, 2, 3])
    remotes.addClass(share('Late', { hello: { returns: root, http: { verb: 'get' }, fn: () => 'hello' } }))
    expect((await ask('/Late/hello')).body).toBe('hello')
  })
})

describe('remotes.handler("rest") inside Express', () => {
  const around = (remotes: RemoteObjects, ...before: unknown[]) => {
    const app = express()
    for (const handler of before) app.use(handler)
    app.use('/api', remotes.handler('rest'))
    app.get('/api/further', (_req: unknown, res: any) => void res.status(203).json({ express: true }))
    app.use((error: Error, _req: unknown, res: any, _next: unknown) => void res.status(500).json({ express: error.message }))
    return serve(app)
  }

  it('is mounted under a path, and sees what middleware put on the request', async () => {
    const ask = around(make(), (req: object, _res: unknown, next: () => void) => {
      Object.assign(req, { user: 'ada' })
      next()
    })
    expect((await ask('/api/Note/who?a=1')).body).toEqual({
      path: '/Note/who',
      url: '/Note/who?a=1',
      originalUrl: '/api/Note/who?a=1',
      baseUrl: '/api',
      query: { a: '1' },
      user: 'ada',
      ip: 'string',
    })
  })

  it('takes a body that was read before, whatever it was written in, and reads one that was not', async () => {
    const read = around(make(), express.json(), express.urlencoded({ extended: true }))
    const form = { method: 'POST', body: 'a=1&b[c]=2', headers: { 'content-type': 'application/x-www-form-urlencoded' } }
    expect((await read('/api/Note', json({ a: { b: [1] } }))).body).toEqual({ a: { b: [1] } })
    expect((await read('/api/Note', form)).body).toEqual({ a: '1', b: { c: '2' } })
    expect((await around(make())('/api/Note', json({ a: 1 }))).body).toEqual({ a: 1 })
  })

  it('33: refuses keys that reach for a prototype also in a body that was read before', async () => {
    const ask = around(make(), express.json())
    const reply = await ask('/api/Note', { ...json({}), body: '{"__proto__":{"polluted":true}}' })
    expect(reply).toMatchObject({ status: 400, body: { error: { code: 'REMOTING_KEY_REFUSED' } } })
    expect(({} as Record<string, unknown>).polluted).toBeUndefined()
  })

  it('leaves errors and unknown paths to Express where the settings say so, also after a hook has used the response', async () => {
    const remotes = make({ rest: { handleErrors: false, handleUnknownPaths: false } })
    remotes.before('**', (ctx: HttpContext) => void ctx.res.set('x-seen', 'yes'))
    const ask = around(remotes)
    expect(await ask('/api/Note/fail')).toMatchObject({ status: 500, body: { express: 'No such note' } })
    expect(await ask('/api/further')).toMatchObject({ status: 203, body: { express: true } })
    expect((await ask('/api/Note/7')).body).toEqual({ id: 7 })
  })

  it('answers them itself otherwise', async () => {
    const ask = around(make())
    expect(await ask('/api/Note/fail')).toMatchObject({ status: 404, body: { error: { message: 'No such note' } } })
    expect(await ask('/api/further')).toMatchObject({ status: 404 })
  })
})

describe('the adapter of a handler', () => {
  const { adapter } = make().handler('rest')

  it('lists classes with their methods, as generators of clients walk them', () => {
    const [note] = adapter.getClasses()
    expect(note).toMatchObject({ name: 'Note', routes: [{ path: '/Note', verb: 'all' }] })
    expect(note!.getPath()).toBe('/Note')
    expect(note!.ctor).toMatchObject({ name: 'sharedCtor', accepts: [{ arg: 'id' }] })
    const lines = note!.methods.map((method) => [
      method.name,
      method.fullName,
      method.getHttpMethod(),
      method.getPath(),
      method.getFullPath(),
      method.isReturningArray(),
      method.acceptsSingleBodyArgument(),
    ])
    expect(lines).toEqual([
      ['find', 'Note.find', 'GET', '/', '/Note', true, false],
      ['add', 'Note.add', 'POST', '/', '/Note', false, true],
      ['fail', 'Note.fail', 'GET', '/fail', '/Note/fail', false, false],
      ['who', 'Note.who', 'GET', '/who', '/Note/who', false, false],
      ['prototype.read', 'Note.prototype.read', 'GET', '/', '/Note/:id', false, false],
    ])
    expect(note!.methods[0]!.getEndpoints()).toEqual([
      { verb: 'GET', fullPath: '/Note' },
      { verb: 'POST', fullPath: '/Note/search' },
    ])
  })

  it('lists all routes, those that make instances among them', () => {
    expect(adapter.allRoutes().map(({ verb, path, method }) => `${verb} ${path} ${method}`)).toEqual([
      'all /Note/:id Note.sharedCtor',
      'get /Note Note.find',
      'post /Note/search Note.find',
      'post /Note Note.add',
      'get /Note/fail Note.fail',
      'get /Note/who Note.who',
      'get /Note/:id Note.prototype.read',
    ])
    expect(adapter.allRoutes()[1]).toMatchObject({ description: 'Finds notes.', documented: true, accepts: [{ arg: 'filter' }] })
  })

  it('finds methods by name, and the routes of a class or a method', () => {
    const [note] = make().classes()
    expect(adapter.getRestMethodByName('Note.prototype.read')?.name).toBe('prototype.read')
    expect(adapter.getRestMethodByName('Note.nothing')).toBeUndefined()
    expect(adapter.getRestMethodByName('Nothing.find')).toBeUndefined()
    expect(adapter.getRoutes(note!)).toEqual([{ path: '/Note', verb: 'all' }])
    expect(adapter.getRoutes(note!.findMethodByName('find')!)).toMatchObject([{ path: '/' }, { path: '/search' }])
  })
})

describe('handlers of other kinds', () => {
  it('jsonrpc takes calls by class, as LoopBack had it, and by whole name', async () => {
    const handler = make().handler('jsonrpc')
    const ask = serve(handler)
    const call = (method: string, params: unknown) => json({ jsonrpc: '2.0', id: 1, method, params })
    expect((await ask('/Note/jsonrpc', call('add', [{ a: 1 }]))).body).toEqual({ jsonrpc: '2.0', id: 1, result: { a: 1 } })
    expect((await ask('/jsonrpc', call('Note.prototype.read', [7]))).body).toMatchObject({ result: { id: 7 } })
    expect((await ask('/Note/nothing')).status).toBe(404)
    expect(handler.adapter.allRoutes()).toEqual([
      { verb: 'POST', path: '/jsonrpc' },
      { verb: 'POST', path: '/Note/jsonrpc' },
    ])
  })

  it('may be of an adapter of the application', async () => {
    class Counting {
      readonly name = 'counting'
      constructor(readonly remotes: RemoteObjects) {}
      createHandler(): RequestListener {
        return (_req, res) => void res.end(String(this.remotes.methods().length))
      }
    }
    const handler = make().handler(Counting)
    expect(handler.adapter).toBeInstanceOf(Counting)
    expect((await serve(handler)('/')).text).toBe('5')
  })

  it.each(['socket-io', 'constructor', '__proto__', ''])('are refused by name: %p', (name) => {
    expect(() => make().handler(name)).toThrow(expect.objectContaining({ code: 'REMOTING_ADAPTER_UNKNOWN' }))
  })
})

describe('old code', () => {
  it('reads all methods as JSON', () => {
    expect(make().toJSON()['Note.add']).toMatchObject({ accepts: [{ arg: 'data' }], returns: [{ arg: 'x' }], errors: [] })
  })

  it('defines types for the process', async () => {
    RemoteObjects.defineType('Initials', (value) =>
      String(value)
        .split(' ')
        .map((word) => word[0])
        .join(''),
    )
    const remotes = RemoteObjects.create()
    const accepts = { arg: 'name', type: 'Initials', http: { source: 'query' } } as const
    remotes.addClass(share('Person', { short: { accepts, returns: root, http: { verb: 'get' }, fn: (name: unknown) => name } }))
    expect((await serve(remotes.handler('rest'))('/Person/short?name=Ada%20Lovelace')).body).toBe('AL')
  })

  it('answers like the line of LoopBack that the process is set to, where none is given', () => {
    process.env.RELOOP_COMPAT = '2.x'
    try {
      expect(RemoteObjects.create().flags.coercion).toBe('loose')
      expect(RemoteObjects.create({}, '3.x').flags.coercion).toBe('typed')
    } finally {
      delete process.env.RELOOP_COMPAT
    }
  })
})
