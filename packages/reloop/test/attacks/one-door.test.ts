import { once } from 'node:events'
import WebSocket from 'ws'
import { call } from './calls'
import { doors, over, parse, password, unharmed, world, type World } from './world'

describe('lines that are about one door', () => {
  let at: World
  beforeAll(async () => {
    at = await world(
      { connector: 'memory' },
      { remoting: { errorHandler: { log: false }, cors: { origin: ['https://good.com'], credentials: true } } },
    )
  })
  afterAll(() => at.close())
  afterEach(() => unharmed(at, 'REST'))
  const token = () => at.tokens.ann

  it.each([
    '/notes/1',
    '/N%6ftes/1',
    '/Notes/1/',
    '/Notes/1?_method=GET',
    '/Notes//1',
    '/./Notes/1',
    '/x/../Notes/1',
    '/Notes;x=1/1',
    '/%4eotes/%31',
  ])('50 (REST, batch): %s is decided as the plain path', async (path) => {
    expect([400, 401, 404]).toContain((await at.http('GET', path)).status)
    const batch = await at.http('POST', '/$batch', { requests: [{ path }] })
    expect([400, 401, 404]).toContain(batch.body.responses?.[0]?.status ?? batch.status)
    for (const name of ['x-http-method-override', 'x-method-override', 'x-original-url', 'x-rewrite-url'])
      expect((await at.http('POST', '/Notes', { title: 'x' }, { [name]: 'OPTIONS' })).status).toBe(401)
  })

  it.each([
    'note.find',
    'Note.Find',
    'Note.prototype.find',
    'Note.constructor',
    'Note.__proto__.find',
    '__proto__.toString',
    'Note.find.call',
    'Note..find',
    'constructor',
  ])('50, 34 (JSON-RPC, WebSocket): %s is no method', async (method) => {
    const http = await at.http('POST', '/jsonrpc', { jsonrpc: '2.0', id: 1, method, params: {} })
    expect(http.body.error.code).toBe(-32601)
    const socket = await at.socket(undefined)
    expect(parse(await over(socket, { method, params: {} })).error.code).toBe(-32601)
    socket.terminate()
  })

  const opens: readonly (readonly [string, () => Promise<{ ends: Promise<unknown> }>])[] = [
    [
      'REST',
      async () => {
        const reply = await fetch(`${at.base}/Docs/change-stream`, {
          headers: { authorization: at.tokens.bob, accept: 'text/event-stream' },
        })
        expect(reply.status).toBe(200)
        return { ends: reply.text().catch(() => undefined) }
      },
    ],
    [
      'WebSocket',
      async () => {
        const socket = await at.socket('bob')
        const ends = new Promise((resolve) => {
          socket.on('message', (data) => /"\$(end|error)"/.test(String(data)) && resolve(true))
          socket.on('close', resolve)
        })
        expect(parse(await over(socket, { method: 'Doc.createChangeStream', params: {} })).result).toHaveProperty('subscription')
        return { ends: ends.finally(() => socket.terminate()) }
      },
    ],
  ]

  it.each(opens)('58 (%s): an open stream ends when its token is revoked', async (_, open) => {
    const { ends } = await open()
    await at.models.Session.destroyAll({ userId: 2 })
    await ends
    ;(at.tokens as Record<string, string>).bob = String((await at.models.Person.login({ email: 'bob@example.com', password })).id)
  })

  it('43 (REST): a stream of changes shows neither foreign rows nor hidden properties', async () => {
    const stop = new AbortController()
    const reply = await fetch(`${at.base}/Docs/change-stream`, {
      headers: { authorization: token(), accept: 'text/event-stream' },
      signal: stop.signal,
    })
    const reader = reply.body!.getReader()
    await at.models.Doc.create({ id: 'of bob', title: 'X', userId: 2, secret: 'beta', grade: 72 })
    await at.models.Doc.create({ id: 'of ann', title: 'Y', userId: 1, secret: 'alpha', grade: 71 })
    let text = ''
    while (!text.includes('of ann')) text += Buffer.from((await reader.read()).value ?? []).toString()
    stop.abort()
    expect(text).not.toMatch(/of bob|alpha|beta|grade/)
  })

  it('73 (REST, batch, JSON-RPC): a token in a URL, a body or a cookie is none, and login sets no cookie', async () => {
    const query = `access_token=${token()}`
    const rpc = { jsonrpc: '2.0', id: 1, method: 'Note.findById', params: { id: 1, access_token: token() } }
    const cookie = `access_token=${token()}; authorization=${token()}`
    for (const [path, headers] of [
      [`/Notes/1?${query}`, {}],
      ['/Notes/1', { cookie }],
    ] as const) {
      expect([401, 404]).toContain((await at.http('GET', path, undefined, headers)).status)
      const batch = await at.http('POST', '/$batch', { requests: [{ path }] }, headers)
      expect([401, 404]).toContain(batch.body.responses[0].status)
      expect((await at.http('POST', `/jsonrpc?${query}`, rpc, headers)).body.error.data.statusCode).toBeGreaterThanOrEqual(401)
    }
    const login = await at.http('POST', '/Persons/login', { email: 'ann@example.com', password })
    expect([login.status, login.headers.get('set-cookie')]).toEqual([200, null])
  })

  it('73 (WebSocket): a token in the URL of a socket is none', async () => {
    const socket = new WebSocket(`${at.base.replace('http', 'ws')}/ws?access_token=${token()}`)
    await once(socket, 'open')
    expect([401, 404]).toContain(parse(await over(socket, { method: 'Note.findById', params: { id: 1 } })).error.data.statusCode)
    socket.terminate()
  })

  it.each([
    'null',
    'https://good.com.evil.example',
    'https://evil.example',
    'http://good.com',
    'https://good.com@evil.example',
    'https://GOOD.com.',
  ])('75 (REST, batch, JSON-RPC, WebSocket): pages of the origin %s are refused', async (origin) => {
    for (const [verb, path, body] of [
      ['GET', '/Notes', undefined],
      ['OPTIONS', '/Notes', undefined],
      ['POST', '/$batch', { requests: [{ path: '/Notes' }] }],
      ['POST', '/jsonrpc', { jsonrpc: '2.0', id: 1, method: 'Note.find', params: {} }],
    ] as const) {
      const { headers } = await at.http(verb, path, body, { origin, 'access-control-request-method': 'GET' })
      expect([path, headers.get('access-control-allow-origin')]).toEqual([path, null])
    }
    const socket = new WebSocket(`${at.base.replace('http', 'ws')}/ws`, { origin })
    const [, refused] = (await once(socket, 'unexpected-response')) as [unknown, { statusCode: number }]
    expect(refused.statusCode).toBe(403)
  })

  it('86 (REST, batch, JSON-RPC): the log has no password and no token in it', async () => {
    const lines: string[] = []
    const stream = { write: (line: string) => void lines.push(line) }
    const logged = await world({ connector: 'memory' }, { logger: { level: 'trace', stream } })
    const credentials = { email: 'ann@example.com', password }
    for (const door of doors.filter((one) => one !== 'WebSocket')) {
      await logged.through(door, 'ann', call.find('Note'))
      await logged.through(door, 'ann', call.post('Person', 'login', ['login', { credentials }], credentials))
      await logged.through(door, 'ann', call.own('Broken', 'fail', {}))
    }
    await logged.http('GET', `/Notes?access_token=${logged.tokens.ann}&x=%0aforged%20line`, undefined, {
      cookie: `access_token=${logged.tokens.ann}`,
    })
    await logged.close()
    const text = lines.join('')
    expect(lines.length).toBeGreaterThan(5)
    for (const secretText of [password, ...Object.values(logged.tokens)]) expect(text).not.toContain(secretText)
    for (const line of text.split('\n').filter(Boolean)) expect(parse(line)).toMatchObject({ level: expect.any(Number) })
  })

  it('75 (REST): no script is made of a reply', async () => {
    const { headers, text } = await at.http('GET', '/Notes?callback=alert', undefined, {
      accept: 'application/javascript, */*',
      authorization: token(),
    })
    expect([/javascript/.test(headers.get('content-type') ?? ''), text.startsWith('alert')]).toEqual([false, false])
  })
})
