import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { express } from '../../src'
import { askerOf, closeAll, serve } from '../served'

afterAll(closeAll)

type Next = (error?: unknown) => void
type Req = { params: Record<string, string>; query: object; body: unknown; item?: string; app: unknown; baseUrl: string; url: string }
type Res = {
  json(body: unknown): void
  status(code: number): Res
  send(body: unknown): void
  render(view: string, locals?: object): void
  cookie(name: string, value: string): Res
  app: unknown
  statusCode: number
}

const say = (text: string) => ((_req: Req, res: Res) => res.send(text)) as never

describe('routes', () => {
  it('are those of Express: several handlers, patterns, every verb, next("route")', async () => {
    const { app, ask } = serve()
    app.get('/two', [(_req: Req, _res: Res, next: Next) => next()] as never, say('second'))
    app.get(/^\/flights?$/, say('pattern'))
    app.get('/ab?cd', say('text pattern'))
    app.get('/skip', ((_req: Req, _res: Res, next: Next) => next('route')) as never, say('never'))
    app.get('/skip', say('other route'))
    app.all('/all', say('all'))
    for (const verb of ['post', 'put', 'patch', 'delete'] as const) app[verb]('/verb', say(verb))
    app.del('/gone', say('del'))
    const texts = await Promise.all(['/two', '/flight', '/acd', '/skip'].map(async (path) => (await ask('GET', path)).text))
    expect(texts).toEqual(['second', 'pattern', 'text pattern', 'other route'])
    expect((await ask('PUT', '/all')).text).toBe('all')
    for (const verb of ['POST', 'PUT', 'PATCH', 'DELETE']) expect((await ask(verb, '/verb')).text).toBe(verb.toLowerCase())
    expect((await ask('DELETE', '/gone')).text).toBe('del')
    expect((await ask('GET', '/verb')).status).toBe(404)
  })

  it('read parameters, also through app.param, and queries', async () => {
    const { app, ask } = serve()
    const show = ((req: Req, res: Res) => res.json([req.params.item, req.item, req.query])) as never
    app.get('/items/:item', show)
    app.param('item', (req: Req, _res: Res, next: Next, value: string) => {
      req.item = value.toUpperCase()
      next()
    })
    ;(app.route('/others/:item') as { get(handler: never): unknown }).get(show)
    expect((await ask('GET', '/items/a?b[c]=1')).body).toEqual(['a', 'A', { b: { c: '1' } }])
    expect((await ask('GET', '/others/x')).body).toEqual(['x', 'X', {}])
  })

  it('belong to routers that are mounted', async () => {
    const { app, ask } = serve()
    const router = express.Router()
    ;(router.get as Function)('/hello', (req: Req, res: Res) => res.json([req.baseUrl, req.app === app]))
    app.use('/sub', router)
    expect((await ask('GET', '/sub/hello')).body).toEqual(['/sub', true])
  })

  it('read bodies with the parsers of the entry, and none without', async () => {
    const { app, ask } = serve()
    app.post('/echo', (req: Req, res: Res) => res.json([req.body]))
    expect((await ask('POST', '/echo', { body: { a: 1 } })).body).toEqual([null])
    app.middlewareFromConfig('body-parser', { phase: 'parse' })
    expect((await ask('POST', '/echo', { body: { a: 1 } })).body).toEqual([{ a: 1 }])
    const form = { body: 'a[b]=1', headers: { 'content-type': 'application/x-www-form-urlencoded' } }
    expect((await ask('POST', '/echo', form)).body).toEqual([{ a: { b: '1' } }])
  })

  it('are taken out again by disuse', async () => {
    const { app, ask } = serve()
    app.use('/out', say('out'))
    app.use('/in', say('in'))
    const route = app.route('/route') as { get(handler: never): unknown }
    route.get(say('route'))
    expect((await ask('GET', '/out')).text).toBe('out')
    app.disuse('/out')
    app.disuse(route)
    expect((await ask('GET', '/out')).status).toBe(404)
    expect((await ask('GET', '/route')).status).toBe(404)
    expect((await ask('GET', '/in')).text).toBe('in')
  })
})

describe('views', () => {
  it('are rendered by engines, with the locals of application, response and call', async () => {
    const { app, ask } = serve()
    const folder = mkdtempSync(join(tmpdir(), 'views-'))
    writeFileSync(join(folder, 'page.txt'), 'title')
    app.engine('txt', (_file: string, locals: Record<string, string>, done: (error: null, text: string) => void) =>
      done(null, [locals.site, locals.user, (locals.settings as unknown as Record<string, string>)['view engine']].join(' ')),
    )
    app.set('views', folder)
    app.set('view engine', 'txt')
    app.locals.site = 'Site'
    app.get('/page', ((_req: Req, res: Res) => res.cookie('a', 'b').status(201)) as never)
    app.get('/view', ((_req: Req, res: Res) => res.render('page', { user: 'ann' })) as never)
    const reply = await ask('GET', '/view')
    expect([reply.status, reply.text, reply.headers.get('content-type')]).toEqual([200, 'Site ann txt', 'text/html; charset=utf-8'])
    const rendered = await new Promise((resolve, reject) => {
      app.render('page', { user: 'bob' }, (error: Error | null, text: string) => (error ? reject(error) : resolve(text)))
    })
    expect(rendered).toBe('Site bob txt')
    rmSync(folder, { recursive: true })
  })
})

describe('errors', () => {
  const broken = ((_req: Req, _res: Res, next: Next) => next(Object.assign(new Error('broken'), { statusCode: 418 }))) as never

  it('are answered like those of the API where no handler does', async () => {
    const { app, ask } = serve()
    app.get('/broken', broken)
    app.get('/thrown', (() => {
      throw new Error('secret')
    }) as never)
    expect((await ask('GET', '/broken')).body).toEqual({ error: { statusCode: 418, name: 'Error', message: 'broken' } })
    const thrown = await ask('GET', '/thrown')
    expect([thrown.status, thrown.text.includes('secret')]).toEqual([500, false])
  })

  it('are heard from promises as well, and the next request is answered', async () => {
    const { app, ask } = serve()
    const reject = (async () => Promise.reject(Object.assign(new Error('rejected'), { statusCode: 409 }))) as never
    app.get('/route', reject)
    app.use('/used', reject)
    app.middleware('final', async (error: Error) => Promise.reject(error))
    expect((await ask('GET', '/route')).body.error.message).toBe('rejected')
    expect((await ask('GET', '/used')).status).toBe(409)
    expect((await ask('GET', '/api/Notes')).status).toBe(200)
  })

  it('go to handlers with four arguments, in the order of phases', async () => {
    const { app, ask } = serve()
    const seen: string[] = []
    app.middleware('final:after', (error: Error, _req: Req, res: Res, _next: Next) =>
      res.status(500).json({ handled: error.message, seen }),
    )
    app.middleware('final', (error: Error, _req: Req, _res: Res, next: Next) => {
      seen.push('final')
      next(error)
    })
    app.middleware('files', (_req: Req, _res: Res, next: Next) => {
      seen.push('never')
      next()
    })
    app.get('/broken', broken)
    expect((await ask('GET', '/broken')).body).toEqual({ handled: 'broken', seen: ['final'] })
  })

  it('hear of unknown paths where urlNotFound stands before them', async () => {
    const { app, ask } = serve()
    app.middlewareFromConfig('loopback#urlNotFound', { phase: 'final' })
    app.middleware('final:after', (error: Error & { status: number }, _req: Req, res: Res, _next: Next) =>
      res.status(404).json({ page: error.message }),
    )
    expect((await ask('GET', '/nowhere')).body).toEqual({ page: 'Cannot GET /nowhere' })
    expect((await ask('GET', '/api/Nothing')).body.error.message).toBe('There is no method to handle GET /Nothing')
  })

  it('of the API go to them when remoting leaves them', async () => {
    const { app, ask } = serve('3.x', {
      remoting: { rest: { handleErrors: false, handleUnknownPaths: false }, errorHandler: { log: false } },
    })
    app.middleware('final', (error: Error, _req: Req, res: Res, _next: Next) => res.status(599).json({ mine: error.message }))
    app.middleware('files', '/api/Free', say('after the API'))
    expect((await ask('GET', '/api/Notes/7')).body).toEqual({ mine: expect.stringContaining('7') })
    expect((await ask('GET', '/api/Free')).text).toBe('after the API')
    expect((await ask('GET', '/api/Nothing')).status).toBe(404)
  })
})

describe('mounting', () => {
  it('takes Express applications, which inherit', async () => {
    const { app, ask } = serve()
    const child = express()
    let parent: unknown
    ;(child as unknown as { on(event: string, fn: () => void): void }).on('mount', () => (parent = (child as { parent?: unknown }).parent))
    ;(child.get as Function)('/hello', (req: Req, res: Res) => res.json([req.baseUrl, req.app === (child as unknown)]))
    app.use('/child', child)
    expect((await ask('GET', '/child/hello')).body).toEqual(['/child', true])
    expect((await ask('GET', '/child/nothing')).body.error.message).toBe('Cannot GET /child/nothing')
    expect(parent).toBe(app)
  })

  it('takes applications of ours', async () => {
    const { app, ask } = serve()
    const child = serve().app
    let mounted: unknown
    child.on('mount', (given: unknown) => (mounted = given))
    child.get('/hello', say('from the child'))
    app.use('/child', child)
    expect((await ask('GET', '/child/api/Notes')).body).toEqual([])
    expect((await ask('POST', '/child/api/Notes', { body: { title: 'in the child' } })).body.id).toBe(1)
    expect((await ask('GET', '/child/hello')).text).toBe('from the child')
    expect((await ask('GET', '/api/Notes')).body).toEqual([])
    expect([mounted, child.mountpath, child.path(), app.path()]).toEqual([app, '/child', '/child', ''])
  })

  it('works in Express, whose parsers and later handlers are honoured', async () => {
    const { app } = serve()
    const parent = express()
    parent.use((express.json as () => unknown)())
    parent.use('/sub', app)
    parent.use((_req: Req, res: Res) => res.json('parent'))
    parent.use((error: Error, _req: Req, res: Res, _next: Next) => res.json(`parent: ${error.message}`))
    app.get('/broken', ((_req: Req, _res: Res, next: Next) => next(new Error('broken'))) as never)
    const ask = askerOf(parent)
    expect((await ask('POST', '/sub/api/Notes', { body: { title: 'a' } })).body).toEqual({ title: 'a', id: 1 })
    expect((await ask('GET', '/sub/nothing')).body).toBe('parent')
    expect((await ask('GET', '/sub/broken')).body).toBe('parent: broken')
    expect((await ask('GET', '/sub/api/Nothing')).status).toBe(404)
  })
})
