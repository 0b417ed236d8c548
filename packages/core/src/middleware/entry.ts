import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Application } from '../app/application'
import { giveBack, hasCaller } from '../app/callers'
import type { Deadlines } from '../app/deadlines'
import { errors } from '../errors'
import type { MiddlewareChain } from './chain'
import { chainOf } from './chains'
import { handOverBody, restoreHeaders, takeBody } from './taken-body'

/** Replies with an error. */
type Refuse = (request: FastifyRequest, reply: FastifyReply, error: unknown) => void

/** A request on its way through the application. */
interface Visit {
  readonly request: FastifyRequest
  readonly reply: FastifyReply
}

/** What the entry is made from. */
interface EntryOptions {
  readonly app: Application
  readonly fastify: FastifyInstance
  readonly deadlines: Deadlines
  readonly refuse: Refuse
}

type Done = (error?: Error) => void

/** Requests that are routed a second time, because a handler changed their URL. */
const rerouted = new WeakSet<object>()

/**
 * Sends every request through the Express-style handlers before Fastify's router has its say, and what the router does not know through
 * those after it. Where there are none this is a look at two fields.
 */
export class Entry {
  readonly #app: Application
  readonly #fastify: FastifyInstance
  readonly #deadlines: Deadlines
  readonly #refuse: Refuse
  readonly #chain: MiddlewareChain

  constructor({ app, fastify, deadlines, refuse }: EntryOptions) {
    this.#app = app
    this.#fastify = fastify
    this.#deadlines = deadlines
    this.#refuse = refuse
    this.#chain = chainOf(app)
    fastify.addHook('onRequest', (request, reply, done) => this.#enter({ request, reply }, done))
    restoreHeaders(fastify)
    fastify.setErrorHandler((error, request, reply) => this.#fail({ request, reply }, error))
    fastify.setNotFoundHandler((request, reply) => {
      handOverBody(request)
      this.#leave({ request, reply })
    })
  }

  #enter(visit: Visit, done: Done): void {
    const { preludes, bridge } = this.#chain
    if (preludes.length === 0 && !bridge) return this.#goOn(visit, done)
    if (rerouted.delete(visit.request.raw)) return this.#goOn(visit, done)
    const { url } = visit.request.raw
    this.#prelude(visit, 0, (error) => {
      if (isFailure(error)) return this.#fail(visit, error)
      this.#handlers(visit, (failure) => this.#route(visit, { url, failure, done }))
    })
  }

  /** What answers or marks every request, whoever handles it. */
  #prelude(visit: Visit, index: number, done: (error?: unknown) => void): void {
    const prelude = this.#chain.preludes[index]
    if (!prelude) return done()
    prelude.call(this.#fastify, visit.request, visit.reply, (error?: Error) =>
      error ? done(error) : this.#prelude(visit, index + 1, done),
    )
  }

  #handlers({ request, reply }: Visit, done: (error?: unknown) => void): void {
    if (!this.#chain.bridge) return done()
    showHeaders(reply)
    this.#chain.before(request.raw, reply.raw, done)
  }

  /** A handler may have changed the URL: then the router is asked again, with what it should see. */
  #route(visit: Visit, { url, failure, done }: { readonly url: string | undefined; readonly failure: unknown; readonly done: Done }): void {
    const { request, reply } = visit
    if (isAnswered(reply)) return
    if (isFailure(failure)) return this.#fail(visit, failure)
    if (request.raw.url === url) return this.#goOn(visit, done)
    rerouted.add(request.raw)
    showHeaders(reply)
    reply.hijack()
    this.#fastify.routing(request.raw, reply.raw)
  }

  /** To the router, or past it when it knows nothing of the path: then nobody has read the body yet. */
  #goOn(visit: Visit, done: Done): void {
    const { bridge } = this.#chain
    if (bridge || hasCaller(visit.request.raw)) {
      if (visit.request.is404) return this.#leave(visit)
      try {
        takeBody(visit.request, this.#app.remotes().limits.body.depth)
      } catch (error) {
        return done(error as Error)
      }
    }
    this.#deadlines.start(visit.request, visit.reply)
    done()
  }

  #leave(visit: Visit): void {
    this.#after(visit, undefined)
  }

  #fail(visit: Visit, error: unknown): void {
    this.#after(visit, error)
  }

  #after(visit: Visit, error: unknown): void {
    const { request, reply } = visit
    const done = (further: unknown) => {
      if (!isAnswered(reply)) this.#end(visit, further)
    }
    if (!this.#chain.bridge) return done(error)
    this.#chain.after(request.raw, reply.raw, { error, done })
  }

  /** Nobody has answered: it is up to who called, or an error. */
  #end({ request, reply }: Visit, error: unknown): void {
    const { raw } = request
    if (hasCaller(raw)) {
      reply.hijack()
      giveBack(raw, error)
      return
    }
    const unknown = () => errors.URL_NOT_FOUND({ verb: raw.method ?? 'GET', url: raw.url ?? '/' })
    this.#refuse(request, reply, isFailure(error) ? error : unknown())
  }
}

/** What Fastify would write at the end is to be seen in replies of others as well. */
function showHeaders(reply: FastifyReply): void {
  for (const [name, value] of Object.entries(reply.getHeaders())) if (value !== undefined) reply.raw.setHeader(name, value)
}

function isFailure(error: unknown): boolean {
  return error !== undefined && error !== null
}

function isAnswered(reply: FastifyReply): boolean {
  return reply.raw.headersSent || reply.raw.writableEnded
}
