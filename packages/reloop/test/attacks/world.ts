import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { createApplication, createRegistry, type Application } from '@reloop/core'
import WebSocket from 'ws'
import { allow, models } from './models'

/** The doors that every attack goes through. */
export const doors = ['REST', 'batch', 'JSON-RPC', 'WebSocket'] as const
export type Door = (typeof doors)[number]

/** One call, as a route and as a method with its arguments. */
export interface Call {
  readonly verb: string
  readonly path: string
  readonly body?: unknown
  readonly method: string
  readonly params: object
}

export interface Answer {
  readonly status: number
  readonly text: string
  readonly body: any
}

/** Who has logged in: two users, one with the role `admin`, and one of another tenant; anything else is taken as a token. */
export type Who = string | undefined

export interface World {
  readonly app: Application
  readonly models: Readonly<Record<string, any>>
  /** The API's URL. */
  readonly base: string
  readonly tokens: Readonly<Record<'ann' | 'bob' | 'admin', string>>
  /** Sends a call through a door; the status over RPC is that which the error carries, or 200. */
  through(door: Door, who: Who, call: Call): Promise<Answer>
  /** A plain HTTP request. */
  http(verb: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer & { readonly headers: Headers }>
  socket(who: Who): Promise<WebSocket>
  close(): Promise<void>
}

export const password = 'correct horse'
/** Starts the application; nothing is in its store but people, roles and one row or two of everything. */
export async function world(
  store: Record<string, unknown> = { connector: 'memory' },
  settings: Record<string, unknown> = {},
): Promise<World> {
  const app = createApplication({
    registry: createRegistry({ compat: 'modern' }),
    settings: {
      baseUrl: 'https://api.example.com',
      remoting: { errorHandler: { log: false } },
      limits: { login: { account: 1_000, address: 100_000 }, stream: { recheck: 40, perClient: 200 } },
      ...settings,
    },
  })
  const source = app.dataSource('db', store) as any
  const { registry } = app
  const Person = registry.createModel({
    name: 'Person',
    base: 'User',
    plural: 'Persons',
    properties: { tenantId: 'string' },
    redirects: ['https://good.com'],
    relations: { notes: { type: 'hasMany', model: 'Note', foreignKey: 'ownerId' } },
    acls: [allow('$owner', { property: '__get__notes' }), allow('$owner', { property: '__create__notes' })],
  })
  registry.createModel({
    name: 'Session',
    base: 'AccessToken',
    relations: { user: { type: 'belongsTo', model: 'Person', foreignKey: 'userId' } },
  })
  ;(Person.settings.relations as any).accessTokens.model = 'Session'
  for (const config of models) registry.createModel(config)
  for (const name of ['Session', 'Person', ...models.map(({ name }) => name)]) app.model(registry.getModel(name), { dataSource: 'db' })
  for (const name of ['ACL', 'Role', 'RoleMapping', 'Scope', 'Application']) app.model(registry.getModel(name), { dataSource: 'db' })
  app.enableAuth({ dataSource: 'db' })
  app.tenant(async (ctx) => tenantOf(app, (ctx.req as any).accessToken?.userId))
  methods(registry)
  if (store.connector !== 'memory') await source.automigrate()
  const tokens = await fill(app)
  const server = app.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return gates(app, (server.address() as AddressInfo).port, tokens)
}

/** People's tenants: bob's is another one. */
async function tenantOf(app: Application, userId: unknown): Promise<unknown> {
  if (userId === undefined) return undefined
  return ((await (app.models.Person as any).findById(userId)) as { tenantId?: string } | null)?.tenantId
}

/** Methods of the application's own: one that fails, one that gives what it reads, and instances that say too much of themselves. */
function methods(registry: { getModel(name: string): any }): void {
  const [Note, Broken] = [registry.getModel('Note'), registry.getModel('Broken')]
  Broken.fail = async () => {
    throw new Error("Duplicate entry 'x@y' for key 'users.email' in SELECT * FROM users")
  }
  Broken.remoteMethod('fail', { http: { verb: 'get' } })
  Note.validatesLengthOf('secret', { max: 20, allowBlank: true })
  Note.spill = async (id: unknown, options: object) => {
    const found = await Note.findById(id, {}, options)
    return { title: found.title, ...found, ...(found.toObject() as object), found, list: [found], cached: found.__cachedRelations }
  }
  Note.remoteMethod('spill', {
    accepts: [
      { arg: 'id', type: 'any', required: true },
      { arg: 'options', type: 'object', http: 'optionsFromRequest' },
    ],
    returns: { arg: 'note', type: 'Note', root: true },
    http: { verb: 'get' },
  })
  Note.settings.acls.push(allow('$authenticated', { property: 'spill' }))
}

async function fill(app: Application): Promise<World['tokens']> {
  const { Person, Note, Comment, Log, Project, Tag, Folder, File, Doc, Role, RoleMapping } = app.models as any
  for (const [name, tenantId] of [
    ['ann', 'a'],
    ['bob', 'b'],
    ['admin', 'a'],
  ])
    await Person.create({ email: `${name}@example.com`, username: name, password, tenantId, emailVerified: true })
  const [admin, reader] = [await Role.create({ name: 'admin' }), await Role.create({ name: 'reader' })]
  await RoleMapping.create({ roleId: admin.id, principalType: 'USER', principalId: '3' })
  await RoleMapping.create({ roleId: reader.id, principalType: 'USER', principalId: '2' })
  await Log.create({ text: 'closed' })
  await Note.create({
    title: 'of ann',
    secret: 'alpha',
    pin: '1111',
    grade: 1,
    stars: 1,
    slug: 'a',
    ownerId: 1,
    logId: 1,
    published: false,
  })
  await Note.create({ title: 'of bob', secret: 'beta', pin: '2222', grade: 2, stars: 2, slug: 'b', ownerId: 2, logId: 1, published: false })
  await Note.create({ title: 'public', secret: 'gamma', pin: '3333', grade: 3, stars: 3, slug: 'c', ownerId: 2, logId: 1, published: true })
  await Comment.create([
    { text: 'one', noteId: 1 },
    { text: 'two', noteId: 2 },
  ])
  await Project.create([
    { name: 'p', userId: 1 },
    { name: 'q', userId: 2 },
  ])
  await Tag.create({ name: 'hidden tag' })
  await Folder.create([
    { name: 'of a', tenantId: 'a' },
    { name: 'of b', tenantId: 'b' },
  ])
  await File.create([
    { name: 'fa', tenantId: 'a', folderId: 1 },
    { name: 'fb', tenantId: 'b', folderId: 2 },
  ])
  await Doc.create([
    { id: 'a', title: 'A', userId: 1, secret: 'alpha', grade: 71 },
    { id: 'b', title: 'B', userId: 2, secret: 'beta', grade: 72 },
  ])
  const login = async (name: string) => String((await Person.login({ email: `${name}@example.com`, password })).id)
  return { ann: await login('ann'), bob: await login('bob'), admin: await login('admin') }
}

function gates(app: Application, port: number, tokens: World['tokens']): World {
  const base = `http://127.0.0.1:${port}/api`
  const headersOf = (who: Who): Record<string, string> =>
    who === undefined ? {} : { authorization: (tokens as Record<string, string>)[who] ?? who }
  const sockets = new Map<Who, Promise<WebSocket>>()
  const http: World['http'] = async (verb, path, body, headers = {}) => {
    const reply = await fetch(base + path, {
      method: verb,
      redirect: 'manual',
      headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
      body: body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body),
    })
    const text = await reply.text()
    return { status: reply.status, text, body: parse(text), headers: reply.headers }
  }
  const socket = async (who: Who) => {
    const made = new WebSocket(`${base.replace('http', 'ws')}/ws`, { headers: headersOf(who) })
    made.setMaxListeners(0)
    await once(made, 'open')
    return made
  }
  const kept = async (who: Who) => {
    const known = await sockets.get(who)
    if (known?.readyState === WebSocket.OPEN) return known
    sockets.set(who, socket(who))
    return sockets.get(who)!
  }
  const send: Record<Door, (who: Who, call: Call) => Promise<Answer>> = {
    REST: (who, { verb, path, body }) => http(verb, path, body, headersOf(who)),
    async batch(who, { verb, path, body }) {
      const reply = await http('POST', '/$batch', { requests: [{ method: verb, path, body }] }, headersOf(who))
      const [part] = reply.body?.responses ?? []
      return part ? { status: part.status, body: part.body, text: JSON.stringify(part.body ?? '') } : reply
    },
    async 'JSON-RPC'(who, call) {
      return answer(
        (await http('POST', '/jsonrpc', { jsonrpc: '2.0', id: 1, method: call.method, params: call.params }, headersOf(who))).text,
      )
    },
    async WebSocket(who, call) {
      try {
        return answer(await over(await kept(who), call))
      } catch (error) {
        // Not let in, or put out: what an error of the protocol says instead of a message.
        const { message } = error as Error
        if (!/401/.test(message)) throw error
        sockets.delete(who)
        return { status: 401, text: message, body: undefined }
      }
    },
  }
  return {
    app,
    models: app.models as any,
    base,
    tokens,
    http,
    socket,
    async through(door, who, call) {
      const reply = await send[door](who, call)
      if (/There is no method to handle|Method not found|METHOD_NOT_FOUND/.test(reply.text))
        throw new Error(`No door leads to ${call.method}: ${reply.text}`)
      return reply
    },
    async close() {
      for (const made of sockets.values()) (await made.catch(() => undefined))?.terminate()
      await app.stop()
    },
  }
}

let last = 0
/** Sends a message and waits for its reply among whatever else comes. */
export function over(socket: WebSocket, { method, params }: Pick<Call, 'method' | 'params'>): Promise<string> {
  const id = ++last
  return new Promise((resolve, reject) => {
    const listen = (data: unknown) => {
      const text = String(data)
      if ((parse(text) as { id?: unknown } | undefined)?.id !== id) return
      socket.off('message', listen)
      resolve(text)
    }
    socket.on('message', listen)
    socket.once('close', (code: number) => reject(new Error(`The socket was closed: ${code}`)))
    socket.send(JSON.stringify({ jsonrpc: '2.0', id, method, params }))
  })
}

function answer(text: string): Answer {
  const { error, result } = parse(text) ?? {}
  if (!error) return { status: 200, body: result, text: JSON.stringify(result ?? '') }
  const status = error.data?.statusCode ?? ({ '-32601': 404, '-32602': 400, '-32600': 400 } as Record<string, number>)[error.code] ?? 500
  return { status, body: { error: error.data ?? error }, text }
}

export function parse(text: string): any {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Line 88: the process lives, nothing is polluted, what is stored is what was stored, and the next request is normal. */
export async function unharmed(at: World, door: Door): Promise<void> {
  expect([({} as any).polluted, ({} as any).x, Object.keys(Object.prototype)]).toEqual([undefined, undefined, []])
  const next = await at.through(door, 'ann', { verb: 'GET', path: '/Notes/1', method: 'Note.findById', params: { id: 1 } })
  expect([next.status, next.body.title, next.body.ownerId]).toEqual([200, 'of ann', 1])
}
