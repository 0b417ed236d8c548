import type { Application } from '../app/application'
import { errors } from '../errors'
import { identification, type IdentifiedRequest } from './identify'
import type { TokenOptions, TokenRequest } from './token-sources'

/** Calls the next handler, or the error handlers. */
type Next = (error?: unknown) => void

/** A request as it comes in: its URL may still be changed. */
export interface IncomingRequest extends IdentifiedRequest {
  url?: string
}

/** The two forms of `loopback.token(options)`. */
export interface TokenTwins {
  /** For Express: `(req, res, next)`. */
  readonly middleware: (req: IncomingRequest, res: unknown, next: Next) => void
  /** For whoever hands requests on: finds the token and writes the caller's id into the URL, before the request is routed. */
  readonly before: (req: IncomingRequest) => void | Promise<void>
}

/**
 * Makes `loopback.token(options)`: puts `accessToken` on the request, and replaces the segment of the path that stands for the caller.
 *
 * @param app the application whose token model is asked
 * @param options LoopBack's options
 * @throws (the functions do) INVALID_TOKEN, and AUTHORIZATION_REQUIRED for `/me` without a token
 * @example expressApp.use(tokenOptionsFor(app, { currentUserLiteral: 'me' }).middleware)
 */
export function tokenOptionsFor(app: Application, options: TokenOptions = {}): TokenTwins {
  const identify = identification(app, options)
  const rewrite = currentUser(options.currentUserLiteral)
  const run = (req: IncomingRequest, places?: Pick<TokenRequest, 'body' | 'params'>): void | Promise<void> => {
    const waiting = identify(req, places)
    if (waiting) return waiting.then(() => rewrite(req))
    rewrite(req)
  }
  return {
    before: (req) => run(req),
    middleware(req, _res, next) {
      Promise.resolve()
        .then(() => run(req, { body: req.body, params: req.params }))
        .then(() => next(), next)
    },
  }
}

/** Replaces a segment of the path by the id of the caller. */
function currentUser(literal: unknown): (req: IncomingRequest) => void {
  if (!literal) return () => undefined
  const word = typeof literal === 'string' ? literal : 'me'
  return (req) => {
    const [path, query] = split(req.url ?? '/')
    const segments = path.split('/')
    const at = segments.indexOf(word, 1)
    if (at === -1) return
    const token = req.accessToken as { userId?: unknown } | null | undefined
    if (!token) throw errors.AUTHORIZATION_REQUIRED()
    segments[at] = encodeURIComponent(String(token.userId))
    req.url = segments.join('/') + query
  }
}

function split(url: string): readonly [path: string, query: string] {
  const start = url.indexOf('?')
  return start === -1 ? [url, ''] : [url.slice(0, start), url.slice(start)]
}
