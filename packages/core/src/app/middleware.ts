import { errors } from '../errors'
import type { Settings } from '../types'
import type { Application } from './application'

/** An entry of middleware.json. */
interface Entry {
  readonly enabled?: boolean
  readonly params?: unknown
  readonly paths?: string | readonly string[]
}

type Twin = (app: Application, entry: Entry) => void

/** Middleware of LoopBack's projects that Reloop does by itself, and what their entries set. */
const twins: Readonly<Record<string, Twin>> = {
  'loopback#rest': (app, entry) => void app.set('restApiRoot', pathOf(entry, String(app.get('restApiRoot')))),
  'loopback#status': (app, entry) => addStatus(app, pathOf(entry, '/')),
  'loopback#favicon': (app) => void app.fastify.get('/favicon.ico', (_request, reply) => reply.code(204).send()),
  'loopback#urlNotFound': () => undefined,
  'loopback#errorHandler': (app, { params }) => addRemoting(app, { errorHandler: errorOptions(params) }),
  'strong-error-handler': (app, { params }) => addRemoting(app, { errorHandler: errorOptions(params) }),
  cors: (app, { params }) => addRemoting(app, { cors: paramsOf(params) }),
}

/** The members that take entries of middleware.json. */
export function middlewareMembers(app: Application) {
  return {
    middlewareFromConfig(factory: unknown, config: object): Application {
      const entry = config as Entry
      if (entry.enabled === false) return app
      const name =
        typeof factory === 'string' ? factory : typeof factory === 'function' ? factory.name || 'without a name' : String(factory)
      const twin = typeof factory === 'string' && Object.hasOwn(twins, factory) ? twins[factory] : undefined
      if (!twin) throw errors.APP_MIDDLEWARE_UNSUPPORTED({ name })
      twin(app, entry)
      return app
    },
  }
}

function pathOf({ paths }: Entry, fallback: string): string {
  return (typeof paths === 'string' ? paths : paths?.[0]) ?? fallback
}

/** One object of parameters, or a list whose first it is. */
function paramsOf(params: unknown): Settings {
  const first: unknown = Array.isArray(params) ? params[0] : params
  return typeof first === 'object' && first !== null ? { ...first } : {}
}

function errorOptions(params: unknown): Settings {
  const { includeStack, ...options } = paramsOf(params)
  return includeStack === undefined ? options : { ...options, disableStackTrace: includeStack === false }
}

function addRemoting(app: Application, added: Settings): void {
  app.set('remoting', { ...(app.get('remoting') as Settings | undefined), ...added })
}

function addStatus(app: Application, path: string): void {
  const started = new Date()
  app.fastify.get(path, () => ({ started, uptime: (Date.now() - started.getTime()) / 1000 }))
}
