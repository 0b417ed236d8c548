import { createServer } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import type { Server } from 'node:http'
import { createApplication, createRegistry } from '../../src'
import { closeAll, note, serve } from '../notes'

afterAll(closeAll)

describe('an application', () => {
  it('is a request listener, also before anything listens', async () => {
    const { app, model } = serve()
    model(note)
    const server = createServer(app).listen(0)
    const { port } = server.address() as AddressInfo
    const made = await fetch(`http://127.0.0.1:${port}/api/Notes`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"title":"a"}',
    })
    expect([made.status, await made.json()]).toEqual([200, { title: 'a', id: 1 }])
    server.close()
    server.closeAllConnections()
  })

  it('hands paths that are not its own back to who called it', async () => {
    const { app } = serve()
    const server = createServer((req, res) => app(req, res, () => res.end('from outside'))).listen(0)
    const { port } = server.address() as AddressInfo
    expect(await (await fetch(`http://127.0.0.1:${port}/elsewhere`)).text()).toBe('from outside')
    expect((await fetch(`http://127.0.0.1:${port}/api/Nothing`)).status).toBe(404)
    server.close()
    server.closeAllConnections()
  })

  it('listens: the server is there at once, the events follow, the settings say where', async () => {
    const { app } = serve()
    const told: string[] = []
    app.on('listening', () => told.push('listening'))
    const server = app.listen(0, '127.0.0.1', () => told.push('callback'))
    expect(server.listening).toBe(false)
    await once(app, 'listening')
    const { port } = server.address() as AddressInfo
    expect(told).toEqual(['callback', 'listening'])
    expect(app.get('port')).toBe(port)
    expect(app.get('url')).toBe(`http://127.0.0.1:${port}/`)
  })

  it('starts and stops', async () => {
    const { app } = serve('modern', { port: 0, host: '127.0.0.1' })
    const told: string[] = []
    for (const event of ['listening', 'started', 'stopped']) app.on(event, () => told.push(event))
    const server = await app.start()
    expect(server.listening).toBe(true)
    await app.stop()
    expect([server.listening, told]).toEqual([false, ['listening', 'started', 'stopped']])
  })

  it('says which port is in use and what to do', async () => {
    const blocker = createServer().listen(0, '127.0.0.1')
    await once(blocker, 'listening')
    const { port } = blocker.address() as AddressInfo
    const { app } = serve()
    const server: Server = app.listen(port, '127.0.0.1')
    const [error] = (await once(server, 'error')) as [Error & { code: string; hint: string }]
    expect([error.code, error.message]).toEqual(['APP_PORT_IN_USE', `Port ${port} of 127.0.0.1 is in use by another process.`])
    expect(error.hint).toContain('PORT')
    blocker.close()
  })

  it('rejects start() when the port is in use', async () => {
    const blocker = createServer().listen(0, '127.0.0.1')
    await once(blocker, 'listening')
    const { app } = serve('modern', { port: (blocker.address() as AddressInfo).port, host: '127.0.0.1' })
    await expect(app.start()).rejects.toMatchObject({ code: 'APP_PORT_IN_USE' })
    blocker.close()
  })

  it('answers unknown and malformed URLs like the API does', async () => {
    const { ask } = serve()
    expect(await ask('GET', '/nothing')).toMatchObject({
      status: 404,
      body: { error: { statusCode: 404, message: 'Cannot GET /nothing', code: 'URL_NOT_FOUND' } },
    })
    expect(await ask('GET', '/api/%zz')).toMatchObject({ status: 400, body: { error: { code: 'URL_MALFORMED' } } })
  })

  it('finds the API whatever the case of its root, and under another root when set', async () => {
    const { ask, model } = serve('modern', { restApiRoot: '/v1/' })
    model(note)
    expect((await ask('GET', '/V1/notes')).status).toBe(200)
    expect((await ask('GET', '/api/Notes')).status).toBe(404)
  })

  it('keeps settings', () => {
    const { app } = serve()
    app.set('a', 1).enable('b').disable('c')
    expect([app.get('a'), app.enabled('b'), app.disabled('c'), app.get('d')]).toEqual([1, true, true, undefined])
  })

  it('takes plain routes with requests and responses as Express has them', async () => {
    const { app, ask } = serve()
    app.get('/hello/:name', ((
      req: { params: { name: string }; query: object },
      res: { status(code: number): { json(body: unknown): void } },
    ) => {
      res.status(201).json({ hello: req.params.name, query: req.query })
    }) as never)
    app.post('/next', (_req: unknown, _res: unknown, next: (error?: unknown) => void) =>
      next(Object.assign(new Error('no'), { statusCode: 418 })),
    )
    expect(await ask('GET', '/hello/ann?a=1')).toMatchObject({ status: 201, body: { hello: 'ann', query: { a: '1' } } })
    expect(await ask('POST', '/next')).toMatchObject({ status: 418, body: { error: { message: 'no' } } })
    expect(() => app.get('/late', (() => undefined) as never)).toThrow('comes too late')
  })

  it('says what to install for Express middleware', () => {
    const { app } = serve()
    const missing = 'needs Express, and the package @reloop/express is not installed'
    expect(() => app.use(function session() {})).toThrow(`The middleware session ${missing}`)
    expect(() => app.route('/x')).toThrow(missing)
    expect(() => app.param('id', () => undefined)).toThrow(missing)
    expect(() => app.get('/a', (() => undefined) as never, (() => undefined) as never)).toThrow(`app.get() ${missing}`)
    expect(() => app.use()).toThrow('app.use() needs a handler function, not nothing')
    expect(() => app.use('/x', 'y')).toThrow('app.use() needs a handler function, not string')
  })

  it('takes entries of middleware.json that it knows itself', async () => {
    const { app, ask } = serve()
    app.middlewareFromConfig('loopback#favicon', { phase: 'initial:before' })
    app.middlewareFromConfig('cors', { phase: 'initial', params: { origin: 'https://good.example' } })
    app.middlewareFromConfig('loopback#rest', { phase: 'routes', paths: ['/rest'] })
    app.middlewareFromConfig('loopback#status', { phase: 'routes', paths: '/status' })
    app.middlewareFromConfig('strong-error-handler', { phase: 'final:after', params: { safeFields: ['hint'], log: false } })
    app.middlewareFromConfig('helmet', { enabled: false })
    expect(() => app.middlewareFromConfig('no-such-thing', {})).toThrow('needs a handler function, not no-such-thing')
    expect(() => app.middlewareFromConfig('cors', { phase: 'nowhere:after' })).toThrow('Unknown middleware phase nowhere')
    expect((await ask('GET', '/favicon.ico')).status).toBe(204)
    expect((await ask('GET', '/status')).body).toEqual({ started: expect.any(String), uptime: expect.any(Number) })
    expect((await ask('GET', '/rest/Nothing', undefined, { origin: 'https://good.example' })).headers).toMatchObject({
      'access-control-allow-origin': 'https://good.example',
    })
  })

  it('describes everything that it shares', () => {
    const { app, model } = serve('modern', { title: 'Notes', version: '2.0.0' })
    model(note)
    model({ name: 'Secret', properties: { text: 'string' } }, { public: false })
    const contract = app.contract()
    expect(contract).toMatchObject({ reloop: 1, basePath: '/api', info: { title: 'Notes', version: '2.0.0' } })
    expect(contract.classes.map(({ name, path }) => [name, path])).toEqual([['Note', '/Notes']])
    expect(contract.types.Note).toMatchObject({ type: 'object', properties: { title: { type: ['string', 'null'] } } })
    const find = contract.classes[0]!.methods.find((method) => method.name === 'find')!
    expect(find).toMatchObject({
      isStatic: true,
      accessType: 'READ',
      accepts: [{ name: 'filter', source: 'any' }],
      returns: [{ type: ['Note'], root: true }],
      routes: [{ verb: 'get', path: '/' }],
    })
    const patch = contract.classes[0]!.methods.find((method) => method.name === 'prototype.patchAttributes')!
    expect([patch.aliases, patch.routes, patch.accepts.map(({ name }) => name)]).toEqual([
      ['updateAttributes'],
      [{ verb: 'patch', path: '/:id' }],
      ['id', 'data'],
    ])
  })

  it('points to @reloop/boot for booting, and knows the handlers rest and jsonrpc', () => {
    const { app } = serve()
    expect(() => app.boot()).toThrow('@reloop/boot')
    expect(() => app.handler('soap')).toThrow('There is no handler of type "soap"')
    expect(app.handler('rest')).toBe(app.handler('rest'))
  })

  it('keeps its bounds: URL, headers', async () => {
    const { app, ask } = serve('modern', { limits: { url: 100, headers: 2000 } })
    expect((await ask('GET', `/api/${'a'.repeat(95)}`)).status).toBe(404)
    expect((await ask('GET', `/api/${'a'.repeat(96)}`)).status).toBe(414)
    expect((await ask('GET', '/api/x', undefined, { 'x-long': 'a'.repeat(2000) })).status).toBe(431)
    expect(app.remotes().limits.url).toBe(100)
  })
})

describe('models of an application', () => {
  it('are found under the spellings of LoopBack, and listed', () => {
    const { app, model } = serve()
    const Model = model({ name: 'line-item', properties: {} })
    for (const name of ['line-item', 'lineItem', 'LineItem']) expect(app.models[name]).toBe(Model)
    expect(app.models()).toEqual([Model])
    expect(app.dataSources.Db).toBe(app.dataSources.db)
  })

  it('name data sources that exist, or say which one was meant', () => {
    const { app } = serve()
    const Note = app.registry.createModel(note)
    expect(() => app.model(Note, { dataSource: 'dbs' })).toThrow(
      'Note is referencing a dataSource that does not exist: "dbs". Did you mean "db"?',
    )
    expect(() => app.dataSource('bad', { connector: 'no-such-store' })).toThrow('Cannot create data source "bad": ')
    expect(() => app.model({} as never, {})).toThrow('app.model needs a model class')
  })

  it('tell the application what happens to them', () => {
    const { app, model } = serve()
    const told: string[] = []
    app.on('modelRemoted', (shared: { name: string }) => told.push(`remoted ${shared.name}`))
    app.on('remoteMethodDisabled', (shared: { name: string }, method: string) => told.push(`disabled ${shared.name}.${method}`))
    app.on('modelDeleted', () => told.push('deleted'))
    const Note = app.registry.createModel(note)
    Note.once('attached', (to: unknown) => told.push(`attached ${String(to === app)}`))
    app.model(Note, { dataSource: 'db' })
    Note.disableRemoteMethodByName('find')
    app.deleteModelByName('Note')
    expect(told).toEqual(['attached true', 'remoted Note', 'disabled Note.find', 'deleted'])
    expect([app.models.Note, app.registry.findModel('Note'), app.models()]).toEqual([undefined, undefined, []])
    void model
  })

  it('added after the start are served, and gone when deleted', async () => {
    const { app, ask, model } = serve()
    expect((await ask('GET', '/api/Notes')).status).toBe(404)
    model(note)
    expect((await ask('GET', '/api/Notes')).body).toEqual([])
    app.deleteModelByName('Note')
    expect((await ask('GET', '/api/Notes')).status).toBe(404)
  })

  it('that are not public are not served', async () => {
    const { ask, model } = serve()
    model(note, { public: false })
    expect((await ask('GET', '/api/Notes')).status).toBe(404)
  })

  it('are built from a name in 2.x only', () => {
    const { app } = serve('2.x')
    expect(app.model('Quick', { dataSource: 'db', properties: { a: 'string' } }).modelName).toBe('Quick')
    expect(() => createApplication({ registry: createRegistry({ compat: 'modern' }) }).model('Quick', {})).toThrow('does not build models')
  })

  it('show only the methods that sharedMethods lets through, also those of relations', async () => {
    const { ask, model } = serve('modern', {
      remoting: { sharedMethods: { '*': false, find: true, create: true, 'prototype.__get__*': true }, errorHandler: { log: false } },
    })
    model({
      name: 'Author',
      properties: { name: 'string' },
      relations: { notes: { type: 'hasMany', model: 'Note', foreignKey: 'authorId' } },
    })
    model(note, { options: { remoting: { sharedMethods: { count: true } } } })
    await ask('POST', '/api/Authors', { name: 'Ann' })
    expect((await ask('GET', '/api/Authors')).status).toBe(200)
    expect((await ask('GET', '/api/Authors/count')).status).toBe(404)
    expect((await ask('GET', '/api/Notes/count')).status).toBe(200)
    expect((await ask('GET', '/api/Authors/1/notes')).status).toBe(200)
    expect((await ask('POST', '/api/Authors/1/notes', { title: 'a' })).status).toBe(404)
    expect(() => model({ name: 'Bad', properties: {} }, { options: { remoting: { sharedMethods: { find: 'yes' } } } })).toThrow(
      'Expected boolean, got "yes"',
    )
  })
})
