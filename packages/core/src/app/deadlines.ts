import type { FastifyReply, FastifyRequest } from 'fastify'
import { cancelWork } from '@reloop/remoting'
import { errors } from '../errors'

/** Milliseconds in which a request is answered where nothing else is set (`limits.time.request`). */
export const requestTime = 60_000

/** The request that a connection is busy with. */
interface Busy {
  since: number
  request: FastifyRequest | undefined
  reply: FastifyReply | undefined
  isWatched: boolean
}

/**
 * Answers requests that take too long with 503 and cancels their work. A connection remembers its present request, and one timer looks
 * through the busy ones now and then: a request costs two fields and no timer, listener or promise of its own.
 */
export class Deadlines {
  readonly #limit: number
  readonly #refuse: (request: FastifyRequest, reply: FastifyReply, error: unknown) => void
  readonly #key = Symbol('the present request')
  readonly #watched = new Set<Busy>()
  #timer: NodeJS.Timeout | undefined

  constructor(limit: number, refuse: (request: FastifyRequest, reply: FastifyReply, error: unknown) => void) {
    this.#limit = limit
    this.#refuse = refuse
  }

  start(request: FastifyRequest, reply: FastifyReply): void {
    if (this.#limit <= 0) return
    const socket = request.raw.socket as unknown as Record<symbol, Busy | undefined>
    let busy = socket[this.#key]
    // A client may send the next request before this one is answered: then each is watched on its own.
    if (!busy || isPending(busy)) busy = socket[this.#key] = { since: 0, request: undefined, reply: undefined, isWatched: false }
    busy.since = Date.now()
    busy.request = request
    busy.reply = reply
    if (!busy.isWatched) this.#watch(busy)
  }

  #watch(busy: Busy): void {
    busy.isWatched = true
    this.#watched.add(busy)
    this.#timer ??= setInterval(() => this.#look(), Math.min(1000, Math.max(5, this.#limit / 8))).unref()
  }

  #look(): void {
    const latest = Date.now() - this.#limit
    for (const busy of this.#watched) {
      if (isPending(busy) && busy.since > latest) continue
      this.#watched.delete(busy)
      busy.isWatched = false
      if (isPending(busy)) this.#cut(busy.request!, busy.reply!)
      busy.request = busy.reply = undefined
    }
    if (this.#watched.size > 0) return
    clearInterval(this.#timer)
    this.#timer = undefined
  }

  #cut(request: FastifyRequest, reply: FastifyReply): void {
    const error = errors.APP_REQUEST_TIMEOUT({ limit: this.#limit })
    cancelWork(reply.raw, error)
    this.#refuse(request, reply, error)
  }
}

function isPending({ reply }: Busy): boolean {
  return reply !== undefined && !reply.sent && !reply.raw.headersSent && !reply.raw.destroyed
}
