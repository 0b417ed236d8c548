import type { RemoteObjects } from '../contract/remote-objects'
import { errors } from '../errors'
import type { RequestView } from '../http/request-view'
import type { HttpContext } from '../invoke/context'
import { stepFromHook } from '../legacy'

/** What is held open, and by whom. */
export interface Held {
  readonly req: RequestView
  /** The call that opened it, if it was one. */
  readonly context?: HttpContext
  /** Hears why access has ended. */
  readonly close: (error: unknown) => void
}

/**
 * Asks now and then whether what is held open may stay so. A question that is not answered before the next one is due counts as no.
 *
 * @param remotes hook, authorization and interval
 * @param held what is open
 * @returns function that ends the watch
 */
export function watchAccess(remotes: RemoteObjects, { req, context, close }: Held): () => void {
  const { recheck, authorization } = remotes
  if (!recheck && !(authorization && context)) return () => undefined
  const authorize = authorization && context ? stepFromHook(authorization) : undefined
  let asking = false
  const ask = async () => {
    if (asking) throw errors.STREAM_REVOKED()
    asking = true
    if ((await recheck?.(req)) === false) throw errors.STREAM_REVOKED()
    if (context) await authorize?.(context)
    asking = false
  }
  const timer = setInterval(() => {
    ask().catch((error: unknown) => {
      clearInterval(timer)
      close(error)
    })
  }, remotes.limits.stream.recheck)
  timer.unref()
  return () => clearInterval(timer)
}
