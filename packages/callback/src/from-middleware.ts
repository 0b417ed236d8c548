import { isThenable } from './is-thenable'
import type { UserFunction } from './from-callback'

/** The members of a reply that tell whether it is over; `http.ServerResponse` has them. */
export interface EndingReply {
  readonly writableEnded?: boolean
  once(event: 'finish' | 'close', listener: () => void): unknown
  removeListener(event: 'finish' | 'close', listener: () => void): unknown
}

/**
 * Makes a middleware of Express' kind awaitable: `(req, res, next)`, or `(error, req, res, next)` which only sees errors.
 *
 * @param fn the middleware; what it gives to `next`, throws or rejects with is the error. `next('route')` and `next('router')` count as `next()`
 * @returns async function of request, reply and, where one is on its way, an error; resolves to true when the chain goes on and to false when
 *   the reply was ended (or its connection closed) instead; rejects with the error that goes on
 * @example
 * const step = fromMiddleware((req, res, next) => { req.startedAt = Date.now(); next() })
 * if (await step(req, res)) await handle(req, res)
 */
export function fromMiddleware<Request, Reply extends EndingReply>(
  fn: UserFunction,
): (request: Request, reply: Reply, error?: unknown) => Promise<boolean> {
  const seesErrors = fn.length === 4
  return (request, reply, error) =>
    new Promise<boolean>((resolve, reject) => {
      const failed = Boolean(error)
      if (seesErrors && !failed) return resolve(true)
      if (failed && !seesErrors) return reject(error)

      let settled = false
      const settle = (act: () => void) => {
        if (settled) return
        settled = true
        reply.removeListener('finish', ended)
        reply.removeListener('close', ended)
        act()
      }
      const ended = () => settle(() => resolve(false))
      const fail = (reason: unknown) => settle(() => reject(reason))
      const next = (reason?: unknown) => (reason && reason !== 'route' && reason !== 'router' ? fail(reason) : settle(() => resolve(true)))

      const returned = seesErrors ? fn(error, request, reply, next) : fn(request, reply, next)
      if (isThenable(returned)) returned.then(undefined, fail)
      if (settled) return
      if (reply.writableEnded) return ended()
      reply.once('finish', ended)
      reply.once('close', ended)
    })
}
