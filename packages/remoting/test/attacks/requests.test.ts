import { connect } from 'node:net'
import type { AddressInfo } from 'node:net'
import { closeAll, serve, type Served, type Shared } from '../serve'

const root = { arg: 'x', type: 'any', root: true }
const typed = (type: string | [string], more: object = {}): Shared => ({
  accepts: { arg: 'x', type, ...more },
  returns: root,
  http: { verb: 'all' },
  fn: (x: unknown) => x ?? 'none',
})
const body: Shared = {
  accepts: { arg: 'data', type: 'object', http: { source: 'body' } },
  returns: root,
  http: { verb: 'post' },
  fn: (data: unknown) => data,
}

let server: Served
beforeAll(async () => {
  server = await serve({
    Note: {
      body,
      object: typed('object'),
      string: typed('string'),
      number: typed('number'),
      boolean: typed('boolean'),
      date: typed('date'),
      strings: typed(['string']),
      byId: { ...typed('any'), http: { verb: 'get', path: '/id/:x' } },
    },
  })
})
afterAll(closeAll)
afterEach(async () => {
  // 88: whatever was sent, the next request is answered as usual, and nothing has changed for other objects.
  expect((await server.get('/Note/string?x=fine')).body).toBe('fine')
  expect(({} as Record<string, unknown>).polluted).toBeUndefined()
})

const isRefused = (reply: { status: number; text: string }) => {
  expect([400, 404, 413, 414, 415]).toContain(reply.status)
  expect(reply.text).not.toMatch(/\bat .*\.[jt]s:\d+/)
}

describe('25: brackets in queries', () => {
  it('are refused beyond 10 levels and read up to there', async () => {
    const nested = (levels: number) => `x${'[a]'.repeat(levels)}=1`
    expect((await server.get(`/Note/object?${nested(10)}`)).status).toBe(200)
    const refused = await server.get(`/Note/object?${nested(11)}`)
    expect(refused.body.error).toMatchObject({ statusCode: 400, code: 'REMOTING_QUERY_TOO_LARGE' })
    expect(refused.body.error.message).toContain('limits.query.depth')
    isRefused(await server.get(`/Note/object?x${'[a]'.repeat(1000)}=1`))
  })

  it('are refused in lists over 1,000 items, by number and by index, and leave no holes', async () => {
    expect((await server.get(`/Note/strings?${'x[]=1&'.repeat(1000).slice(0, -1)}`)).status).toBe(200)
    isRefused(await server.get(`/Note/strings?${'x[]=1&'.repeat(1001)}`))
    isRefused(await server.get('/Note/strings?x[1000000000]=1'))
    isRefused(await server.get('/Note/strings?x[1000]=1'))
    expect((await server.get('/Note/strings?x[999]=1')).body).toEqual(['1'])
  })

  it('are refused with over 1,000 parameters, well under 5 ms', async () => {
    const many = (count: number) => Array.from({ length: count }, (_, index) => `a${index}=1`).join('&')
    expect((await server.get(`/Note/string?x=fine&${many(999)}`)).status).toBe(200)
    isRefused(await server.get(`/Note/string?${many(1001)}`))
  })

  it('mixed with a plain value make no object of text', async () => {
    isRefused(await server.get('/Note/object?x=1&x[b]=2'))
    isRefused(await server.get('/Note/string?x=1&x[b]=2'))
  })
})

describe('28: bodies', () => {
  const send = (payload: string | Buffer, headers: Record<string, string> = {}) =>
    server.send({ method: 'POST', path: '/Note/body', headers: { 'content-type': 'application/json', ...headers }, body: payload })

  it('over the bound are refused before they are read', async () => {
    const reply = await send(JSON.stringify({ a: 'x'.repeat(102_400) }))
    expect(reply.body.error).toMatchObject({ statusCode: 413, message: 'request entity too large' })
    isRefused(await send('{}', { 'content-length': String(2 ** 30) }))
  })

  it('with duplicate keys keep the last one', async () => {
    expect((await send('{"a":1,"a":2}')).body).toEqual({ a: 2 })
  })

  it('may begin with a byte order mark; NaN, Infinity and other encodings are refused', async () => {
    expect((await send('\uFEFF{"a":1}')).body).toEqual({ a: 1 })
    for (const text of ['{"a":NaN}', '{"a":Infinity}', Buffer.from('{"a":1}', 'utf16le')]) isRefused(await send(text))
  })

  it('of 10,000 keys, or one key of 90 kB, are read like others', async () => {
    const keys = Object.fromEntries(Array.from({ length: 9000 }, (_, index) => [`k${index}`, 1]))
    expect((await send(JSON.stringify(keys))).status).toBe(200)
    expect((await send(JSON.stringify({ ['k'.repeat(90_000)]: 1 }))).status).toBe(200)
  })

  it('nested over the bound are refused, however deep', async () => {
    expect((await send('{"a":'.repeat(31) + '[]' + '}'.repeat(31))).status).toBe(200)
    isRefused(await send('['.repeat(50_000) + ']'.repeat(50_000)))
    isRefused(await send('{"a":'.repeat(33) + '1' + '}'.repeat(33)))
  })

  it('that claim a compression are not unpacked', async () => {
    isRefused(await send(Buffer.from('1f8b0800000000000003abae05000043bfa6a302000000', 'hex'), { 'content-encoding': 'gzip' }))
  })
})

describe('29: content types', () => {
  it.each([
    'application/json\t; charset=utf-8',
    'application/json;',
    'APPLICATION/JSON',
    ' application/json',
    'application/json; charset="utf-8"',
  ])('%p is JSON, and checked', async (type) => {
    expect((await server.send({ method: 'POST', path: '/Note/body', headers: { 'content-type': type }, body: '{"a":1}' })).body).toEqual({
      a: 1,
    })
    isRefused(
      await server.send({ method: 'POST', path: '/Note/body', headers: { 'content-type': type }, body: '{"__proto__":{"polluted":1}}' }),
    )
  })

  it.each(['text/plain', 'application/jsonx', 'application/json, text/plain', 'application', '*/*', 'application/xml', ''])(
    '%p is refused with 415',
    async (type) => {
      const reply = await server.send({ method: 'POST', path: '/Note/body', headers: { 'content-type': type }, body: '{"a":1}' })
      expect(reply.status).toBe(415)
      expect(reply.body.error.code).toBe('REMOTING_MEDIA_TYPE_UNKNOWN')
    },
  )
})

describe('30: URLs', () => {
  it.each([
    '/Note/id/%',
    '/Note/id/%zz',
    '/Note/id/%c3%28',
    '/Note/id/%00',
    '/Note/string?x=%00',
    '/Note/string?x=%zz',
    '//Note/string',
    '/Note;x=1/string',
    '/%4eote/string',
  ])('%p is refused without a stack', async (path) => {
    isRefused(await server.get(path))
  })

  it('over 16 kB are refused with 414', async () => {
    const url = (length: number) => `/Note/string?x=${'a'.repeat(length - '/api/Note/string?x='.length)}`
    expect((await server.get(url(16_384))).status).toBe(200)
    expect((await server.get(url(16_385))).body.error).toMatchObject({ statusCode: 414, code: 'REMOTING_URL_TOO_LONG' })
  })

  it('may be sent raw to a real socket', async () => {
    if (!server.fastify.server.listening) await server.fastify.listen({ port: 0 })
    const { port } = server.fastify.server.address() as AddressInfo
    for (const line of [
      'GET /api/./Note/string HTTP/1.1',
      'GET /api/Note/../string HTTP/1.1',
      'GET /api/Note/id/%zz HTTP/1.1',
      'GET /api//Note HTTP/1.1',
      'GET /api/Note/id/a b HTTP/1.1',
      'GET http://[::1 HTTP/1.1',
      'FOO / HTTP/1.1',
    ]) {
      const answer = await raw(port, `${line}\r\nHost: a\r\nConnection: close\r\n\r\n`)
      expect(answer).toMatch(/^HTTP\/1\.1 4\d\d/)
      expect(answer).not.toMatch(/\bat .*\.[jt]s:\d+/)
    }
  })
})

function raw(port: number, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(text))
    let answer = ''
    socket.on('data', (chunk) => (answer += chunk.toString()))
    socket.on('end', () => resolve(answer))
    socket.on('error', reject)
  })
}

describe('33: keys that could reach a prototype', () => {
  it.each([
    '{"__proto__":{"polluted":1}}',
    '{"\\u005f_proto__":{"polluted":1}}',
    '{"constructor":{"prototype":{"polluted":1}}}',
    '{"prototype":{"polluted":1}}',
    '{"a":{"b":[{"__proto__":{"polluted":1}}]}}',
    '[{"__proto__":1}]',
  ])('are refused in a body: %s', async (text) => {
    const reply = await server.send({ method: 'POST', path: '/Note/body', headers: { 'content-type': 'application/json' }, body: text })
    expect(reply.body.error).toMatchObject({ statusCode: 400, code: 'REMOTING_KEY_REFUSED' })
  })

  it.each([
    '__proto__=1',
    '__proto__[polluted]=1',
    'x[__proto__][polluted]=1',
    'x[constructor][prototype][polluted]=1',
    'x[prototype]=1',
    'prototype=1',
    '%5f_proto__=1',
    'x[%5f_proto__][polluted]=1',
    'x[a][__proto__]=1',
  ])('are refused in a query and in a form: %s', async (text) => {
    expect((await server.get(`/Note/object?${text}`)).body.error).toMatchObject({ statusCode: 400, code: 'REMOTING_KEY_REFUSED' })
    isRefused(
      await server.send({
        method: 'POST',
        path: '/Note/body',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: text,
      }),
    )
  })

  it('are refused as JSON inside a parameter', async () => {
    for (const text of ['{"__proto__":{"polluted":1}}', '{"a":{"constructor":{"prototype":{}}}}']) {
      expect((await server.get(`/Note/object?x=${encodeURIComponent(text)}`)).body.error).toMatchObject({
        statusCode: 400,
        code: 'REMOTING_KEY_REFUSED',
      })
    }
  })

  it('are refused as names of multipart fields', async () => {
    const payload = '--e\r\nContent-Disposition: form-data; name="__proto__"\r\n\r\n1\r\n--e--\r\n'
    isRefused(
      await server.send({
        method: 'POST',
        path: '/Note/body',
        headers: { 'content-type': 'multipart/form-data; boundary=e' },
        body: payload,
      }),
    )
  })

  it('leave `constructor` alone as plain data', async () => {
    expect((await server.post('/Note/body', { constructor: 'Ford' })).body).toEqual({ constructor: 'Ford' })
  })
})

describe('34: names that every object has', () => {
  it.each(['constructor', 'toString', '__proto__', 'hasOwnProperty', 'prototype', 'name', 'length'])(
    '%p is no class and no method',
    async (name) => {
      for (const path of [`/${name}`, `/${name}/${name}`, `/Note/${name}`, `/Note/1/${name}`])
        expect((await server.get(path)).status).toBe(404)
    },
  )
})

describe('36: lists and objects in the place of one value', () => {
  it.each(['string', 'number', 'boolean', 'date'])('are refused for a %s', async (type) => {
    for (const query of ['x=1&x=2', 'x[]=1', 'x[a]=1', 'x[0]=1']) {
      expect((await server.get(`/Note/${type}?${query}`)).body.error).toMatchObject({
        statusCode: 400,
        code: 'REMOTING_ARGUMENT_REPEATED',
        message: `Argument "x" must be one ${type}, not a list or an object.`,
      })
    }
  })

  it('are refused as items of a list of them', async () => {
    isRefused(await server.get('/Note/strings?x[0][a]=1'))
  })
})
