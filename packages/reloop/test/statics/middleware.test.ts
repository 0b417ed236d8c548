import reloop = require('../../src')
import { createServer, type Server } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'

type Res = { json(body: unknown): void; send(body: unknown): void }
type Next = (error?: unknown) => void

const servers: Server[] = []
const apps: ReturnType<typeof reloop>[] = []

afterAll(async () => {
  for (const server of servers) {
    server.close()
    server.closeAllConnections()
  }
  await Promise.all(apps.map((app) => app.stop()))
})

function make(compat: '2.x' | '3.x' | 'modern') {
  const app = reloop({ localRegistry: true, loadBuiltinModels: true, compat, settings: { remoting: { errorHandler: { log: false } } } })
  apps.push(app)
  app.dataSource('db', { connector: 'memory' })
  app.model(app.registry.createModel({ name: 'Note', properties: { title: 'string' } }), { dataSource: 'db' })
  let opening: Promise<AddressInfo> | undefined
  const open = async () => {
    const server = createServer(app).listen(0, '127.0.0.1')
    servers.push(server)
    await once(server, 'listening')
    return server.address() as AddressInfo
  }
  const ask = async (path: string, init?: RequestInit) => {
    const { port } = await (opening ??= open())
    const reply = await fetch(`http://127.0.0.1:${port}${path}`, init)
    const text = await reply.text()
    return { status: reply.status, text, body: text.startsWith('{') || text.startsWith('[') ? JSON.parse(text) : text }
  }
  return { app, ask }
}

describe('an application script of LoopBack', () => {
  it.each(['2.x', '3.x'] as const)('runs unchanged in %s', async (compat) => {
    const { app, ask } = make(compat)
    const router = reloop.Router() as { get(path: string, handler: unknown): void }
    router.get('/', reloop.status())
    app.use(router)
    app.use('/rest', reloop.rest())
    app.use('/after', (_req: unknown, res: Res) => res.send('after the API'))
    app.use(reloop.favicon())
    app.use(reloop.urlNotFound())
    app.use((error: Error & { statusCode: number }, _req: unknown, res: Res & { statusCode: number }, _next: Next) => {
      res.statusCode = error.statusCode
      res.json({ mine: error.message })
    })
    expect((await ask('/')).body).toEqual({ started: expect.any(String), uptime: expect.any(Number) })
    expect((await ask('/rest/Notes')).body).toEqual([])
    expect((await ask('/after')).text).toBe('after the API')
    expect((await ask('/favicon.ico')).status).toBe(204)
    expect(await ask('/nowhere')).toMatchObject({ status: 404, body: { mine: 'Cannot GET /nowhere' } })
  })

  it('finds the application where LoopBack has it', () => {
    const { app } = make('3.x')
    expect((app as unknown as { loopback: unknown }).loopback).toBe(reloop)
    expect([app.get('env'), app.locals.settings === app.settings]).toEqual([process.env.NODE_ENV, true])
  })
})

describe('the current context', () => {
  it('is there in every request of 2.x, and holds what hooks put into it', async () => {
    const { app, ask } = make('2.x')
    const { Note } = app.models as unknown as Record<string, Record<string, Function>>
    app.use((_req: unknown, _res: unknown, next: Next) => {
      reloop.getCurrentContext()!.set('user', 'ann')
      setTimeout(next, 1)
    })
    Note!.observe!('access', async () => {
      await Promise.resolve()
      seen.push(reloop.getCurrentContext()?.get('user'))
    })
    const seen: unknown[] = []
    expect((await ask('/api/Notes')).body).toEqual([])
    Note!.observe!('before save', async () => {
      await Promise.resolve()
      seen.push(reloop.getCurrentContext()?.get('user'))
    })
    const body = { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"title":"a"}' }
    expect((await ask('/api/Notes', body)).status).toBe(200)
    expect(seen).toEqual(['ann', 'ann'])
    expect(reloop.getCurrentContext()).toBeNull()
  })

  it('can be made and entered', async () => {
    const context = reloop.createContext()
    context.set('a', 1)
    const inside = await reloop.runInContext(async () => {
      await Promise.resolve()
      return reloop.getCurrentContext()?.get('a')
    }, context)
    expect([inside, context.active.a, context.bind(() => reloop.getCurrentContext())()]).toEqual([1, 1, context])
  })
})

describe('statics of LoopBack 2', () => {
  it('attach models by their kind', () => {
    const source = reloop.setDefaultDataSourceForType('db', { connector: 'memory' })
    const Kind = Object.assign(reloop.createModel('Kind', { a: 'string' }), { autoAttach: 'db' })
    const Other = Object.assign(reloop.createModel('OtherKind', { a: 'string' }), { autoAttach: 'mail' })
    expect(() => reloop.autoAttachModel(Other)).toThrow('No default data source is set for models of type "mail", which OtherKind is')
    delete (Other as { autoAttach?: string }).autoAttach
    reloop.autoAttach()
    expect([Kind.dataSource, reloop.getDefaultDataSourceForType('db')]).toEqual([source, source])
    expect(reloop.DataModel).toBe(reloop.PersistedModel)
  })
})
