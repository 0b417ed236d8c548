import { AsyncLocalStorage } from 'node:async_hooks'
import { Readable } from 'node:stream'
import { batchPlugin, type BatchPluginOptions, type HttpContext, type RemoteObjects } from '../../src'
import { closeAll, serve, type Served, type Shared } from '../serve'

const saved: string[] = []
const transaction = new AsyncLocalStorage<string[]>()
const methods: Record<string, Shared> = {
  save: {
    accepts: { arg: 'data', type: 'object', http: { source: 'body' } },
    returns: { arg: 'data', type: 'object', root: true },
    http: { verb: 'post', path: '/' },
    fn: (data: { text: string }) => {
      if (data.text === 'bad') throw Object.assign(new Error('Bad text'), { statusCode: 422 })
      ;(transaction.getStore() ?? saved).push(data.text)
      return data
    },
  },
  list: { returns: { arg: 'all', type: ['string'], root: true }, http: { verb: 'get', path: '/' }, fn: () => saved },
  secret: { returns: { arg: 'x', type: 'string', root: true }, http: { verb: 'get' }, fn: () => 'secret' },
  bytes: { returns: { arg: 'x', type: 'file', root: true }, http: { verb: 'get' }, fn: () => Buffer.from([0xff, 0]) },
  ticks: {
    returns: { arg: 'x', type: 'ReadableStream', json: true },
    http: { verb: 'get' },
    fn: () => new Readable({ objectMode: true, read() {} }),
  },
}

let count = 0
async function start(options: Partial<BatchPluginOptions> = {}): Promise<Served> {
  const server = await serve(
    { Note: methods },
    {
      prepare(remotes: RemoteObjects) {
        remotes.authorization = (ctx: HttpContext) =>
          ctx.methodString === 'Note.secret' && ctx.req.get('authorization') !== 'ada'
            ? Promise.reject(Object.assign(new Error('Authorization Required'), { statusCode: 401 }))
            : Promise.resolve()
      },
      around: (fastify) => fastify.addHook('onRequest', (_request, _reply, done) => (count++, done())),
    },
  )
  await server.fastify.register(batchPlugin, { remotes: server.remotes, prefix: '/api', ...options })
  return server
}

let server: Served
beforeEach(async () => {
  saved.length = 0
  count = 0
  server = await start()
})
afterEach(closeAll)

const send = (requests: unknown, more: object = {}, headers: Record<string, string> = {}) =>
  server.post('/$batch', { requests, ...more }, headers)
const statuses = async (requests: unknown, headers?: Record<string, string>) =>
  (await send(requests, {}, headers)).body.responses.map((one: any) => one.status)

describe('POST /$batch', () => {
  it('answers several requests in order, each as if it had come alone', async () => {
    const reply = await send([
      { id: 'a', method: 'POST', path: '/Note', body: { text: 'one' } },
      { id: 2, path: '/Note' },
      { method: 'post', path: '/Note', body: { text: 'bad' } },
      { path: '/Nothing' },
      { path: '/Note/bytes' },
    ])
    expect(reply.status).toBe(200)
    expect(reply.body.responses).toMatchObject([
      { id: 'a', status: 200, headers: { 'content-type': expect.stringContaining('json') }, body: { text: 'one' } },
      { id: 2, status: 200, body: ['one'] },
      { status: 422, body: { error: { message: 'Bad text' } } },
      { status: 404 },
      { status: 200, body: { $type: 'base64', $data: '/wA=' } },
    ])
  })

  it('32: applies hooks of the server and authorization to each part', async () => {
    const part = { path: '/Note/secret' }
    expect(await statuses([part, { ...part, headers: { Authorization: 'ada' } }, part])).toEqual([401, 200, 401])
    expect(count).toBe(4)
    expect(await statuses([part, { ...part, headers: { authorization: 'eve' } }], { authorization: 'ada' })).toEqual([200, 401])
  })

  it('32: takes up to 100 parts, and no batch inside a batch however it is spelled', async () => {
    const part = { path: '/Note' }
    expect((await send(Array(100).fill(part))).status).toBe(200)
    const refused = await send(Array(101).fill(part))
    expect(refused.body.error).toMatchObject({
      statusCode: 413,
      code: 'BATCH_TOO_LARGE',
      message: expect.stringContaining('limits.batch.parts'),
    })
    count = 0
    const nested = { method: 'POST', body: { requests: [part] } }
    for (const path of ['/$batch', '/%24batch', '/$batch?x=1', '/$BATCH', '/$batch/']) {
      const [status] = await statuses([{ ...nested, path }])
      expect([400, 404]).toContain(status)
    }
    expect(count).toBe(10)
  })

  it.each([
    ['no list', undefined],
    ['an empty list', []],
    ['text', ['x']],
    ['another verb', [{ method: 'CONNECT', path: '/Note' }]],
    ['no path', [{}]],
    ['another host', [{ path: 'http://example.com/' }]],
    ['another host by slashes', [{ path: '//example.com/' }]],
    ['a way out of the API', [{ path: '/../admin' }]],
    ['an encoded way out', [{ path: '/Note/%2e%2E/../admin' }]],
    ['a back slash', [{ path: '/..\\admin' }]],
    ['a header with a line break', [{ path: '/Note', headers: { a: 'x\r\nb: y' } }]],
    ['headers that are a list', [{ path: '/Note', headers: [] }]],
  ])('refuses %s', async (_what, requests) => {
    expect(await send(requests)).toMatchObject({ status: 400, body: { error: { code: 'BATCH_INVALID' } } })
    expect(count).toBe(1)
  })

  it('33: refuses keys that reach for a prototype, and types other than JSON', async () => {
    const raw = (body: string, type: string) => server.send({ method: 'POST', path: '/$batch', headers: { 'content-type': type }, body })
    expect((await raw('{"requests":[{"path":"/Note","headers":{"__proto__":{"x":1}}}]}', 'application/json')).body.error.code).toBe(
      'REMOTING_KEY_REFUSED',
    )
    expect((await raw('requests=1', 'application/x-www-form-urlencoded')).status).toBe(415)
    expect((await raw('{', 'application/json')).status).toBe(400)
    expect(({} as Record<string, unknown>).x).toBeUndefined()
  })

  it('does not wait for a stream', async () => {
    expect(await statuses([{ path: '/Note/ticks' }, { path: '/Note' }])).toEqual([400, 200])
  })
})

describe('an atomic batch', () => {
  const good = { method: 'POST', path: '/Note', body: { text: 'good' } }
  const bad = { method: 'POST', path: '/Note', body: { text: 'bad' } }

  it('is refused where the application knows no transactions', async () => {
    expect(await send([good], { atomic: true })).toMatchObject({ status: 501, body: { error: { message: 'Not Implemented' } } })
    expect(saved).toEqual([])
  })

  it('does all of its parts, or none of them', async () => {
    server = await start({
      atomic: async (run) => {
        const pending: string[] = []
        await transaction.run(pending, run)
        saved.push(...pending)
      },
    })
    expect(await send([good, good], { atomic: true })).toMatchObject({
      status: 200,
      body: { responses: [{ status: 200 }, { status: 200 }] },
    })
    expect(saved).toEqual(['good', 'good'])
    const failed = await send([{ ...good, id: 1 }, bad, { ...good, id: 3 }], { atomic: true })
    expect(failed.status).toBe(422)
    expect(failed.body.responses).toMatchObject([
      { id: 1, status: 424, body: { error: { code: 'BATCH_PART_FAILED' } } },
      { status: 422, body: { error: { message: 'Bad text' } } },
      { id: 3, status: 424 },
    ])
    expect(saved).toEqual(['good', 'good'])
  })

  it('fails as a whole when the transaction itself fails', async () => {
    server = await start({ atomic: async (run) => run().then(() => Promise.reject(new Error('deadlock'))) })
    expect(await send([good], { atomic: true })).toMatchObject({ status: 500, body: { error: { message: 'Internal Server Error' } } })
  })
})
