import type { Registry } from 'prom-client'
import type { Application } from '../app/application'
import { loadPeer } from './peer'
import { methodOf, rememberMethods } from './observe'

/** What is measured, and where it can be read. */
export interface MetricsOptions {
  /** Path of the page that Prometheus reads; false: none. @default '/metrics' */
  readonly path?: string | false
  /** Put before the names of all metrics. @default '' */
  readonly prefix?: string
  /** A registry of prom-client of one's own. @default a new one */
  readonly register?: Registry
  /** Bounds of the histogram, in seconds. */
  readonly buckets?: readonly number[]
}

const usualBuckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

/**
 * Measures requests by method (`Product.find`) and status, and the process, in the form of Prometheus; needs the package `prom-client`. A component.
 *
 * @param app the application
 * @param options path, prefix, registry, buckets
 * @returns the registry of prom-client, for metrics of one's own
 * @throws APP_PEER_MISSING
 * @example
 * const registry = require('@reloop/core/metrics').metrics(app, { path: '/metrics' })
 */
export function metrics(app: Application, options: MetricsOptions = {}): Registry {
  const { path = '/metrics', prefix = '', buckets = usualBuckets } = options
  const client = loadPeer<typeof import('prom-client')>('prom-client')
  const register = options.register ?? new client.Registry()
  client.collectDefaultMetrics({ register, prefix })
  const duration = new client.Histogram({
    name: `${prefix}http_request_duration_seconds`,
    help: 'Time from the arrival of a request to the end of its reply, in seconds',
    labelNames: ['verb', 'method', 'status'],
    buckets: [...buckets],
    registers: [register],
  })
  rememberMethods(app)
  app.fastify.addHook('onResponse', (request, reply, done) => {
    duration.observe({ verb: request.method, method: methodOf(request), status: reply.raw.statusCode }, reply.elapsedTime / 1000)
    done()
  })
  if (path !== false)
    app.fastify.get(path, async (_request, reply) => {
      const page = await register.metrics()
      return reply.header('content-type', register.contentType).send(page)
    })
  return register
}
