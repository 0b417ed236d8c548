import type { IncomingMessage, ServerResponse } from 'node:http'
import { errors } from '../errors'
import type { Application } from '../app/application'
import { makeContext, runInContext } from '../current-context'
import type { TokenTwins } from '../identity/token-middleware'
import type { TokenOptions } from '../identity/token-sources'
import type { Next } from './bridge'
import { iconOf, statusOf } from './favicon-and-status'
import { mark } from './marked'
import { twinsFor } from './token'

type Handler = (req: IncomingMessage, res: ServerResponse, next: Next) => void

/** The API, where `app.use` is given this. Inside a router of Express it goes on, and the API stands where the application has it. */
export function rest(): Handler {
  return mark((_req, _res, next) => next(), { name: 'loopback#rest' })
}

/**
 * Says who sends a request: `req.accessToken`.
 *
 * @param options where tokens are looked for
 */
export function token(options: TokenOptions = {}): Handler {
  const twins = new WeakMap<Application, TokenTwins>()
  return mark(
    (req, res, next) => {
      const { app } = req as IncomingMessage & { app: Application }
      const own = twins.get(app) ?? twinsFor(app, options)
      twins.set(app, own)
      own.middleware(req, res, next)
    },
    { name: 'loopback#token', params: options },
  )
}

/** Answers `{ started, uptime }`, uptime in seconds. */
export function status(): Handler {
  const current = statusOf()
  return (_req, res) => sendJson(res, current())
}

/**
 * Answers `/favicon.ico`.
 *
 * @param icon file or content. @default no icon, so that browsers do not ask again
 */
export function favicon(icon?: string | Buffer): Handler {
  const content = iconOf(icon)
  return (req, res, next) => {
    if ((req.url ?? '').split('?', 1)[0] !== '/favicon.ico') return next()
    res.statusCode = content ? 200 : 204
    if (content) res.setHeader('content-type', 'image/x-icon').setHeader('cache-control', 'public, max-age=86400')
    res.end(content)
  }
}

/** Turns requests that nobody has answered into an error of status 404. */
export function urlNotFound(): Handler {
  return mark(
    (req, _res, next) => {
      const { originalUrl } = req as IncomingMessage & { originalUrl?: string }
      next(errors.URL_NOT_FOUND({ verb: req.method ?? 'GET', url: originalUrl ?? req.url ?? '/' }))
    },
    { name: 'loopback#urlNotFound' },
  )
}

/** A handler of errors, which Express knows by its four parameters. */
type ErrorHandler = (...args: [error: unknown, req: unknown, res: unknown, next: Next]) => void

/**
 * LB2: answers errors. Ours are answered by the application; the options say how.
 *
 * @param options `includeStack`
 */
export function errorHandler(options: object = {}): ErrorHandler {
  // eslint-disable-next-line @typescript-eslint/max-params -- Express knows handlers of errors by their four
  const handler: ErrorHandler = (error, _req, _res, next) => next(error)
  return mark(handler, { name: 'loopback#errorHandler', params: options })
}

/** LB2: gives every request a current context. */
export function context(): Handler {
  return mark(
    (req, res, next) => {
      const made = makeContext(req)
      made.set('http', { req, res })
      runInContext(() => next(), made)
    },
    { name: 'loopback#context' },
  )
}

function sendJson(res: ServerResponse, body: unknown): void {
  res.setHeader('content-type', 'application/json; charset=utf-8')
  res.end(JSON.stringify(body))
}
