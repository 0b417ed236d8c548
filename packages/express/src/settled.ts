import type { Next } from './express-types'

type Run = (...args: unknown[]) => unknown

/**
 * A handler whose promise is heard: when it rejects, the error goes on as if it had been given to `next`. Express 4 would not hear it, and
 * the process would end.
 */
export function settled(handler: unknown): unknown {
  // Routers say of themselves that they handle, and give nothing back.
  if (typeof handler !== 'function' || 'handle' in handler) return handler
  const run = handler as Run
  const hear = (args: unknown[]) => {
    const returned = run(...args)
    if (returned instanceof Promise)
      returned.catch((error: unknown) => (args.at(-1) as Next)(error ?? new Error('A handler was rejected without a reason.')))
  }
  return withArity(hear, handler.length)
}

/** Express tells handlers of errors from others by the number of their parameters. */
function withArity(hear: (args: unknown[]) => void, arity: number): Run {
  // eslint-disable-next-line @typescript-eslint/max-params -- Express counts them
  if (arity === 4) return (error, req, res, next) => hear([error, req, res, next])
  return (req, res, next) => hear([req, res, next])
}
