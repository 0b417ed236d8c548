import { hasRoom } from './has-room'
import { isThenable } from './is-thenable'
import { results } from './results'

/** A user's function in any old or new manner: `fn(…, cb)`, `async fn(…)` or plain `fn(…)`. */
// Parameters of user code are contravariant: only `any` accepts them all, and nothing reads it from here.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type UserFunction = (this: any, ...args: any[]) => unknown

/** How the results of a user's function are collected. */
export interface FromCallbackOptions {
  /** `cb(null, a, b)` resolves to `results(a, b)` instead of `a`. @default false */
  readonly results?: boolean
}

/**
 * Makes a user's function awaitable, whatever its manner. First of callback, promise and throw wins; a later call is ignored.
 *
 * `this` is handed through. A function without room for a callback is not waited for: its return value is the result.
 *
 * @param fn the user's function
 * @param leading how many arguments come before the callback
 * @param options whether a callback's further results are kept
 * @returns an async function of the leading arguments; rejects with what the function threw or gave to its callback
 * @example
 * const hook = fromCallback((ctx, next) => setTimeout(next, 10), 1)
 * await hook({ instance })
 */
export function fromCallback<A extends unknown[], R = unknown>(
  fn: UserFunction,
  leading: number,
  options: FromCallbackOptions = {},
): (this: unknown, ...args: A) => Promise<R> {
  const plain = !hasRoom(fn, leading)
  const several = options.results === true
  return function (this: unknown, ...args: A): Promise<R> {
    return new Promise<R>((resolve, reject) => {
      const callback = (error?: unknown, ...values: unknown[]) => {
        if (Boolean(error)) reject(error)
        else resolve((several && values.length > 1 ? results(...values) : values[0]) as R)
      }
      while (args.length < leading) args.push(undefined)
      const returned = fn.call(this, ...args, callback)
      if (isThenable(returned)) returned.then(resolve as (value: unknown) => void, reject)
      else if (plain) resolve(returned as R)
    })
  }
}
