import type { Identify, RemoteObjects } from '../contract/remote-objects'
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
 * Asks now and then whether what is held open may stay so: whether its sender is still somebody, and whether the rules still let the call
 * through. A question that is not answered before the next one is due counts as no.
 *
 * @param remotes hook, authorization and interval
 * @param held what is open
 * @returns function that ends the watch
 */
export function watchAccess(remotes: RemoteObjects, held: Held): () => void {
  const questions = questionsOf(remotes, held)
  if (questions.length === 0) return () => undefined
  let asking = false
  const ask = async () => {
    if (asking) throw errors.STREAM_REVOKED()
    asking = true
    for (const question of questions) await question()
    asking = false
  }
  const timer = setInterval(() => {
    ask().catch((error: unknown) => {
      clearInterval(timer)
      held.close(error)
    })
  }, remotes.limits.stream.recheck)
  timer.unref()
  return () => clearInterval(timer)
}

function questionsOf(remotes: RemoteObjects, { req, context }: Held): (() => unknown)[] {
  const { recheck, identify, authorization, authorizationOf } = remotes
  const hook = context && authorization && stepFromHook(authorization)
  return [
    ...(identify ? [() => stillKnown(identify, req)] : []),
    ...(recheck ? [async () => refuseUnless((await recheck(req)) !== false)] : []),
    ...(hook ? [() => hook(context)] : []),
    // Made anew each time: a method that was open to all may have rules by now.
    ...(context && authorizationOf ? [() => remotes.authorizationOf?.(context.method)?.(context)] : []),
  ]
}

/** Somebody who had a token must still have one that is found. */
async function stillKnown(identify: Identify, req: RequestView): Promise<void> {
  const again = Object.create(req, { accessToken: { value: undefined, writable: true, configurable: true } }) as RequestView
  await identify(again)
  refuseUnless(!req.accessToken || Boolean(again.accessToken))
}

function refuseUnless(allowed: boolean): void {
  if (!allowed) throw errors.STREAM_REVOKED()
}
