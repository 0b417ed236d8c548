import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import WebSocket from 'ws'
import { closeAll, note, serve } from '../notes'

afterAll(closeAll)

const rpc = (method: string, params: unknown) => ({ jsonrpc: '2.0', id: 1, method, params })

describe('an application', () => {
  it('answers JSON-RPC below its root, unless told not to', async () => {
    const { ask, model } = serve()
    model(note)
    expect((await ask('POST', '/api/jsonrpc', rpc('Note.create', { data: { title: 'a' } }))).body.result).toEqual({ title: 'a', id: 1 })
    expect((await ask('POST', '/api/Note/jsonrpc', rpc('find', {}))).body.result).toEqual([{ title: 'a', id: 1 }])
    const off = serve('modern', { remoting: { jsonRpc: false, errorHandler: { log: false } } })
    expect((await off.ask('POST', '/api/jsonrpc', rpc('Note.find', {}))).status).toBe(404)
  })

  it('asks authorization on every transport', async () => {
    const { app, ask, model } = serve()
    model(note)
    app.remotes().authorization = (async () => {
      throw Object.assign(new Error('no'), { statusCode: 401 })
    }) as never
    expect((await ask('GET', '/api/Notes')).status).toBe(401)
    expect((await ask('POST', '/api/jsonrpc', rpc('Note.find', {}))).body.error.data.statusCode).toBe(401)
    const batch = await ask('POST', '/api/$batch', { requests: [{ path: '/Notes' }] })
    expect(batch.body.responses[0].status).toBe(401)
  })

  it('answers batches; atomic ones in a transaction of the only data source that has any', async () => {
    const { ask, model } = serve()
    model(note)
    const requests = [
      { method: 'POST', path: '/Notes', body: { title: 'a' } },
      { method: 'POST', path: '/Notes', body: {} },
    ]
    expect((await ask('POST', '/api/$batch', { requests })).body.responses.map((one: { status: number }) => one.status)).toEqual([200, 422])
    expect((await ask('POST', '/api/$batch', { requests, atomic: true })).status).toBe(422)
    expect((await ask('GET', '/api/Notes/count')).body).toEqual({ count: 1 })
  })

  it('refuses atomic batches where it is not clear whose transaction is meant, and takes the one that is named', async () => {
    const { app, ask, model } = serve('modern', { remoting: { errorHandler: { log: false } } })
    app.dataSource('other', { connector: 'memory' })
    model(note)
    const atomic = { atomic: true, requests: [{ method: 'POST', path: '/Notes', body: { title: 'a' } }] }
    expect((await ask('POST', '/api/$batch', atomic)).status).toBe(501)
    app.set('remoting', { ...(app.get('remoting') as object), batch: { dataSource: 'db' } })
    expect((await ask('POST', '/api/$batch', atomic)).status).toBe(200)
  })

  it('opens sockets for who is somebody, and for nobody whose token is not valid', async () => {
    const { app, model } = serve()
    model(note)
    app.remotes().identify = (req) => {
      if (req.headers['x-token'] === 'bad') throw Object.assign(new Error('bad token'), { statusCode: 401 })
    }
    const server = app.listen(0, '127.0.0.1')
    await once(app, 'listening')
    const { port } = server.address() as AddressInfo
    const open = (token: string) => new WebSocket(`ws://127.0.0.1:${port}/api/ws`, { headers: { 'x-token': token } })
    const socket = open('good')
    await once(socket, 'open')
    socket.send(JSON.stringify(rpc('Note.count', {})))
    const [answer] = (await once(socket, 'message')) as [Buffer]
    expect(JSON.parse(String(answer))).toMatchObject({ result: { count: 0 } })
    socket.close()
    const [, refused] = (await once(open('bad'), 'unexpected-response')) as [unknown, { statusCode: number }]
    expect(refused.statusCode).toBe(401)
  })

  it('tells models once that they can be reached', async () => {
    const { app, model } = serve()
    const told: unknown[] = []
    const Note = model(note)
    Note.on('mounted', (...args: unknown[]) => told.push(args))
    app.handler('rest')
    await app.ready()
    expect(told).toEqual([[app, Note.sharedClass, app.remotes()]])
  })
})

describe('a request that takes too long', () => {
  it('is answered with 503, and its work is cancelled', async () => {
    const { app, ask, model } = serve('modern', { limits: { time: { request: 30 } } })
    const Note = model(note) as unknown as Record<string, Function>
    let signal: AbortSignal | undefined
    Note.slow = (context: { signal: AbortSignal }) => {
      signal = context.signal
      return new Promise((resolve) => signal!.addEventListener('abort', resolve))
    }
    Note.remoteMethod!('slow', { accepts: { arg: 'ctx', type: 'object', http: { source: 'context' } }, http: { verb: 'get' } })
    const reply = await ask('GET', '/api/Notes/slow')
    expect([reply.status, reply.body.error.message]).toEqual([503, 'Service Unavailable'])
    expect((signal!.reason as { code: string }).code).toBe('APP_REQUEST_TIMEOUT')
    expect((await ask('GET', '/api/Notes')).status).toBe(200)
    void app
  })

  it('does not have to be done when its first byte was sent', async () => {
    const { app, ask } = serve('modern', { limits: { time: { request: 20 } } })
    app.fastify.get('/stream', (_request, reply) => {
      reply.raw.write('begun, ')
      setTimeout(() => reply.raw.end('done'), 60)
      reply.hijack()
    })
    expect((await ask('GET', '/stream')).body).toBe('begun, done')
  })
})

describe('ETags', () => {
  it.each(['2.x', '3.x'] as const)('are weak in %s, and conditional requests are answered with 304', async (compat) => {
    const { ask, model } = serve(compat)
    model(note)
    const first = await ask('GET', '/api/Notes')
    expect(first.headers.etag).toBe('W/"2-l9Fw4VUO7kr8CvBlt4zaMCqXZ0w"')
    const again = await ask('GET', '/api/Notes', undefined, { 'if-none-match': String(first.headers.etag) })
    expect([again.status, again.body, again.headers['content-type'], again.headers['content-length']]).toEqual([
      304,
      undefined,
      undefined,
      undefined,
    ])
    expect((await ask('GET', '/api/Notes', undefined, { 'if-none-match': '"x", W/"y"' })).status).toBe(200)
    const fresh = { 'if-none-match': '*', 'cache-control': 'no-cache' }
    expect((await ask('GET', '/api/Notes', undefined, fresh)).status).toBe(200)
  })

  it('are strong, made by a function, or none, as the setting says', async () => {
    const tagOf = async (compat: 'modern' | '3.x', etag: unknown) => {
      const { ask, model } = serve(compat, etag === undefined ? {} : { etag })
      model(note)
      return (await ask('GET', '/api/Notes')).headers.etag
    }
    expect(await tagOf('3.x', false)).toBeUndefined()
    expect(await tagOf('modern', undefined)).toBeUndefined()
    expect(await tagOf('modern', true)).toMatch(/^W\//)
    expect(await tagOf('modern', 'strong')).toMatch(/^"2-/)
    expect(await tagOf('modern', () => '"mine"')).toBe('"mine"')
  })
})
