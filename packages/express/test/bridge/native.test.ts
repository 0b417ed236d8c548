import { closeAll, serve } from '../served'

afterAll(closeAll)

type Next = (error?: unknown) => void
type Req = { accessToken?: unknown; url: string }
type Res = { json(body: unknown): void; send(body: unknown): void }

describe('what the application does by itself', () => {
  it('holds for replies of Express too: cross-origin headers, preflights, request ids', async () => {
    const { app, ask } = serve()
    app.middlewareFromConfig('cors', { phase: 'initial', params: { origin: 'https://good.example', credentials: true } })
    app.middlewareFromConfig('helmet#noSniff', { phase: 'initial' })
    app.get('/hello', ((_req: Req, res: Res) => res.send('hello')) as never)
    const headers = { origin: 'https://good.example' }
    const reply = await ask('GET', '/hello', { headers })
    expect(reply.headers.get('access-control-allow-origin')).toBe('https://good.example')
    expect(reply.headers.get('x-content-type-options')).toBe('nosniff')
    expect(
      (await ask('GET', '/hello', { headers: { origin: 'https://evil.example' } })).headers.get('access-control-allow-origin'),
    ).toBeNull()
    expect((await ask('OPTIONS', '/hello', { headers })).status).toBe(204)
  })

  it('finds tokens in the place of the entry, also for the API', async () => {
    const { app, ask } = serve()
    const { AccessToken } = makeTokens(app)
    const token = (await (AccessToken.create as Function)({ userId: 7, ttl: 100 })) as { id: string }
    app.middlewareFromConfig('loopback#token', { phase: 'auth', params: { params: ['key'], currentUserLiteral: 'me' } })
    app.middleware('session', (req: Req, _res: Res, next: Next) => next(req.accessToken === undefined ? undefined : new Error('too early')))
    app.get('/who', ((req: Req, res: Res) => res.json((req.accessToken as { userId: unknown } | null)?.userId ?? null)) as never)
    app.get('/Users/:id', ((req: Req, res: Res) => res.json(req.url)) as never)
    expect((await ask('GET', `/who?key=${token.id}`)).body).toBe(7)
    expect((await ask('GET', `/who?access_token=${token.id}`)).body).toBe(7)
    expect((await ask('GET', '/who')).body).toBeNull()
    expect((await ask('GET', `/Users/me?key=${token.id}`)).body).toBe(`/Users/7?key=${token.id}`)
    expect((await ask('GET', '/Users/me')).status).toBe(401)
  })

  it('answers requests that hang in remote methods, and leaves those of Express alone', async () => {
    const { app, ask } = serve('3.x', { limits: { time: { request: 30 } } })
    app.get('/slow', ((_req: Req, res: Res) => setTimeout(() => res.send('slow'), 80)) as never)
    expect((await ask('GET', '/slow')).text).toBe('slow')
  })
})

function makeTokens(app: ReturnType<typeof serve>['app']) {
  const AccessToken = app.registry.getModel('AccessToken')
  app.model(AccessToken, { dataSource: 'db', public: false })
  return { AccessToken: AccessToken as unknown as Record<string, unknown> }
}
