import { createServer, type Server } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { createApplication, createRegistry, type Application } from '@reloop/core'
import * as bridge from '../src'

type Profile = 'modern' | '3.x' | '2.x'

export interface Reply {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  /** Whatever the server said, when it is JSON. */
  readonly body: any
}

/** An application that requests reach over a socket. */
export interface Served {
  readonly app: Application
  ask(verb: string, path: string, given?: { body?: unknown; headers?: Record<string, string> }): Promise<Reply>
}

const servers: Server[] = []
const apps: Application[] = []

/** Makes an application with a model `Note`. */
export function serve(compat: Profile = '3.x', settings: Record<string, unknown> = {}): Served {
  const app = createApplication({
    registry: createRegistry({ compat }),
    express: () => bridge,
    settings: { remoting: { errorHandler: { log: false } }, ...settings },
  })
  apps.push(app)
  app.dataSource('db', { connector: 'memory' })
  app.model(app.registry.createModel({ name: 'Note', properties: { title: 'string' } }), { dataSource: 'db' })
  return { app, ask: askerOf(app) }
}

/** A way to ask a listener over HTTP. */
export function askerOf(listener: (...args: never[]) => unknown): Served['ask'] {
  let opening: Promise<Server> | undefined
  const open = async () => {
    const server = createServer(listener as never).listen(0, '127.0.0.1')
    servers.push(server)
    await once(server, 'listening')
    return server
  }
  return async (verb, path, { body, headers = {} } = {}) => {
    const server = await (opening ??= open())
    const { port } = server.address() as AddressInfo
    const isText = typeof body === 'string'
    const reply = await fetch(`http://127.0.0.1:${port}${path}`, {
      method: verb,
      redirect: 'manual',
      headers: { ...(body === undefined || isText ? {} : { 'content-type': 'application/json' }), ...headers },
      body: isText ? body : JSON.stringify(body),
    })
    const text = await reply.text()
    return { status: reply.status, headers: reply.headers, text, body: parsed(text) }
  }
}

export async function closeAll(): Promise<void> {
  for (const server of servers.splice(0)) {
    server.close()
    server.closeAllConnections()
  }
  await Promise.all(apps.splice(0).map((app) => app.stop()))
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}
