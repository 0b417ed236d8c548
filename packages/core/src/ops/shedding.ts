import { getHeapStatistics } from 'node:v8'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Application } from '../app/application'
import { errors } from '../errors'
import { loadPeer } from './peer'

/** From when on requests are turned away. */
export interface SheddingOptions {
  /** Milliseconds that the event loop may lag. @default 500 */
  readonly maxEventLoopDelay?: number
  /** Part of the heap that may be in use. @default 0.9 */
  readonly heap?: number
  /** Milliseconds between two looks at both. @default 1000 */
  readonly sampleInterval?: number
  /** Seconds after which clients may come again. @default 10 */
  readonly retryAfter?: number
}

/**
 * Answers 503 with `Retry-After` while the process has more work than it can do (`limits.memory.load`); needs the package
 * `@fastify/under-pressure`. A component.
 *
 * @param app the application
 * @param options bounds
 * @throws APP_PEER_MISSING
 * @example require('@reloop/core/shedding').shedding(app)
 */
export function shedding(app: Application, options: SheddingOptions = {}): void {
  const { maxEventLoopDelay = 500, heap = 0.9, sampleInterval = 1000, retryAfter = 10 } = options
  const plugin = loadPeer<typeof import('@fastify/under-pressure')>('@fastify/under-pressure')
  const { heap_size_limit: limit } = getHeapStatistics()
  // What is returned is sent; an error that is logged for each request would be more work.
  const refuse: (request: FastifyRequest, reply: FastifyReply) => void = (_request, reply) => {
    void reply.code(503).header('retry-after', retryAfter)
    const { name, code, message } = errors.APP_OVERLOADED({ retryAfter })
    return { error: { statusCode: 503, name, code, message } }
  }
  void app.fastify.register(plugin.default, {
    maxEventLoopDelay,
    maxHeapUsedBytes: Math.floor(limit * heap),
    sampleInterval,
    retryAfter,
    pressureHandler: refuse,
  })
}
