import { Readable } from 'node:stream'
import { closeAll, serve, type Shared } from '../serve'

afterAll(closeAll)

const root = { arg: 'x', type: 'any', root: true }
const give = (fn: Function, more: object = {}): Shared => ({ http: { verb: 'get' }, returns: root, fn, ...more })

describe('replies', () => {
  it('are written by the schema of their type, compiled on first use and anew when it changed', async () => {
    const asked: string[] = []
    const row = { id: 1, name: null, extra: true }
    const { remotes, get } = await serve(
      {
        Note: {
          one: give(() => row, { returns: { arg: 'x', type: 'Note', root: true } }),
          all: give(() => [row], { returns: { arg: 'x', type: ['Note'], root: true } }),
        },
      },
      {
        prepare: (made) =>
          made.defineTypeSchema(
            'Note',
            () => (asked.push('schema'), { type: 'object', properties: { id: { type: 'number' }, name: { type: 'string' } } }),
          ),
      },
    )
    expect(asked).toEqual([])
    expect((await get('/Note/one')).text).toBe('{"id":1,"name":null,"extra":true}')
    expect((await get('/Note/all')).text).toBe('[{"id":1,"name":null,"extra":true}]')
    expect(asked).toEqual(['schema'])
    remotes.invalidateType('Note')
    await get('/Note/all')
    expect(asked).toEqual(['schema', 'schema'])
  })

  it('give a list one item per line to who would rather have lines, read while it is sent where it can be', async () => {
    let ended = false
    async function* counted() {
      try {
        yield { n: 1 }
        yield { n: 2 }
      } finally {
        ended = true
      }
    }
    const { get } = await serve({
      Note: { list: give(() => [{ n: 1 }, { n: 2 }]), one: give(() => ({ n: 1 })), read: give(() => counted()) },
    })
    const lines = { accept: 'application/x-ndjson' }
    for (const path of ['/Note/list', '/Note/read']) {
      const reply = await get(path, lines)
      expect([reply.text, reply.headers['content-type']]).toEqual(['{"n":1}\n{"n":2}\n', 'application/x-ndjson; charset=utf-8'])
    }
    expect(ended).toBe(true)
    expect((await get('/Note/one', lines)).text).toBe('{"n":1}\n')
    expect((await get('/Note/list?_format=ndjson')).text).toBe('{"n":1}\n{"n":2}\n')
    expect((await get('/Note/list', { accept: '*/*' })).text).toBe('[{"n":1},{"n":2}]')
  })

  it('carry streams and buffers as they are', async () => {
    const returns = [
      { arg: 'x', type: 'file', root: true },
      { arg: 'Content-Type', type: 'string', http: { target: 'header' as const } },
    ]
    const { get } = await serve({
      Note: {
        stream: give((callback: Function) => callback(null, Readable.from(['a', 'b']), 'text/plain'), { returns }),
        pipe: give(() => Readable.from(['piped']), { http: { verb: 'get', pipe: { dest: 'res' } } }),
      },
    })
    const stream = await get('/Note/stream')
    expect([stream.text, stream.headers['content-type']]).toEqual(['ab', 'text/plain; charset=utf-8'])
    expect((await get('/Note/pipe')).text).toBe('piped')
  })

  it('are XML when the setting allows it and the client asks', async () => {
    const { get } = await serve({ Note: { one: give(() => ({ a: 1, list: [1, 2], text: '<&>' })) } }, { options: { rest: { xml: true } } })
    const reply = await get('/Note/one', { accept: 'application/xml' })
    expect(reply.headers['content-type']).toBe('text/xml; charset=utf-8')
    expect(reply.text).toBe(
      '<?xml version="1.0" encoding="UTF-8"?>\n<response>\n  <a>1</a>\n  <list>1</list>\n  <list>2</list>\n  <text>&lt;&amp;&gt;</text>\n</response>',
    )
  })

  it.each([
    ['modern', 406],
    ['3.x', 200],
  ] as const)('in %s are %i for a client that takes only scripts', async (profile, status) => {
    const { get } = await serve({ Note: { one: give(() => ({ a: 1 })) } }, { profile })
    const reply = await get('/Note/one?callback=show(1)', { accept: 'application/javascript' })
    expect(reply.status).toBe(status)
    if (status === 200) expect(reply.text).toBe(`/**/ typeof show1 === 'function' && show1({"a":1});`)
  })

  it('weigh what a client accepts', async () => {
    const { get } = await serve({ Note: { one: give(() => ({ a: 1 })) } }, { options: { rest: { xml: true } } })
    const typeFor = async (accept: string) => (await get('/Note/one', { accept })).headers['content-type']
    expect(await typeFor('application/xml;q=0.5, application/json;q=0.9')).toContain('json')
    expect(await typeFor('application/xml, application/json;q=0.9')).toContain('xml')
    expect(await typeFor('application/json;q=0, text/xml')).toContain('xml')
    expect(await typeFor('image/png')).toContain('text/plain')
  })

  it('take status and headers that a hook sets on the response', async () => {
    const { get } = await serve(
      { Note: { one: give(() => 'x') } },
      {
        prepare: (remotes) =>
          remotes.after('**', (ctx: { res: { status(code: number): { set(name: string, value: string): void } } }) =>
            ctx.res.status(202).set('X-Set', 'yes'),
          ),
      },
    )
    const reply = await get('/Note/one')
    expect([reply.status, reply.headers['x-set']]).toEqual([202, 'yes'])
  })
})

describe('error replies', () => {
  const failing = (error: unknown) => ({ Note: { one: give(async () => Promise.reject(error)) } })
  const secret = () => Object.assign(new Error('password is 1234'), { sql: 'SELECT 1' })

  it('of the server say nothing of what happened, unless debug is on', async () => {
    const { get } = await serve(failing(secret()))
    expect((await get('/Note/one')).body).toEqual({ error: { statusCode: 500, message: 'Internal Server Error' } })
    const open = await serve(failing(secret()), { options: { errorHandler: { debug: true, log: false } } })
    expect((await open.get('/Note/one')).body.error).toMatchObject({
      statusCode: 500,
      message: 'password is 1234',
      sql: 'SELECT 1',
      stack: expect.any(String),
    })
  })

  it('of 2.x carry no stack in production', async () => {
    const before = process.env.NODE_ENV
    process.env.NODE_ENV = 'production'
    try {
      const bad = give(() => Promise.reject(new Error('bad')))
      const { get } = await serve({ Note: { one: bad } }, { profile: '2.x' })
      const { error } = (await get('/Note/one')).body
      expect([error.message, error.status, 'stack' in error]).toEqual(['bad', 500, false])
    } finally {
      process.env.NODE_ENV = before
    }
  })

  it('of 2.x carry every property, and the stack where it is not switched off', async () => {
    const error = () => Object.assign(new Error('bad'), { statusCode: 422, extra: 1 })
    const off = await serve(failing(error()), { profile: '2.x', options: { errorHandler: { disableStackTrace: true } } })
    expect((await off.get('/Note/one')).body.error).toEqual({ name: 'Error', status: 422, message: 'bad', statusCode: 422, extra: 1 })
    const on = await serve(failing(error()), { profile: '2.x', options: { errorHandler: { disableStackTrace: false } } })
    expect((await on.get('/Note/one')).body.error.stack).toContain('Error: bad')
  })

  it('are pages or XML for clients that ask for them, with everything escaped', async () => {
    const { get } = await serve(failing(Object.assign(new Error('<script>alert(1)</script>'), { statusCode: 400 })))
    const page = await get('/Note/one', { accept: 'text/html,*/*;q=0.1' })
    expect(page.headers).toMatchObject({ 'content-type': 'text/html; charset=utf-8', 'x-content-type-options': 'nosniff' })
    expect(page.text).not.toContain('<script>')
    expect((await get('/Note/one?_format=xml')).text).toContain('<message>&lt;script&gt;alert(1)&lt;/script&gt;</message>')
  })

  it('honour safeFields, rootProperty and a handler of the application', async () => {
    const error = () => Object.assign(new Error('bad'), { statusCode: 400, hint: 'try' })
    const fields = await serve(failing(error()), { options: { errorHandler: { safeFields: ['hint'], rootProperty: 'problem' } } })
    expect((await fields.get('/Note/one')).body).toEqual({ problem: { statusCode: 400, name: 'Error', message: 'bad', hint: 'try' } })
    const handler = (given: Error, _req: unknown, _res: unknown, next: (error?: Error) => void) =>
      next(Object.assign(new Error(`handled ${given.message}`), { statusCode: 418 }))
    const handled = await serve(failing(error()), { options: { errorHandler: { handler } } })
    expect((await handled.get('/Note/one')).body.error).toMatchObject({ statusCode: 418, message: 'handled bad' })
  })

  it('go to the application when the setting says so', async () => {
    const { get } = await serve(failing(Object.assign(new Error('bad'), { statusCode: 400 })), {
      options: { rest: { handleErrors: false } },
      around: (fastify) => fastify.setErrorHandler((error: Error, _request, reply) => reply.code(400).send({ app: error.message })),
    })
    expect((await get('/Note/one')).body).toEqual({ app: 'bad' })
  })

  it.each([
    [new Error('x'), 500],
    ['text', 500],
    [undefined, 500],
    [null, 500],
    [{ status: 404 }, 404],
    [{ statusCode: 200 }, 500],
    [[new Error('a'), null], 500],
  ])('survive %p being thrown', async (error, status) => {
    const { get } = await serve(failing(error))
    const reply = await get('/Note/one')
    expect([reply.status, reply.body.error.statusCode]).toEqual([status, status])
  })
})

describe('other origins', () => {
  const one = { Note: { one: give(() => 'x') } }

  it('are not answered unless configured', async () => {
    const { get, send } = await serve(one)
    expect((await get('/Note/one', { origin: 'https://other.example' })).headers).not.toHaveProperty('access-control-allow-origin')
    expect((await send({ method: 'OPTIONS', path: '/Note/one', headers: { origin: 'https://other.example' } })).status).toBe(404)
  })

  it('are answered when they are named, and no others', async () => {
    const { get, send } = await serve(one, {
      options: { cors: { origin: ['https://good.com', /\.good\.com$/], credentials: true, maxAge: 60 } },
    })
    const allowed = async (origin: string) => (await get('/Note/one', { origin })).headers['access-control-allow-origin']
    expect(await allowed('https://good.com')).toBe('https://good.com')
    expect(await allowed('https://a.good.com')).toBe('https://a.good.com')
    expect(await allowed('https://good.com.evil')).toBeUndefined()
    expect(await allowed('null')).toBeUndefined()
    const preflight = await send({
      method: 'OPTIONS',
      path: '/Note/one',
      headers: { origin: 'https://good.com', 'access-control-request-headers': 'x-a' },
    })
    expect([preflight.status, preflight.headers['access-control-max-age'], preflight.headers['access-control-allow-headers']]).toEqual([
      204,
      '60',
      'x-a',
    ])
  })

  it('never send credentials along with `*`', async () => {
    const { get } = await serve(one, { options: { cors: { origin: '*', credentials: true } } })
    const { headers } = await get('/Note/one', { origin: 'https://other.example' })
    expect(headers).toMatchObject({ 'access-control-allow-origin': '*' })
    expect(headers).not.toHaveProperty('access-control-allow-credentials')
  })

  it('are all answered in 2.x', async () => {
    const { get } = await serve(one, { profile: '2.x' })
    expect((await get('/Note/one', { origin: 'https://other.example' })).headers).toMatchObject({
      'access-control-allow-origin': 'https://other.example',
      'access-control-allow-credentials': 'true',
    })
  })
})
