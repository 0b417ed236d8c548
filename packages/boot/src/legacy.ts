import { acceptCallback, fromCallback, type LegacyCallable, type UserFunction } from '@reloop/callback'

/**
 * Runs a boot script: `(app)`, `(app, callback)`, or one that returns a promise. What is synchronous is over when this returns.
 *
 * @returns a promise when there is something to wait for
 */
export function runScript(script: UserFunction, app: unknown): Promise<unknown> | undefined {
  if (script.length >= 2) return fromCallback<[unknown]>(script, 1)(app)
  const returned: unknown = script(app)
  return typeof (returned as { then?: unknown } | null | undefined)?.then === 'function' ? (returned as Promise<unknown>) : undefined
}

/** An async function that also takes a callback last. */
export function withCallback<A extends unknown[], R>(fn: (...args: A) => Promise<R>): LegacyCallable<A, R> {
  return acceptCallback(fn)
}
