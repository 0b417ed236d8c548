import { createServer, request, type IncomingMessage, type Server } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import { express } from '../../src'
import { closeAll, serve } from '../served'

type Next = (error?: unknown) => void

const { app } = serve('modern')
const asked: string[] = []
let server: Server

beforeAll(async () => {
  app.use((express.json as () => unknown)())
  app.use((req: { url: string }, _res: unknown, next: Next) => {
    asked.push(req.url)
    next()
  })
  app.remotes().authorization = ((context: { methodString: string }) => {
    if (context.methodString === 'Note.find') return Promise.reject(Object.assign(new Error('no'), { statusCode: 401 }))
    return Promise.resolve()
  }) as never
  server = createServer(app).listen(0, '127.0.0.1')
  await once(server, 'listening')
})

afterAll(async () => {
  server.close()
  server.closeAllConnections()
  await closeAll()
})

/** The next request is answered as if nothing had been. */
afterEach(async () => expect((await send('GET', '/api/Notes/count')).status).toBe(200))

/** Sends a path as it is written. */
async function send(
  method: string,
  path: string,
  { headers = {}, body }: { headers?: Record<string, string>; body?: string | Buffer } = {},
) {
  const { port } = server.address() as AddressInfo
  const sent = request({ port, method, path, headers, agent: false })
  sent.end(body)
  const [reply] = (await once(sent, 'response')) as [IncomingMessage]
  const chunks: Buffer[] = []
  for await (const chunk of reply) chunks.push(chunk as Buffer)
  return { status: reply.statusCode, text: Buffer.concat(chunks).toString() }
}

describe('with Express around the API', () => {
  it.each([
    '/api/%zz',
    '/%',
    '/api/Notes%00',
    '//',
    '//api/Notes',
    '/./api/Notes',
    '/api/../api/Notes',
    '/api/Notes;x=1',
    `/${'a'.repeat(17_000)}`,
  ])('odd paths are refused or not found, without a stack (%#)', async (path) => {
    const { status, text } = await send('GET', path)
    expect([400, 401, 404, 414, 431]).toContain(status)
    expect(text).not.toMatch(/at .*\.(ts|js)/)
  })

  it.each(['/API/Notes', '/api/%4Eotes', '/api/Notes/', '/api/notes'])('%s is decided like the plain path', async (path) => {
    const headers = { 'x-http-method-override': 'POST' }
    expect([401, 404]).toContain((await send('GET', path, { headers })).status)
    expect((await send('GET', '/api/Notes?_method=POST', { headers })).status).toBe(401)
  })

  it('bodies that must not be are refused, whoever reads them', async () => {
    const json = { 'content-type': 'application/json' }
    const deep = `{"title":${'['.repeat(40)}${']'.repeat(40)}}`
    const bodies: [string | Buffer, Record<string, string>][] = [
      ['{"title":"a","constructor":{"prototype":{"x":1}}}', json],
      ['{"__proto__":{"x":1}}', json],
      [deep, json],
      ['{"title":NaN}', json],
      [`{"title":"${'a'.repeat(200_000)}"}`, json],
      [gzipSync(`{"title":"${'a'.repeat(5_000_000)}"}`), { ...json, 'content-encoding': 'gzip' }],
      ['{"title":"a"}', { 'content-type': 'application/x-nothing' }],
    ]
    for (const [body, headers] of bodies) {
      const { status } = await send('POST', '/api/Notes', {
        headers: { ...headers, 'content-length': String(Buffer.byteLength(body)) },
        body,
      })
      expect([String(body).slice(0, 30), headers, [400, 413, 415].includes(status!)]).toEqual([String(body).slice(0, 30), headers, true])
    }
    expect(({} as { x?: number }).x).toBeUndefined()
    expect(JSON.parse((await send('GET', '/api/Notes/count')).text)).toEqual({ count: 0 })
  })
})
