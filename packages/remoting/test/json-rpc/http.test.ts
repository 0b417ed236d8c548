import { JSONRPCClient } from 'json-rpc-2.0'
import { jsonRpcPlugin, type HttpContext, type RemoteObjects } from '../../src'
import { closeAll, serve, type Served } from '../serve'
import { guard, notes } from './notes'

let server: Served
const seen: string[] = []
beforeAll(async () => {
  server = await serve(notes, {
    prepare(remotes: RemoteObjects) {
      guard(remotes)
      remotes.before('Note.add', (ctx: HttpContext) => void seen.push(`before ${JSON.stringify(ctx.args)}`))
      remotes.after('Note.*', (ctx: HttpContext) => void seen.push(`after ${ctx.methodString}`))
      remotes.afterError('Note.fail', (ctx: HttpContext) => void seen.push(`error ${(ctx.error as Error).message}`))
    },
    around: (fastify) => {
      fastify.addHook('onRequest', (request, _reply, done) => {
        Object.assign(request.raw, { user: request.headers['x-user'] })
        done()
      })
    },
  })
  await server.fastify.register(jsonRpcPlugin, { remotes: server.remotes, prefix: '/api' })
})
afterAll(closeAll)
beforeEach(() => void (seen.length = 0))
afterEach(async () => {
  expect((await post({ jsonrpc: '2.0', id: 1, method: 'Note.flag', params: [true] })).body).toEqual({ jsonrpc: '2.0', id: 1, result: true })
  expect(({} as Record<string, unknown>).polluted).toBeUndefined()
})

const post = (body: unknown, headers: Record<string, string> = {}, path = '/jsonrpc') =>
  server.send({
    method: 'POST',
    path,
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })
const call = async (method: string, params?: unknown, headers?: Record<string, string>) =>
  (await post({ jsonrpc: '2.0', id: 7, method, params }, headers)).body

/** A client of another's making, over the same server. */
function client(headers: Record<string, string> = {}): JSONRPCClient {
  const made: JSONRPCClient = new JSONRPCClient(async (request) => {
    const reply = await post(request, headers)
    if (reply.text !== '') made.receive(reply.body)
  })
  return made
}

describe('a JSON-RPC client', () => {
  it('calls methods by name and by position, of classes and of records', async () => {
    expect(await client().request('Note.add', { a: 1, b: 2 })).toEqual({ sum: 3, options: { user: 'nobody' } })
    expect(await client().request('Note.add', [1, 2])).toMatchObject({ sum: 3 })
    expect(await client().request('Note.plus', [1])).toMatchObject({ sum: 1 })
    expect(await client().request('Note.prototype.rename', [7, 'Ada'])).toBe('7:Ada')
    expect(await client().request('Note.prototype.rename', { id: 7, name: 'Ada' })).toBe('7:Ada')
    expect(await client().request('Note.pair', [])).toEqual({ a: 1, b: 2 })
    expect(await client().request('Note.nothing', [])).toBeNull()
  })

  it('gets errors with what REST would say of them, and nothing more', async () => {
    await expect(client().request('Note.fail', [])).rejects.toMatchObject({
      message: 'No such note',
      code: -32000,
      data: { statusCode: 404, code: 'NOTE_UNKNOWN' },
    })
    const reply = await post({ jsonrpc: '2.0', id: 1, method: 'Note.crash' })
    expect(reply.body.error).toEqual({
      code: -32603,
      message: 'Internal Server Error',
      data: { statusCode: 500, message: 'Internal Server Error' },
    })
    expect(reply.text).not.toMatch(/password|\bat .*\.ts/)
  })

  it('runs hooks, and is subject to authorization', async () => {
    await client().request('Note.add', { a: 1 })
    await expect(client().request('Note.fail', [])).rejects.toBeDefined()
    expect(seen).toEqual(['before {"a":1,"options":{"user":"nobody"}}', 'after Note.add', 'error No such note'])
    await expect(client().request('Note.when', [0])).rejects.toMatchObject({ data: { statusCode: 401 } })
    expect(await client({ 'x-user': 'ada' }).request('Note.when', [0])).toEqual({ $type: 'date', $data: '1970-01-01T00:00:00.000Z' })
  })

  it('may use the path of a class, as LoopBack had it', async () => {
    expect((await post({ jsonrpc: '2.0', id: 'x', method: 'add', params: [1, 2] }, {}, '/Note/jsonrpc')).body).toMatchObject({
      id: 'x',
      result: { sum: 3 },
    })
    expect((await post({ jsonrpc: '2.0', id: 1, method: 'add' }, {}, '/constructor/jsonrpc')).body.error.code).toBe(-32601)
  })

  it('is told nothing when it does not wait', async () => {
    const reply = await post({ jsonrpc: '2.0', method: 'Note.add', params: [1] })
    expect(reply).toMatchObject({ status: 204, text: '' })
    expect(seen).toContain('after Note.add')
    expect(await post({ jsonrpc: '2.0', method: 'Note.fail' })).toMatchObject({ status: 204, text: '' })
  })

  it('sends several calls at once, up to 50', async () => {
    const one = (id: number) => ({ jsonrpc: '2.0', id, method: 'Note.add', params: [id] })
    const replies = (await post([...Array(49).keys()].map(one).concat([{ jsonrpc: '2.0', method: 'Note.add', params: [1] } as any]))).body
    expect(replies).toHaveLength(49)
    expect(replies[48]).toMatchObject({ id: 48, result: { sum: 48 } })
    const refused = await post([...Array(51).keys()].map(one))
    expect(refused.status).toBe(413)
    expect(refused.body.error).toMatchObject({
      code: -32600,
      data: { code: 'BATCH_TOO_LARGE', message: expect.stringContaining('limits.batch.rpc') },
    })
    expect((await post([])).body.error.code).toBe(-32600)
  })
})

describe('bad input', () => {
  it.each([
    ['no JSON', '{"jsonrpc"', -32700, 400],
    ['nothing', '', -32700, 400],
    ['not an object', '1', -32600, 400],
    ['another version', '{"jsonrpc":"1.0","method":"Note.add","id":1}', -32600, 200],
    ['a method that is no text', '{"jsonrpc":"2.0","method":1,"id":1}', -32600, 200],
    ['params that are text', '{"jsonrpc":"2.0","method":"Note.add","params":"x","id":1}', -32600, 200],
    ['an id that is an object', '{"jsonrpc":"2.0","method":"Note.add","id":{}}', -32600, 400],
    ['33: a key for the prototype', '{"jsonrpc":"2.0","method":"Note.add","params":{"__proto__":{"polluted":1}},"id":1}', -32600, 400],
    [
      '33: a constructor',
      '{"jsonrpc":"2.0","method":"Note.add","params":{"constructor":{"prototype":{"polluted":1}}},"id":1}',
      -32600,
      400,
    ],
    [
      '28: nesting without end',
      `{"jsonrpc":"2.0","method":"Note.add","id":1,"params":${'['.repeat(9000)}${']'.repeat(9000)}}`,
      -32600,
      400,
    ],
  ])('%s', async (_what, text, code, status) => {
    const reply = await post(text)
    expect(reply).toMatchObject({ status, body: { jsonrpc: '2.0', error: { code } } })
    expect(reply.text).not.toMatch(/\bat .*\.[jt]s:\d+/)
  })

  it('28, 29: a body too large, or of another type, is refused', async () => {
    expect((await post(`{"a":"${'x'.repeat(110_000)}"}`)).status).toBe(413)
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x']) {
      expect((await post('{}', { 'content-type': type })).status).toBe(415)
    }
    const plain = { jsonrpc: '2.0', id: 1, method: 'Note.flag', params: [true] }
    for (const type of ['APPLICATION/JSON', 'application/json; charset=utf-8']) {
      expect((await post(plain, { 'content-type': type })).body).toMatchObject({ result: true })
    }
  })

  it.each([
    'constructor',
    '__proto__.x',
    'toString.call',
    'Note.constructor',
    'Note.__proto__',
    'Note.toString',
    'Note.prototype.constructor',
    'Note.hidden',
    'Note',
    '',
    'Note.sharedCtor',
  ])('34: %j is no method', async (method) =>
    expect(await call(method)).toMatchObject({ error: { code: -32601, data: { statusCode: 404 } } }),
  )

  it('36, 38: values of another type are refused before the method runs', async () => {
    for (const params of [['1'], [[1]], [{ x: 1 }], [null], [], [1, 2, 3], { a: true }]) {
      expect(await call('Note.add', params)).toMatchObject({ error: { code: -32602, data: { statusCode: 400 } } })
    }
    for (const on of ['false', '0', [], 0]) expect(await call('Note.flag', [on])).toMatchObject({ error: { code: -32602 } })
    for (const at of ['0000-00-00', {}, [], 'x'])
      expect(await call('Note.when', [at], { 'x-user': 'ada' })).toMatchObject({ error: { code: -32602 } })
    expect(seen.filter((line) => line.startsWith('after'))).toEqual([])
  })

  it('55: arguments that the server makes cannot be given', async () => {
    const given = { a: 1, options: { user: 'root' }, ctx: {}, accessToken: 'x', skipAcl: true }
    expect(await call('Note.add', given, { 'x-user': 'ada' })).toMatchObject({ result: { options: { user: 'ada' } } })
    expect(await call('Note.add', [1, 2, { user: 'root' }])).toMatchObject({ error: { code: -32602 } })
  })

  it('a stream is refused where it has no place', async () => {
    expect(await call('Note.ticks')).toMatchObject({ error: { data: { code: 'STREAM_OUT_OF_PLACE' } } })
  })
})
