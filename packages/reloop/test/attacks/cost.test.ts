import { connect } from 'node:net'
import { gzipSync } from 'node:zlib'
import { clean, refused, stores, target, unharmed, type Target } from './server'

describe.each(stores.slice(0, 2))('group B, cost of queries and parsers, on %s', (_, settings) => {
  let at: Target
  beforeAll(async () => {
    at = await target(settings)
  })
  afterAll(() => at.close())
  afterEach(() => unharmed(at))

  const deep = (levels: number): object => (levels === 0 ? { name: 'one' } : { and: [deep(levels - 1)] })

  it('24: refuses a filter that is too deep or has too many conditions', async () => {
    refused(await at.filter({ where: deep(64) }))
    refused(await at.send('POST', `/Notes/update?where=${encodeURIComponent(JSON.stringify(deep(64)))}`, { age: 1 }))
    const many = { or: Array.from({ length: 700 }, (_, n) => ({ age: n })) }
    const reply = await at.filter({ where: { or: [many, many, many] } })
    expect([400, 414, 431]).toContain(reply.status)
  })

  it('25: caps brackets, repeats and indices', async () => {
    refused(await at.send('GET', `/Notes?filter${'[a]'.repeat(400)}=1`))
    refused(await at.send('GET', `/Notes?${'a[]=1&'.repeat(1_500)}`))
    const sparse = await at.send('GET', '/Notes?filter[where][or][1000000000][name]=one')
    if (sparse.status !== 200) refused(sparse)
    const mixed = await at.send('GET', '/Notes/echo?text=1&text[b]=2')
    refused(mixed)
  })

  it('26: caps nested includes', async () => {
    const cycle = (levels: number): object =>
      levels === 0 ? { relation: 'owner' } : { relation: levels % 2 ? 'owner' : 'notes', scope: { include: cycle(levels - 1) } }
    refused(await at.filter({ include: cycle(19) }))
  })

  it.each(['(a+)+$', '^(.*){20}$', '(a|a)*b', '(x+x+)+y'])('27: answers the expression %s in time', async (regexp) => {
    const started = Date.now()
    const reply = await at.filter({ where: { name: { regexp } } })
    expect([200, 400]).toContain(reply.status)
    expect(Date.now() - started).toBeLessThan(1_000)
  })

  it('28: refuses bodies that are too big, too deep or no JSON', async () => {
    expect((await at.send('POST', '/Notes', { name: 'x'.repeat(200_000) })).status).toBe(413)
    const nested = `{"name":"x","meta":${'{"a":'.repeat(64)}1${'}'.repeat(64)}}`
    refused(await at.send('POST', '/Notes', nested))
    for (const text of ['{"name":', '{name:1}', 'NaN', '{"age":NaN}', '{"name":"x"}}']) {
      const reply = await at.send('POST', '/Notes', text)
      expect([400, 422]).toContain(reply.status)
      clean(reply)
    }
    const bomb = await at.send('POST', '/Notes', gzipSync('{"name":"x"}').toString('latin1'), { 'content-encoding': 'gzip' })
    expect([400, 413, 415]).toContain(bomb.status)
  })

  it.each(['application/json;', 'APPLICATION/JSON', 'application/json\t; charset=utf-8', 'application/json; charset=utf-8'])(
    '29: validates the body of type %s',
    async (type) => {
      const reply = await at.send('POST', '/Notes', { age: 1 }, { 'content-type': type })
      expect([415, 422]).toContain(reply.status)
    },
  )

  it('29: refuses types that it does not read', async () => {
    expect((await at.send('POST', '/Notes', '<a/>', { 'content-type': 'application/x-unheard' })).status).toBe(415)
  })

  it.each([
    '/api/Notes/%',
    '/api/Notes/%ff%fe',
    '/api/Notes/%00',
    '//api/Notes',
    '/api/./Notes',
    '/api/Notes;x=1',
    '/api/Notes/%c0%ae',
    `/api/Notes/${'a'.repeat(20_000)}`,
  ])('30: answers the path %.40s without a stack', async (path) => {
    const answer = await raw(at, path)
    expect(answer).toMatch(/^HTTP\/1\.1 (200|400|404|414|431) /)
    expect(answer).not.toMatch(/\bat .+:\d+:\d+|node_modules/)
  })
})

/** Sends a path as it is; fetch would tidy it. */
function raw(at: Target, path: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(at.port, '127.0.0.1', () => socket.write(`GET ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`))
    let text = ''
    socket.on('data', (data) => (text += data.toString()))
    socket.on('end', () => resolve(text))
    socket.on('error', reject)
  })
}
