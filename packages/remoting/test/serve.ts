import Fastify, { type FastifyInstance } from 'fastify'
import type { Profile } from '@reloop/compat'
import { httpPlugin, RemoteObjects, SharedClass, type MethodOptions, type RemotingOptions } from '../src'

/** A method to share: its options, and its function under `fn`. */
export type Shared = MethodOptions & { readonly fn: Function }

export interface Served {
  readonly remotes: RemoteObjects
  readonly fastify: FastifyInstance
  get(path: string, headers?: Record<string, string>): Promise<Reply>
  post(path: string, body?: unknown, headers?: Record<string, string>): Promise<Reply>
  send(given: { method: string; path: string; headers?: Record<string, string>; body?: string | Buffer }): Promise<Reply>
}

export interface Reply {
  readonly status: number
  readonly headers: Readonly<Record<string, unknown>>
  readonly text: string
  /** Whatever the server said. */
  readonly body: any
}

const open: FastifyInstance[] = []

/** Serves classes given as name → method name → method; `prototype.x` are methods of instances. */
export async function serve(
  classes: Record<string, Record<string, Shared>>,
  given: {
    options?: RemotingOptions
    profile?: Profile
    prepare?: (remotes: RemoteObjects) => void
    around?: (fastify: FastifyInstance) => void
  } = {},
): Promise<Served> {
  const remotes = RemoteObjects.create({ errorHandler: { log: false }, ...given.options }, given.profile)
  for (const [name, methods] of Object.entries(classes)) remotes.addClass(share(name, methods))
  given.prepare?.(remotes)
  const fastify = Fastify()
  open.push(fastify)
  given.around?.(fastify)
  await fastify.register(httpPlugin, { remotes, prefix: '/api' })
  const send: Served['send'] = async ({ method, path, headers, body }) => {
    const reply = await fastify.inject({ method: method as 'GET', url: `/api${path}`, headers, payload: body })
    return { status: reply.statusCode, headers: reply.headers, text: reply.payload, body: parsed(reply.payload) }
  }
  return {
    remotes,
    fastify,
    send,
    get: (path, headers) => send({ method: 'GET', path, headers }),
    post: (path, body, headers) =>
      send({
        method: 'POST',
        path,
        headers: { 'content-type': 'application/json', ...headers },
        body: body === undefined ? undefined : JSON.stringify(body),
      }),
  }
}

export function share(name: string, methods: Record<string, Shared>): SharedClass {
  const ctor = class {
    readonly id: unknown
    constructor(id: unknown) {
      this.id = id
    }
  } as unknown as Function & Record<string, unknown>
  const sharedCtor = Object.assign((id: unknown) => new (ctor as unknown as new (id: unknown) => object)(id), {
    accepts: { arg: 'id', type: 'number', http: { source: 'path' } },
    http: { path: '/:id' },
  })
  Object.defineProperty(ctor, 'name', { value: name })
  Object.defineProperty(ctor, 'sharedCtor', { value: sharedCtor, configurable: true })
  const shared = new SharedClass(name, ctor)
  for (const [key, { fn, ...options }] of Object.entries(methods)) {
    const isStatic = !key.startsWith('prototype.')
    const bare = isStatic ? key : key.slice('prototype.'.length)
    ;(isStatic ? ctor : (ctor.prototype as Record<string, unknown>))[bare] = fn
    shared.defineMethod(bare, { isStatic, ...options })
  }
  return shared
}

export async function closeAll(): Promise<void> {
  const closed = open.splice(0).map((fastify) => {
    // Node's fetch opens a connection in advance after it has given one up; a server would wait for it.
    fastify.server.closeAllConnections()
    return fastify.close()
  })
  await Promise.all(closed)
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}
