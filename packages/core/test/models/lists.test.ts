import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { kGuard } from '@reloop/juggler'
import type { HttpContext } from '@reloop/remoting'
import { connector as sqlite } from '@reloop/connector-sqlite'
import type { SharedModel } from '../../src'
import { closeAll, serve, type Served } from '../notes'

afterAll(closeAll)

const book = {
  name: 'Book',
  properties: { title: 'string', pages: 'number', secret: 'string', tenant: 'string' },
  hidden: ['secret'],
  relations: { chapters: { type: 'hasMany', model: 'Chapter' } },
  scopes: { thick: { where: { pages: { gt: 4 } } } },
}
const chapter = { name: 'Chapter', properties: { title: 'string' }, relations: { book: { type: 'belongsTo', model: 'Book' } } }
const query = (filter: unknown) => encodeURIComponent(JSON.stringify(filter))
const exact = { prefer: 'count=exact' }

/** Ten books in SQLite, where order and number are the store's business. */
async function shelf(settings: Record<string, unknown> = {}, more: object = {}): Promise<Served & { Book: SharedModel }> {
  const served = serve('modern', settings)
  served.app.dataSource('file', { connector: sqlite, file: ':memory:' })
  const Book = served.model({ ...book, ...more }, { dataSource: 'file' })
  served.model(chapter, { dataSource: 'file' })
  await (served.app.dataSources.file as { automigrate(): Promise<void> }).automigrate()
  for (let n = 1; n <= 10; n++) await (Book.create as Function)({ title: `b${n}`, pages: n, tenant: n % 2 ? 'a' : 'b' })
  return { ...served, Book }
}

describe('the total of a list', () => {
  it('is told in X-Total-Count to who asks for it, and counted for nobody else', async () => {
    const { ask } = await shelf()
    const filter = query({ where: { pages: { gt: 3 } }, limit: 2 })
    const told = await ask('GET', `/api/Books?filter=${filter}`, undefined, exact)
    expect([told.body.length, told.headers['x-total-count']]).toEqual([2, '7'])
    expect((await ask('GET', `/api/Books?filter=${filter}`)).headers['x-total-count']).toBeUndefined()
    expect((await ask('GET', '/api/Books', undefined, { prefer: 'return=minimal, count=exact' })).headers['x-total-count']).toBe('10')
    expect((await ask('GET', '/api/Books', undefined, { prefer: 'count=exactly' })).headers['x-total-count']).toBeUndefined()
    expect((await ask('GET', '/api/Books', undefined, { prefer: 'discount=exact' })).headers['x-total-count']).toBeUndefined()
  })

  it('is always told where the model says so', async () => {
    const { ask } = await shelf({}, { totalCount: true })
    expect((await ask('GET', `/api/Books?filter=${query({ limit: 1 })}`)).headers['x-total-count']).toBe('10')
  })

  it('is that of the relation or scope that is listed', async () => {
    const { ask } = await shelf()
    await ask('POST', '/api/Books/1/chapters', [{ title: 'x' }, { title: 'y' }, { title: 'x' }])
    await ask('POST', '/api/Books/2/chapters', { title: 'x' })
    const chapters = await ask('GET', `/api/Books/1/chapters?filter=${query({ where: { title: 'x' }, limit: 1 })}`, undefined, exact)
    expect([chapters.body.length, chapters.headers['x-total-count']]).toEqual([1, '2'])
    const thick = await ask('GET', `/api/Books/thick?filter=${query({ limit: 1 })}`, undefined, exact)
    expect([thick.body.length, thick.headers['x-total-count']]).toEqual([1, '6'])
  })

  it('counts under the rules of the list', async () => {
    const { ask, Book } = await shelf()
    Book.createOptionsFromRemotingContext = () => ({ [kGuard]: () => ({ where: { tenant: 'a' } }) })
    const told = await ask(
      'GET',
      `/api/Books?filter=${query({ where: { or: [{ tenant: 'b' }, { pages: { gt: 2 } }] }, limit: 1 })}`,
      undefined,
      exact,
    )
    expect([told.status, told.headers['x-total-count']]).toEqual([200, '4'])
  })

  it('may be read by scripts of the origins that may call', async () => {
    const { ask } = await shelf({
      remoting: { cors: { origin: 'https://shop.example', exposedHeaders: ['X-Own'] }, errorHandler: { log: false } },
    })
    const reply = await ask('GET', '/api/Books', undefined, { ...exact, origin: 'https://shop.example' })
    expect(reply.headers['access-control-expose-headers']).toBe('X-Own,X-Total-Count')
  })
})

describe('pages', () => {
  const links = (header: unknown) =>
    Object.fromEntries([...String(header).matchAll(/<([^>]+)>; rel="(\w+)"/g)].map(([, url, rel]) => [rel, url])) as Record<string, string>

  it('lead from one to the next and back, whatever comes in between', async () => {
    const { ask, Book } = await shelf()
    const titles = (body: { title: string }[]) => body.map(({ title }) => title)
    const first = await ask('GET', `/api/Books?filter=${query({ order: 'pages DESC', limit: 4, after: '' })}&extra=1`)
    expect(titles(first.body)).toEqual(['b10', 'b9', 'b8', 'b7'])
    expect(Object.keys(links(first.headers.link))).toEqual(['next'])
    await (Book.create as Function)({ title: 'new', pages: 11 })
    const second = await ask('GET', links(first.headers.link).next!)
    expect(titles(second.body)).toEqual(['b6', 'b5', 'b4', 'b3'])
    expect(links(second.headers.link).next).toContain('extra=1')
    const last = await ask('GET', links(second.headers.link).next!)
    expect(titles(last.body)).toEqual(['b2', 'b1'])
    expect(links(last.headers.link).next).toBeUndefined()
    expect(titles((await ask('GET', links(last.headers.link).prev!)).body)).toEqual(['b6', 'b5', 'b4', 'b3'])
  })

  it('take filters in brackets too, and name no host', async () => {
    const { ask } = await shelf()
    const first = await ask('GET', '/api/Books?filter[limit]=3&filter[after]=&filter[where][pages][gt]=5', undefined, {
      host: 'evil.example',
    })
    const { next } = links(first.headers.link)
    expect(next).toMatch(/^\/api\/Books\?/)
    expect((await ask('GET', next!)).body).toHaveLength(2)
  })

  it('are cut where limits.page bounds a list without a limit, and a larger limit is refused', async () => {
    const { ask } = await shelf({ limits: { page: 6 } })
    const first = await ask('GET', '/api/Books')
    expect(first.body).toHaveLength(6)
    expect((await ask('GET', links(first.headers.link).next!)).body).toHaveLength(4)
    expect((await ask('GET', `/api/Books?filter=${query({ limit: 7 })}`)).status).toBe(400)
    expect((await ask('GET', `/api/Books?filter=${query({ limit: 6 })}`)).headers.link).toBeUndefined()
  })

  it('refuse a cursor that was changed, or of another query', async () => {
    const { ask } = await shelf()
    const first = await ask('GET', `/api/Books?filter=${query({ limit: 4, after: '' })}`)
    const filter = JSON.parse(new URLSearchParams(links(first.headers.link).next!.split('?')[1]).get('filter')!) as { after: string }
    for (const wrong of [
      { ...filter, after: `${filter.after}x` },
      { ...filter, where: { pages: 1 } },
      { ...filter, after: { gt: '' } },
    ])
      expect((await ask('GET', `/api/Books?filter=${query(wrong)}`)).status).toBe(400)
  })

  it('do not tell what a hook has added to the filter', async () => {
    const { ask, Book } = await shelf()
    Book.beforeRemote('find', async (ctx: HttpContext) => {
      ctx.args.filter = { ...(ctx.args.filter as object), where: { tenant: 'a' } }
    })
    const first = await ask('GET', `/api/Books?filter=${query({ limit: 2, after: '' })}`)
    expect(first.headers.link).not.toContain('tenant')
    expect((await ask('GET', links(first.headers.link).next!)).body.map(({ title }: { title: string }) => title)).toEqual(['b5', 'b7'])
  })
})

describe('lines', () => {
  let server: Server
  const lines = { accept: 'application/x-ndjson' }
  const listen = async ({ app }: Served) => {
    server = createServer(app)
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  }
  afterEach(() => void server?.close())
  const parsed = (text: string) =>
    text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>)

  it('give one record each, in wire shape, to who accepts them', async () => {
    const served = await shelf()
    const url = await listen(served)
    const reply = await fetch(`${url}/api/Books?filter=${query({ order: 'pages', include: 'chapters' })}`, { headers: lines })
    expect(reply.headers.get('content-type')).toContain('application/x-ndjson')
    const rows = parsed(await reply.text())
    expect(rows).toHaveLength(10)
    expect(rows[0]).toEqual({ id: 1, title: 'b1', pages: 1, tenant: 'a', chapters: [] })
    expect(await (await fetch(`${url}/api/Books?_format=ndjson`)).text()).toContain('"title":"b10"')
    const json = await fetch(`${url}/api/Books`, { headers: { accept: 'application/json, application/x-ndjson;q=0.5' } })
    expect((await json.json()) as unknown[]).toHaveLength(10)
  })

  it('refuse a wrong filter before the reply begins', async () => {
    const url = await listen(await shelf())
    const reply = await fetch(`${url}/api/Books?filter=${query({ where: { nothing: 1 } })}`, { headers: lines })
    expect(reply.status).toBe(400)
  })

  it('are also given where hooks change the list, and for relations', async () => {
    const served = await shelf()
    served.Book.afterRemote('__get__thick', async (ctx: HttpContext) => {
      ctx.result = (ctx.result as object[]).slice(0, 2)
    })
    const url = await listen(served)
    expect(parsed(await (await fetch(`${url}/api/Books/thick`, { headers: lines })).text())).toHaveLength(2)
  })

  it('stand under the rules of the list', async () => {
    const served = await shelf()
    served.Book.createOptionsFromRemotingContext = () => ({ [kGuard]: () => ({ where: { tenant: 'a' }, hidden: ['pages'] }) })
    const url = await listen(served)
    const rows = parsed(await (await fetch(`${url}/api/Books`, { headers: lines })).text())
    expect(rows.map(({ title, pages }) => [title, pages])).toEqual([1, 3, 5, 7, 9].map((n) => [`b${n}`, undefined]))
  })
})

describe('aggregates', () => {
  it('are offered at /aggregate', async () => {
    const { ask } = await shelf()
    const filter = { groupBy: ['tenant'], values: { books: { count: true }, pages: { sum: 'pages' } }, order: 'tenant' }
    expect((await ask('GET', `/api/Books/aggregate?filter=${query(filter)}`)).body).toEqual([
      { tenant: 'a', books: 5, pages: 25 },
      { tenant: 'b', books: 5, pages: 30 },
    ])
  })

  it('tell nothing of hidden properties, and stand under the rules', async () => {
    const { ask, Book } = await shelf()
    for (const filter of [{ groupBy: ['secret'] }, { values: { x: { max: 'secret' } } }, { where: { secret: 'x' } }])
      expect((await ask('GET', `/api/Books/aggregate?filter=${query(filter)}`)).status).toBe(400)
    Book.createOptionsFromRemotingContext = () => ({ [kGuard]: () => ({ where: { tenant: 'a' } }) })
    expect((await ask('GET', `/api/Books/aggregate?filter=${query({})}`)).body).toEqual([{ count: 5 }])
  })

  it('are not offered in the lines of LoopBack unless a model asks for it', async () => {
    const { ask, model } = serve('3.x')
    model({ name: 'Note', properties: { title: 'string' } })
    model({ name: 'Memo', properties: { title: 'string' }, remoting: { sharedMethods: { aggregate: true } } })
    expect((await ask('GET', '/api/Notes/aggregate')).status).toBe(404)
    expect((await ask('GET', '/api/Memos/aggregate')).body).toEqual([{ count: 0 }])
  })
})
