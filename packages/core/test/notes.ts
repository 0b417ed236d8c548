import type { Profile } from '@reloop/compat'
import { createApplication, createRegistry, type Application, type ModelDefinitionObject, type SharedModel } from '../src'

/** An application with a memory data source, and a way to ask it. */
export interface Served {
  readonly app: Application
  model(config: ModelDefinitionObject, attachment?: object): SharedModel
  ask(verb: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Reply>
}

export interface Reply {
  readonly status: number
  readonly headers: Readonly<Record<string, unknown>>
  /** Whatever the server said. */
  readonly body: any
}

const open: Application[] = []

/** Makes an application; nothing listens, requests are injected. */
export function serve(compat: Profile = 'modern', settings: Record<string, unknown> = {}): Served {
  const app = createApplication({
    registry: createRegistry({ compat }),
    express: false,
    settings: { remoting: { errorHandler: { log: false } }, ...settings },
  })
  open.push(app)
  app.dataSource('db', { connector: 'memory' })
  return {
    app,
    model: (config, attachment = {}) => app.model(app.registry.createModel(config), { dataSource: 'db', ...attachment }),
    async ask(verb, path, body, headers = {}) {
      await app.ready()
      const type = body === undefined ? {} : { 'content-type': 'application/json' }
      const reply = await app.fastify.inject({
        method: verb as 'GET',
        url: path,
        headers: { ...type, ...headers },
        payload: body === undefined ? undefined : JSON.stringify(body),
      })
      return { status: reply.statusCode, headers: reply.headers, body: reply.payload === '' ? undefined : parsed(reply.payload) }
    },
  }
}

export const note: ModelDefinitionObject = { name: 'Note', properties: { title: { type: 'string', required: true }, stars: 'number' } }

export async function closeAll(): Promise<void> {
  await Promise.all(open.splice(0).map((app) => app.stop()))
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return text
  }
}
