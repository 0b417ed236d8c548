import type { FastifyReply, FastifyRequest } from 'fastify'
import { statusOf, type WireError } from '@reloop/errors'
import type { RemoteObjects } from '../contract/remote-objects'
import { errors } from '../errors'
import type { HttpContext } from '../invoke/context'
import type { UserFunction } from '../legacy'
import type { ErrorHandlerOptions } from '../options'
import { toXml } from '../serialize/xml'
import { preferred } from './accept'
import { errorPage } from './error-page'
import { jsonType } from './headers'
import { requestView } from './request-view'
import { responseView } from './response-view'
import { wireErrorOf } from './wire-error'

/** A failed request. */
export interface Failure {
  readonly request: FastifyRequest
  readonly reply: FastifyReply
  readonly error: unknown
  /** Status for an error that has none. */
  readonly errorStatus?: number
  readonly context?: HttpContext
}

/** Replies with errors, in the shape of the profile. */
export class ErrorReply {
  readonly #remotes: RemoteObjects

  constructor(remotes: RemoteObjects) {
    this.#remotes = remotes
  }

  /** Replies with an error, or leaves that to the handler around where `rest.handleErrors` says so. */
  send(failure: Failure): void {
    const { reply, error } = failure
    const leaves = this.#remotes.options.rest?.handleErrors === false && !reply.raw.headersSent
    if (leaves) return void reply.send(asObject(error))
    this.sendHere(failure)
  }

  /** Replies with an error, after the application's own handler has had its say. */
  sendHere(failure: Failure): void {
    const { reply } = failure
    if (reply.raw.headersSent) return void reply.raw.destroy()
    const handler = this.#remotes.options.errorHandler?.handler
    if (!handler) return this.#reply(failure)
    this.#askHandler(handler, failure)
  }

  #askHandler(handler: UserFunction, failure: Failure): void {
    const { request, reply, error, context } = failure
    const views = context ?? { request, reply, wire: undefined, params: {} }
    const next = (replaced?: unknown) => this.#reply({ ...failure, error: replaced ?? error })
    try {
      handler.call(undefined, error, requestView(views), responseView(views), next)
    } catch (thrown) {
      this.#reply({ ...failure, error: thrown })
    }
  }

  #reply(failure: Failure): void {
    const { request, reply } = failure
    const { flags } = this.#remotes
    const options = this.#remotes.options.errorHandler ?? {}
    const error = fromFastify(failure.error)
    const status = this.#statusOf(error, failure)
    reply.raw.statusCode = status
    if (status >= 500) this.#log(request, error, options)
    const wire = wireErrorOf(this.#remotes, error, status)
    if (flags.errorShape === '2.x') return void reply.header('content-type', jsonType).send(JSON.stringify({ error: wire }))
    reply.header('x-content-type-options', 'nosniff')
    this.#write(failure, wire, options)
  }

  /** The error's own status; else the one that the endpoint names for errors; else the one that the reply has. */
  #statusOf(error: unknown, { reply, errorStatus }: Failure): number {
    const current = reply.raw.statusCode
    if (this.#remotes.flags.errorShape === '2.x' && current >= 400) return current
    return statusOf(error, current >= 400 ? current : errorStatus)
  }

  #write({ request, reply }: Failure, wire: WireError, options: ErrorHandlerOptions): void {
    const { rootProperty = 'error' } = options
    const format = formatOf(request, options)
    if (format === 'html') return void reply.header('content-type', 'text/html; charset=utf-8').send(errorPage(wire))
    if (format === 'xml')
      return void reply.header('content-type', 'text/xml; charset=utf-8').send(toXml(wire, { wrapper: rootProperty || 'error' }))
    reply.header('content-type', jsonType).send(JSON.stringify(rootProperty === false ? wire : { [rootProperty]: wire }))
  }

  #log(request: FastifyRequest, error: unknown, { log }: ErrorHandlerOptions): void {
    const wanted = log ?? this.#remotes.flags.errorShape !== '2.x'
    if (!wanted) return
    const line = `Request ${request.raw.method} ${JSON.stringify(request.raw.url).slice(1, -1)} failed`
    if (request.log.level && request.log.level !== 'silent') request.log.error(error as Error, line)
    else console.error(`${line}: ${error instanceof Error ? error.stack : String(error)}`)
  }
}

const types: Readonly<Record<string, string>> = {
  'application/json': 'json',
  'text/html': 'html',
  'text/xml': 'xml',
  'application/xml': 'xml',
}

/** `?_format=` first, then the Accept header; JSON where nothing better is known. */
function formatOf(request: FastifyRequest, { defaultType = 'json', negotiateContentType }: ErrorHandlerOptions): string {
  if (negotiateContentType === false) return defaultType
  const asked = /[?&]_format=(json|html|xml)(?:&|$)/i.exec(request.raw.url ?? '')?.[1]
  if (asked) return asked.toLowerCase()
  const { accept } = request.headers
  if (accept === undefined || accept === '*/*') return defaultType
  const type = preferred(accept, ['application/json', 'text/html', 'text/xml', 'application/xml'])
  return type === undefined ? defaultType : types[type]!
}

/** What Fastify finds before a method is reached, in LoopBack's words. */
function fromFastify(error: unknown): unknown {
  const code = (error as { code?: unknown } | null)?.code
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') return errors.REMOTING_BODY_TOO_LARGE()
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') return errors.REMOTING_MEDIA_TYPE_UNKNOWN({ type: '' })
  return error
}

function asObject(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error))
}
