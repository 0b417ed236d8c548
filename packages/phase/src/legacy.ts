import { hasRoom } from './has-room'
import { isThenable, type Step } from './step'

/** Tells that a handler or a run is over; an error ends the run. */
export type Done = (error?: unknown) => void

/** A user's handler: calls back, returns a promise, or has no room for a callback and is over when it returns. */
// Contexts of user code are theirs to type; nothing reads them from here.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type Handler = (ctx: any, next: Done) => unknown

const known = new WeakMap<Handler, Step<unknown>>()

/**
 * The step that a user's handler is. First of callback, promise and throw wins; a later call is ignored.
 * Returns nothing when the handler called back at once.
 */
export function stepOf(handler: Handler): Step<unknown> {
  let step = known.get(handler)
  if (step === undefined) known.set(handler, (step = makeStep(handler)))
  return step
}

/** Reports the end of a run to a callback, at once when it is over at once. */
export function report(run: () => void | Promise<void>, callback: Done): void {
  let returned: void | Promise<void>
  try {
    returned = run()
  } catch (error) {
    return callback(error)
  }
  if (!isThenable(returned)) return callback(null)
  // Outside of the promise chain, where a throw of the callback cannot become a rejection.
  returned.then(
    () => process.nextTick(callback, null),
    (error: unknown) => process.nextTick(callback, error),
  )
}

function makeStep(handler: Handler): Step<unknown> {
  const waits = hasRoom(handler, 1)
  return (ctx) => {
    let over = false
    let failure: unknown
    let settle: Done | undefined
    const done: Done = (error) => {
      if (over) return
      over = true
      failure = error
      settle?.(error)
    }
    const returned = handler(ctx, done)
    if (over) {
      if (Boolean(failure)) throw failure
      return
    }
    if (isThenable(returned)) {
      returned.then(
        () => done(),
        (error: unknown) => done(error || new Error('Rejected without a reason.', { cause: error })),
      )
    } else if (!waits) return
    return new Promise<void>((resolve, reject) => {
      settle = (error) => (Boolean(error) ? reject(error) : resolve())
    })
  }
}
