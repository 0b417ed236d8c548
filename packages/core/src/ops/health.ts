import type { FastifyReply } from 'fastify'
import type { DataSource } from '@reloop/juggler'
import type { Application } from '../app/application'

/** Where and how an application tells whether it works. */
export interface HealthOptions {
  /** Path that says that the process answers. @default '/health' */
  readonly path?: string
  /** Path that says that requests can be served: started, not stopping, data sources reachable. @default '/ready' */
  readonly readyPath?: string
  /** Milliseconds that a data source may take to answer. @default 2000 */
  readonly timeout?: number
  /** Tell which data source does not answer. @default false */
  readonly details?: boolean
}

type Check = 'ok' | 'unreachable'

/**
 * Adds `GET /health` and `GET /ready` to an application; a component, so an entry of component-config.json will do.
 *
 * `/health` answers 200 as long as the process does. `/ready` answers 200 when every data source answers a ping, else 503; while the application
 * stops it is 503 as well, so that a balancer sends nothing more.
 *
 * @param app the application
 * @param options paths, time-out, details
 * @example
 * const { health } = require('@reloop/core/health')
 * health(app, { details: true })
 */
export function health(app: Application, options: HealthOptions = {}): void {
  const { path = '/health', readyPath = '/ready', timeout = 2000, details = false } = options
  let stopping = false
  const started = Date.now()
  app.fastify.addHook('preClose', (done) => {
    stopping = true
    done()
  })
  app.fastify.get(path, (_request, reply) => answer(reply, 200, { status: 'ok', uptime: (Date.now() - started) / 1000 }))
  app.fastify.get(readyPath, async (_request, reply) => {
    if (stopping) return answer(reply, 503, { status: 'stopping' })
    const sources = [...new Set(Object.values(app.dataSources))]
    const checks = await Promise.all(sources.map((source) => check(source, timeout)))
    const ready = checks.every((result) => result === 'ok')
    const named = details ? { dataSources: Object.fromEntries(sources.map((source, at) => [source.name, checks[at]])) } : {}
    return answer(reply, ready ? 200 : 503, { status: ready ? 'ready' : 'unavailable', ...named })
  })
}

function answer(reply: FastifyReply, status: number, body: object): FastifyReply {
  return reply.code(status).header('cache-control', 'no-store').send(body)
}

async function check(source: DataSource, timeout: number): Promise<Check> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<Check>((resolve) => {
    timer = setTimeout(() => resolve('unreachable'), timeout)
  })
  const asked = Promise.resolve(source.ping()).then(
    (): Check => 'ok',
    (): Check => 'unreachable',
  )
  try {
    return await Promise.race([asked, late])
  } finally {
    clearTimeout(timer)
  }
}
