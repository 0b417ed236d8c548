import { request } from 'node:http'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { kGuard } from '@reloop/juggler'
import { closeAll, note, serve, type Served } from '../notes'

afterAll(closeAll)

const query = (value: unknown) => encodeURIComponent(JSON.stringify(value))

/** Three notes, of which callers may know the first two. */
async function guarded(): Promise<Served> {
  const served = serve()
  const Note = served.model({ ...note, relations: { notes: { type: 'hasMany', model: 'Note' } } })
  await (Note.create as Function)([
    { title: 'a', stars: 1 },
    { title: 'b', stars: 2 },
    { title: 'c', stars: 3 },
  ])
  Note.createOptionsFromRemotingContext = () => ({ [kGuard]: () => ({ where: { stars: { lt: 3 } } }) })
  return served
}

describe('rows that a caller may not know', () => {
  it('45: answer as rows that are not there', async () => {
    const { ask } = await guarded()
    const asked: [string, string, object?][] = [
      ['GET', ''],
      ['HEAD', ''],
      ['GET', '/exists'],
      ['PATCH', '', { title: 'x' }],
      ['PUT', '', { title: 'x' }],
      ['POST', '/replace', { title: 'x' }],
      ['DELETE', ''],
      ['GET', '/notes'],
      ['GET', '/notes/count'],
      ['POST', '/notes', { title: 'x' }],
    ]
    for (const [verb, path, body] of asked) {
      const [denied, missing] = [await ask(verb, `/api/Notes/3${path}`, body), await ask(verb, `/api/Notes/7${path}`, body)]
      const plain = (reply: { status: number; body: unknown }) => [
        verb,
        path,
        reply.status,
        JSON.stringify(reply.body)?.replace(/\b[37]\b/g, 'N'),
      ]
      expect(plain(denied)).toEqual(plain(missing))
    }
  })

  it('46: show in no count, total, aggregate, list, line or tag', async () => {
    const { ask } = await guarded()
    expect((await ask('GET', '/api/Notes/count')).body).toEqual({ count: 2 })
    expect((await ask('GET', `/api/Notes/count?where=${query({ or: [{ stars: 3 }, { stars: 1 }] })}`)).body).toEqual({ count: 1 })
    const listed = await ask('GET', '/api/Notes', undefined, { prefer: 'count=exact' })
    expect([listed.body.length, listed.headers['x-total-count'], listed.headers.etag]).toEqual([2, '2', undefined])
    expect((await ask('GET', '/api/Notes/aggregate')).body).toEqual([{ count: 2 }])
    expect((await ask('GET', `/api/Notes/findOne?filter=${query({ where: { stars: 3 } })}`)).status).toBe(404)
    expect((await ask('GET', '/api/Notes?_format=ndjson')).body).not.toContain('"c"')
    const page = await ask('GET', `/api/Notes?filter=${query({ limit: 2, after: '' })}`)
    expect([page.body.length, page.headers.link]).toEqual([2, undefined])
  })
})

describe('other ways to write a URL', () => {
  it('50: lead to the same decision', async () => {
    const { app, model } = serve()
    app.enableAuth()
    model({ ...note, acls: [{ principalType: 'ROLE', principalId: '$everyone', permission: 'DENY' }] })
    await app.ready()
    const server = createServer(app)
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const ask = (method: string, path: string, headers: Record<string, string> = {}) =>
      new Promise<number>((resolve, reject) => {
        const { port } = server.address() as AddressInfo
        const call = request({ port, method, path, headers: { 'content-type': 'application/json', ...headers } }, (reply) => {
          reply.resume()
          resolve(reply.statusCode!)
        })
        call.on('error', reject)
        call.end(method === 'GET' ? undefined : '{"title":"x"}')
      })
    expect(await ask('GET', '/api/Notes')).toBe(401)
    for (const path of [
      '/api/notes',
      '/API/Notes',
      '/api/%4eotes',
      '/api/Notes/',
      '/api/Notes?',
      '/api/Notes?_method=POST',
      '/api/Not%65s/',
      '//api/Notes',
      '/api//Notes',
      '/api/./Notes',
      '/api/x/../Notes',
      '/api/Notes;x=1',
    ])
      expect([path, [401, 404, 400].includes(await ask('GET', path))]).toEqual([path, true])
    for (const headers of [
      { 'x-http-method-override': 'OPTIONS' },
      { 'x-method-override': 'HEAD' },
      { 'x-original-url': '/health' },
      { 'x-rewrite-url': '/' },
    ] as Record<string, string>[])
      expect([headers, await ask('POST', '/api/Notes', headers)]).toEqual([headers, 401])
    expect(await ((model({ name: 'Open', properties: { n: 'number' } }).count as Function)() as Promise<number>)).toBe(0)
    expect(await ask('GET', '/api/Opens')).toBe(200)
    server.close()
  })
})
