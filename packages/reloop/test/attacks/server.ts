import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createApplication, createRegistry, type Application } from '@reloop/core'

export interface Reply {
  readonly status: number
  readonly text: string
  readonly body: any
}

/** A running application of Note and Owner over one store, and what a client and an attacker can do with it. */
export interface Target {
  readonly app: Application
  readonly port: number
  send(verb: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Reply>
  filter(filter: unknown): Promise<Reply>
  count(): Promise<number>
  close(): Promise<void>
}

/** The stores that attacks are tried on; PostgreSQL when its tests' server is up. */
export const stores: readonly (readonly [string, Record<string, unknown>])[] = [
  ['memory', { connector: 'memory' }],
  ['sqlite', { connector: 'sqlite', file: ':memory:' }],
  ...(process.env.RELOOP_TEST_POSTGRESQL_URL
    ? [['postgresql', { connector: 'postgresql', url: process.env.RELOOP_TEST_POSTGRESQL_URL, schema: 'reloop_attacks' }] as const]
    : []),
]

/** Starts the application over a store with three notes in it. */
export async function target(settings: Record<string, unknown>): Promise<Target> {
  const app = createApplication({ registry: createRegistry({ compat: 'modern' }) })
  const source = app.dataSource('db', settings)
  const Note = app.registry.createModel(
    'Note',
    {
      name: { type: 'string', required: true },
      age: 'number',
      done: 'boolean',
      at: 'date',
      tags: ['string'],
      meta: 'object',
      secret: 'string',
    },
    { strict: true, hidden: ['secret'], relations: { owner: { type: 'belongsTo', model: 'Owner', foreignKey: 'ownerId' } } },
  )
  const Owner = app.registry.createModel(
    'Owner',
    { name: 'string' },
    { strict: true, relations: { notes: { type: 'hasMany', model: 'Note', foreignKey: 'ownerId' } } },
  )
  Note.echo = async (text: unknown, n: unknown, flag: unknown, when: unknown) => ({ text, n, flag, when })
  Note.remoteMethod('echo', {
    accepts: [
      { arg: 'text', type: 'string' },
      { arg: 'n', type: 'number' },
      { arg: 'flag', type: 'boolean' },
      { arg: 'when', type: 'date' },
    ],
    returns: { arg: 'result', type: 'object', root: true },
    http: { verb: 'get' },
  })
  for (const model of [Note, Owner]) app.model(model, { dataSource: 'db' })
  await (source as any).automigrate()
  await (Owner as any).create({ name: 'Ann' })
  await (Note as any).create([
    { name: 'one', age: 1, secret: 'alpha', ownerId: 1, tags: ['x'], meta: { x: 1 } },
    { name: 'two', age: 2, secret: 'beta', ownerId: 1 },
    { name: '100%_sure', age: 3 },
  ])
  const server = createServer(app)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return doors(app, server, Note)
}

function doors(app: Application, server: Server, Note: any): Target {
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api`
  const send: Target['send'] = async (verb, path, body, headers = {}) => {
    const reply = await fetch(base + path, {
      method: verb,
      headers: body === undefined ? headers : { 'content-type': 'application/json', ...headers },
      body: body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body),
    })
    const text = await reply.text()
    return { status: reply.status, text, body: parse(text) }
  }
  return {
    app,
    port: (server.address() as AddressInfo).port,
    send,
    filter: (filter) => send('GET', `/Notes?filter=${encodeURIComponent(typeof filter === 'string' ? filter : JSON.stringify(filter))}`),
    count: () => Note.count(),
    async close() {
      await new Promise((resolve) => server.close(resolve))
      await app.stop()
    },
  }
}

function parse(text: string): any {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** What must hold after every attack: the process lives, nothing is lost, nothing is polluted, the next request is normal. */
export async function unharmed(at: Target): Promise<void> {
  expect(await at.count()).toBe(3)
  expect(({} as any).polluted).toBeUndefined()
  const next = await at.send('GET', '/Notes/1')
  expect(next.status).toBe(200)
  expect(next.body.name).toBe('one')
}

/** Refused: 400 with a stable code or LoopBack's wording, and no word of the store in it. */
export function refused(reply: Reply): void {
  expect(reply.status).toBe(400)
  expect(reply.body.error.message).toEqual(expect.any(String))
  clean(reply)
}

/** No stack, no SQL, no driver's words, no path of the machine. */
export function clean(reply: Reply): void {
  expect(reply.text).not.toMatch(/\bat .+:\d+:\d+|sqlite|node_modules|SqliteError|postgres|syntax error at|\/src\//i)
  expect(reply.body?.error?.stack).toBeUndefined()
}
