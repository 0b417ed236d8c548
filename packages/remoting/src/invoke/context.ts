import type { ServerResponse } from 'node:http'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { member, type Sent } from '../args/sources'
import type { SharedMethod } from '../contract/shared-method'
import { requestView, type RequestView } from '../http/request-view'
import { responseView, type ResponseView } from '../http/response-view'
import type { Wire } from '../http/wire'

/** What a context is made from. */
export interface ContextOptions {
  readonly request: FastifyRequest
  readonly reply: FastifyReply
  readonly method: SharedMethod
  readonly wire: Wire
  readonly params: Readonly<Record<string, string>>
  /** Arguments that did not come in the parts of a request, but by name: those of the other transports. */
  readonly given?: Given
  /** Aborts when the client has gone away. @default as the reply's connection tells */
  readonly signal?: AbortSignal
}

/** Arguments by name. */
export interface Given {
  readonly args: Readonly<Record<string, unknown>>
  readonly ctorArgs: Readonly<Record<string, unknown>>
}

/**
 * One call of a shared method over HTTP, as hooks see it: LoopBack's members, of which `args` may be changed before the call
 * and `result` after it.
 *
 * @example
 * remotes.before('Product.create', (ctx) => { ctx.args.data.owner = ctx.req.user.id })
 */
export class HttpContext {
  readonly request: FastifyRequest
  readonly reply: FastifyReply
  readonly method: SharedMethod
  /** What is fixed for all requests of one door: limits, flags, the application. */
  readonly wire: Wire
  /** Parameters of the path, decoded. */
  readonly params: Readonly<Record<string, string>>
  /** Arguments by name, where they do not come in the parts of a request. */
  readonly given: Given | undefined
  args: Record<string, unknown> = {}
  ctorArgs: Record<string, unknown> = {}
  instance: unknown = undefined
  result: unknown = undefined
  error: unknown = undefined
  resultType: unknown = undefined
  /** Why there is no instance; thrown once access is granted. */
  instanceError: unknown = undefined
  /** Whether errors meet no hooks: before the request is read, and once the call is over. */
  outsideHooks = false
  #query: Record<string, unknown> | undefined
  #req: RequestView | undefined
  #res: ResponseView | undefined
  #signal: AbortSignal | undefined

  constructor(options: ContextOptions) {
    this.request = options.request
    this.reply = options.reply
    this.method = options.method
    this.wire = options.wire
    this.params = options.params
    this.given = options.given
    this.#signal = options.signal
  }

  /** `Class.method` or `Class.prototype.method`. */
  get methodString(): string {
    return this.method.stringName
  }

  /** The `remoting` settings. */
  get options(): object {
    return this.wire.options
  }

  /** The request, with the members of Express that LoopBack code uses. */
  get req(): RequestView {
    return (this.#req ??= requestView(this))
  }

  /** The response, with the members of Express that LoopBack code uses. */
  get res(): ResponseView {
    return (this.#res ??= responseView(this))
  }

  /** Aborts when the client has gone away before it was answered. */
  get signal(): AbortSignal {
    return (this.#signal ??= goneSignal(this.reply.raw))
  }

  /** What `this` is for methods and hooks: the instance or the class. */
  get scope(): unknown {
    return this.method.isStatic ? this.method.ctor : (this.instance ?? this.method.ctor)
  }

  /** The parameters of the query string. */
  get query(): Record<string, unknown> {
    return (this.#query ??= this.wire.query(this.request.raw.url ?? ''))
  }

  /** The body; {} when there is none. */
  get body(): unknown {
    const { body } = this.request
    return body === undefined ? {} : body
  }

  /** The first value of this name in path, body, query and headers. */
  sent(name: string): unknown {
    return this.params[name] ?? member(this.body, name) ?? this.#further(name)
  }

  /**
   * The first value of this name in path, body, query and headers, for hooks.
   *
   * @param name name of the argument
   */
  getArgByName(name: string): unknown {
    return Object.hasOwn(this.args, name) ? this.args[name] : this.sent(name)
  }

  /**
   * Sets a member of the result.
   *
   * @param name as in `returns`
   * @param value the value
   */
  setReturnArgByName(name: string, value: unknown): void {
    const declared = this.method.returns.find((entry) => entry.arg === name)
    if (declared?.root) this.result = value
    else this.result = { ...(this.result as object | undefined), [name]: value }
  }

  /** The instance or class that the method is called on. */
  getScope(): unknown {
    return this.scope
  }

  /** Whether a value came as JSON or as text. */
  sentAs(name: string, raw: unknown): Sent {
    if (!this.sentJson) return 'text'
    const { body } = this
    return raw === body || raw === member(body, name) ? 'json' : 'text'
  }

  /** Whether the body is JSON. */
  get sentJson(): boolean {
    return /\bjson\b/i.test(this.request.headers['content-type'] ?? '')
  }

  #further(name: string): unknown {
    const value = member(this.body, name)
    if (value === null) return null
    return this.query[name] ?? this.request.headers[name.toLowerCase()]
  }
}

/** The signals of replies whose client or time may run out. */
const controllers = new WeakMap<ServerResponse, AbortController>()

function goneSignal(response: ServerResponse): AbortSignal {
  const controller = new AbortController()
  controllers.set(response, controller)
  const gone = () => {
    if (!response.writableFinished) controller.abort()
  }
  if (response.destroyed) gone()
  else response.once('close', gone)
  return controller.signal
}

/**
 * Aborts the signal of the call that a response belongs to, before the response is written: nobody waits for its result.
 *
 * @param response Node's response
 * @param reason what the signal says. @default an AbortError
 * @example cancelWork(reply.raw, new Error('too slow'))
 */
export function cancelWork(response: ServerResponse, reason?: unknown): void {
  controllers.get(response)?.abort(reason)
}
