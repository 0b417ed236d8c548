import { closeAll, serve } from '../served'

afterAll(closeAll)

type Next = (error?: unknown) => void
type Req = { trace?: string[]; url: string; method: string; body?: unknown; app?: unknown; headers: Record<string, string> }
type Res = {
  json(body: unknown): void
  status(code: number): Res
  send(body: unknown): void
  set(name: string, value: string): Res
  end(): void
}

const tracer = (name: string) => (req: Req, _res: Res, next: Next) => {
  ;(req.trace ??= []).push(name)
  next()
}

const answer = (req: Req, res: Res) => res.json(req.trace)

describe('phases', () => {
  it('run in LoopBack’s order, whatever the order of registration', async () => {
    const { app, ask } = serve()
    app.middleware('final', answer)
    for (const phase of ['files', 'routes:after', 'routes', 'parse', 'auth:after', 'auth', 'auth:before', 'session', 'initial'])
      app.middleware(phase, tracer(phase))
    app.use(tracer('use'))
    app.middleware('routes:before', tracer('routes:before'))
    app.middleware('initial', tracer('initial again'))
    expect((await ask('GET', '/x')).body).toEqual([
      'initial',
      'initial again',
      'session',
      'auth:before',
      'auth',
      'auth:after',
      'parse',
      'routes:before',
      'use',
      'routes',
      'routes:after',
      'files',
    ])
  })

  it('can be added: a list by its order, a name before parse', async () => {
    const { app, ask } = serve()
    app.defineMiddlewarePhases(['initial', 'custom', 'auth'])
    app.defineMiddlewarePhases('single')
    for (const phase of ['parse', 'single', 'auth', 'custom', 'initial']) app.middleware(phase, tracer(phase))
    app.middleware('final', answer)
    expect((await ask('GET', '/x')).body).toEqual(['initial', 'custom', 'auth', 'single', 'parse'])
    expect(() => app.middleware('unknown', answer)).toThrow('Unknown middleware phase unknown')
    expect(() => app.middleware('', answer)).toThrow('A phase must be a name')
    expect(() => app.middleware('auth', 'text')).toThrow('needs a handler function')
  })

  it('are for paths, which handlers see cut off', async () => {
    const { app, ask } = serve()
    app.middleware('initial', ['/a', /^\/b+/], (req: Req, res: Res) => res.json(req.url))
    expect((await ask('GET', '/a/x')).body).toBe('/x')
    expect((await ask('GET', '/bb')).status).toBe(200)
    expect((await ask('GET', '/c')).status).toBe(404)
  })

  it('stand around the API: before it by default, after it when it has its place', async () => {
    const { app, ask } = serve()
    const seen: string[] = []
    const see = (name: string) => (_req: Req, _res: Res, next: Next) => {
      seen.push(name)
      next()
    }
    app.middlewareFromConfig('loopback#rest', { phase: 'routes', paths: ['/api'] })
    app.middleware('routes', see('after the API'))
    app.middleware('files', see('files'))
    app.use(see('use'))
    expect((await ask('GET', '/api/Notes')).body).toEqual([])
    expect(seen.splice(0)).toEqual(['use'])
    await ask('GET', '/elsewhere')
    expect(seen).toEqual(['use', 'after the API', 'files'])
  })
})

describe('an application without such handlers', () => {
  it('does not load Express', async () => {
    const { app, ask } = serve()
    app.middlewareFromConfig('loopback#rest', { phase: 'routes', paths: '/v1' })
    app.middlewareFromConfig('loopback#urlNotFound', { phase: 'final' })
    app.middlewareFromConfig('body-parser#json', { phase: 'parse', params: { limit: '1mb' } })
    const get = jest.spyOn(app, 'get')
    expect((await ask('GET', '/v1/Notes')).body).toEqual([])
    expect((await ask('GET', '/x')).body.error.message).toBe('Cannot GET /x')
    expect(get.mock.calls.some(([name]) => name === 'query parser fn')).toBe(false)
    expect(app.remotes().limits.body.json).toBe(1024 * 1024)
  })
})

describe('the request', () => {
  it('reaches the API with its body unread', async () => {
    const { app, ask } = serve()
    app.use(tracer('use'))
    expect((await ask('POST', '/api/Notes', { body: { title: 'a' } })).body).toEqual({ title: 'a', id: 1 })
  })

  it('reaches the API with the body that an Express parser has read', async () => {
    const { app, ask } = serve()
    const { express } = jest.requireActual<typeof import('../../src')>('../../src')
    app.use((express.json as (options?: object) => unknown)())
    app.use((express.urlencoded as (options?: object) => unknown)({ extended: true }))
    app.use((req: Req, _res: Res, next: Next) => {
      if (req.method === 'POST') (req.body as { seen?: boolean }).seen = true
      next()
    })
    expect((await ask('POST', '/api/Notes', { body: { title: 'a' } })).body).toEqual({ title: 'a', seen: true, id: 1 })
    const form = { body: 'title=b', headers: { 'content-type': 'application/x-www-form-urlencoded' } }
    expect((await ask('POST', '/api/Notes', form)).body).toEqual({ title: 'b', seen: true, id: 2 })
    const poisoned = { body: '{"title":"a","__proto__":{"x":1}}', headers: { 'content-type': 'application/json' } }
    expect((await ask('POST', '/api/Notes', poisoned)).status).toBe(400)
    expect(({} as { x?: number }).x).toBeUndefined()
    expect((await ask('POST', '/api/Notes', { body: '{bad', headers: { 'content-type': 'application/json' } })).status).toBe(400)
  })

  it('keeps what middleware put on it, for hooks and methods', async () => {
    const { app, ask } = serve()
    app.use((req: Req & { user?: string }, _res: Res, next: Next) => {
      req.user = 'ann'
      next()
    })
    const { Note } = app.models as never as { Note: Record<string, Function> }
    Note.who = async (req: Req & { user: string; get(name: string): string; ip: string; query: object }) => [
      req.user,
      req.get('x-a'),
      typeof req.ip,
      req.query,
      req.app === app,
    ]
    ;(Note.remoteMethod as Function)('who', {
      accepts: { arg: 'req', type: 'object', http: { source: 'req' } },
      returns: { arg: 'x', type: 'array', root: true },
      http: { verb: 'get' },
    })
    expect((await ask('GET', '/api/Notes/who?q=1', { headers: { 'x-a': 'b' } })).body).toEqual(['ann', 'b', 'string', { q: '1' }, true])
  })

  it('is routed by the URL that middleware gives it', async () => {
    const { app, ask } = serve()
    app.use((req: Req, _res: Res, next: Next) => {
      req.url = req.url.replace('/old/', '/api/')
      next()
    })
    expect((await ask('GET', '/old/Notes')).body).toEqual([])
    expect((await ask('POST', '/old/Notes', { body: { title: 'a' } })).body).toEqual({ title: 'a', id: 1 })
  })

  it('finds handlers that were added after the start', async () => {
    const { app, ask } = serve()
    expect((await ask('GET', '/late')).status).toBe(404)
    app.get('/late', ((_req: Req, res: Res) => res.send('there')) as never)
    app.middleware('initial', (_req: Req, res: Res, next: Next) => {
      res.set('x-late', 'yes')
      next()
    })
    expect((await ask('GET', '/late')).text).toBe('there')
    expect((await ask('GET', '/api/Notes')).headers.get('x-late')).toBe('yes')
  })

  it('goes through the handlers when it is a part of a batch or injected', async () => {
    const { app } = serve()
    app.use((_req: Req, res: Res, next: Next) => {
      res.set('x-seen', 'yes')
      next()
    })
    app.get('/plain', ((req: Req, res: Res) => res.json({ app: req.app === app })) as never)
    await app.ready()
    expect((await app.fastify.inject('/api/Notes')).headers['x-seen']).toBe('yes')
    const plain = await app.fastify.inject('/plain')
    expect([plain.json(), plain.headers['x-powered-by']]).toEqual([{ app: true }, undefined])
  })
})
