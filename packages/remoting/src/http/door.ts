import type { FastifyReply, FastifyRequest } from 'fastify'
import type { RemoteObjects } from '../contract/remote-objects'
import { errors } from '../errors'
import { HttpContext } from '../invoke/context'
import { runErrorSteps } from '../invoke/run-call'
import { asError } from '../legacy'
import { compileRoute, type CompiledRoute } from './compile-route'
import type { Entry } from './class-table'
import { ErrorReply } from './error-reply'
import { setHeader } from './headers'
import { queryOf } from './query'
import { RouteTable, type Found } from './route-table'
import type { Wire } from './wire'

/** What a door is made from. */
export interface DoorOptions {
  readonly remotes: RemoteObjects
  /** Path of the API, without a slash at the end. */
  readonly prefix: string
  /** What `req.app` is for old code. */
  readonly app?: unknown
}

/** The HTTP entrance to shared methods: finds the method of a request, runs it and replies. */
export class Door implements Wire {
  readonly remotes: RemoteObjects
  readonly prefix: string
  readonly app: unknown
  readonly #table: RouteTable
  readonly #errors: ErrorReply

  constructor(options: DoorOptions) {
    this.remotes = options.remotes
    this.prefix = options.prefix
    this.app = options.app
    this.#table = new RouteTable(options.remotes)
    this.#errors = new ErrorReply(options.remotes)
  }

  get options() {
    return this.remotes.options
  }

  query(url: string) {
    return queryOf(url, this.remotes.limits.query)
  }

  setStatus(context: HttpContext, status: number): void {
    context.reply.raw.statusCode = status
  }

  setHeader(context: HttpContext, name: string, value: unknown): void {
    setHeader(context.reply, name, value)
  }

  /** Whether a request is for a method that reads the request itself, so that its body must be left alone. */
  leavesBody(request: FastifyRequest): boolean {
    const found = this.#find(request)
    if (found?.kind !== 'method') return false
    return found.entry.method.accepts.some(({ http }) => typeof http === 'object' && ['req', 'context'].includes(http.source))
  }

  /** Handles a request whose body has been read. */
  readonly handle = (request: FastifyRequest, reply: FastifyReply): void => {
    let found: Found | undefined
    try {
      found = this.#find(request)
    } catch (error) {
      return this.fail(request, reply, error)
    }
    if (found?.kind !== 'method') return this.#refuse(request, reply, found)
    const { entry, params } = found
    const call = this.#compiled(entry)
    const context = new HttpContext({ request, reply, method: entry.method, wire: this, params })
    try {
      const running = call.run(context)
      if (running === undefined) return this.#answer(call, context)
      running.then(
        () => this.#answer(call, context),
        (error: unknown) => this.#failed(call, context, error),
      )
    } catch (error) {
      this.#failed(call, context, error)
    }
  }

  /** Replies with an error. */
  fail(request: FastifyRequest, reply: FastifyReply, error: unknown): void {
    this.#errors.send({ request, reply, error })
  }

  #find(request: FastifyRequest): Found | undefined {
    const url = request.raw.url ?? '/'
    const query = url.indexOf('?')
    const path = url.slice(this.prefix.length, query === -1 ? undefined : query)
    return this.#table.find(request.raw.method ?? 'GET', path === '' ? '/' : path)
  }

  #compiled(entry: Entry): CompiledRoute {
    const { remotes } = this
    if (entry.compiled && entry.version === remotes.version) return entry.compiled
    entry.version = remotes.version
    return (entry.compiled = compileRoute(entry, remotes))
  }

  /** LoopBack's answers to paths that nobody handles. */
  #refuse(request: FastifyRequest, reply: FastifyReply, found: Exclude<Found, { kind: 'method' }> | undefined): void {
    const { rest, flags } = { rest: this.remotes.options.rest, flags: this.remotes.flags }
    if (rest?.handleUnknownPaths === false) return reply.callNotFound()
    const url = request.raw.url ?? '/'
    const start = url.indexOf('?')
    const query = start === -1 ? '' : url.slice(start)
    const verb = request.raw.method ?? 'GET'
    if (!found) return this.fail(request, reply, errors.REMOTING_CLASS_UNKNOWN({ verb, path: url.slice(this.prefix.length) || '/' }))
    const { name: className } = found.sharedClass
    this.fail(request, reply, errors.REMOTING_METHOD_UNKNOWN({ className, verb, path: found.rest + query, gap: flags.classGap }))
  }

  #answer(call: CompiledRoute, context: HttpContext): void {
    try {
      answer(call, context)
    } catch (error) {
      this.#failed(call, context, error)
    }
  }

  /** Error hooks first, one after the other, until one puts another error in place of the one that came. */
  #failed(call: CompiledRoute, context: HttpContext, reason: unknown): void {
    context.error = asError(reason)
    if (call.errorSteps.length === 0 || context.outsideHooks) return this.#replyError(call, context)
    void runErrorSteps(call, context).then(() => this.#replyError(call, context))
  }

  #replyError(call: CompiledRoute, context: HttpContext): void {
    const { request, reply, error } = context
    this.#errors.send({ request, reply, error, errorStatus: call.errorStatus, context })
  }
}

/** Errors of writing the reply meet no error hooks: for those the call is over. */
function answer(call: CompiledRoute, context: HttpContext): void {
  context.outsideHooks = true
  call.reply(context)
}
