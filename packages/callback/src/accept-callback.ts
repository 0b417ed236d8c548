import { isResults, type Results } from './results'

/** A callback of Node's kind: the error or null, then the result, or several when the function resolves to `results(…)`. */
export type Callback<R> = [R] extends [Results<infer V>]
  ? (error: Error | null, ...values: [...V]) => void
  : (error: Error | null, result: R) => void

/** The argument lists that may precede a callback: all of them, or fewer where arguments are optional. */
type Before<A extends unknown[], C> = A extends []
  ? [callback: C]
  : number extends A['length']
    ? [...A, callback: C]
    : A extends [infer Head, ...infer Tail]
      ? [Head, ...Before<Tail, C>]
      : A extends [_?: infer Head, ...rest: infer Tail]
        ? [callback: C] | [Head | undefined, ...Before<Tail, C>]
        : never

/** A function that answers with a promise, or to a trailing callback. */
export interface LegacyCallable<A extends unknown[], R> {
  // First, because a function is also an `object` to optional arguments.
  (...args: Before<A, Callback<R>>): void
  (...args: A): Promise<R>
}

/**
 * Makes an async function callable in the old manner: with a trailing callback it returns undefined and calls back once.
 *
 * Without one it is the function itself plus one look at the last argument. An error that the callback throws is not caught here:
 * it reaches `uncaughtException`, as it must. `this` is handed through, and so are `name` and `length`.
 *
 * @param fn an async function; when it resolves to `results(a, b)` the callback gets `(null, a, b)`, when to undefined `(null)`
 * @returns a function of the same arguments, and optionally a callback after them
 * @example
 * const find = acceptCallback(async (filter?: object) => rows(filter))
 * const all = await find()
 * find({ limit: 5 }, (error, some) => {})
 */
export function acceptCallback<A extends unknown[], R>(fn: (this: never, ...args: A) => Promise<R>): LegacyCallable<A, R> {
  const run = fn as (...args: unknown[]) => Promise<R>
  const callable = function (this: unknown, ...args: unknown[]): Promise<R> | void {
    let last = args.length - 1
    while (last >= 0 && args[last] === undefined) last--
    const callback = args[last]
    if (typeof callback !== 'function') return run.apply(this as never, args)
    deliver(run.apply(this as never, args.slice(0, last)), callback as AnyCallback)
  }
  Object.defineProperties(callable, {
    name: { value: fn.name, configurable: true },
    length: { value: fn.length, configurable: true },
  })
  return callable as LegacyCallable<A, R>
}

type AnyCallback = (error: unknown, ...values: readonly unknown[]) => void

/** Calls back outside of the promise chain, where a throw of the callback cannot become a rejection. */
function deliver(promise: Promise<unknown>, callback: AnyCallback): void {
  promise.then(
    (value) => process.nextTick(succeed, callback, value),
    (reason: unknown) => process.nextTick(callback, reason || new Error('Rejected without a reason.', { cause: reason })),
  )
}

function succeed(callback: AnyCallback, value: unknown): void {
  if (isResults(value)) callback(null, ...value)
  else if (value === undefined) callback(null)
  else callback(null, value)
}
