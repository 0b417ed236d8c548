import { fromCallback, type UserFunction } from '@reloop/callback'
import type { HttpContext } from './invoke/context'

export type { UserFunction }

/** What a callback was given after its error: the results of a method in order, none when it was called with the error alone. */
export class CallbackValues {
  readonly list: readonly unknown[]

  constructor(list: readonly unknown[]) {
    this.list = list
  }
}

/** A step of a call; it gives a promise only where it has to wait. */
export type Step = (context: HttpContext) => unknown

/**
 * Makes a step of a user's hook: `(ctx, next, method)`, `async (ctx)` or plain `(ctx)`; `this` is the instance or the class.
 *
 * A function without room for `next` is not waited for beyond the promise that it may return.
 */
export function stepFromHook(fn: UserFunction): Step {
  if (hasNoCallback(fn, 1)) return (context) => fn.call(context.scope, context)
  const awaited = fromCallback<[HttpContext]>(function (this: unknown, context: HttpContext, next: unknown) {
    return fn.call(this, context, next, context.method)
  }, 1)
  return (context) => awaited.call(context.scope, context)
}

/**
 * Makes a caller of a user's method: `(a, b, cb)`, `async (a, b)` or plain `(a, b)`.
 *
 * @param fn the method
 * @param leading how many arguments come before the callback
 * @returns function of `this` and the arguments; gives the value, a promise of it, or of the `CallbackValues`
 */
export function methodCaller(fn: UserFunction, leading: number): (scope: unknown, args: readonly unknown[]) => unknown {
  if (hasNoCallback(fn, leading)) return (scope, args) => fn.apply(scope, args as unknown[])
  return (scope, args) =>
    new Promise((resolve, reject) => {
      const callback = (error?: unknown, ...values: unknown[]) => (error ? reject(asError(error)) : resolve(new CallbackValues(values)))
      const returned = fn.call(scope, ...args, callback) as PromiseLike<unknown> | undefined
      if (typeof returned?.then === 'function') returned.then(resolve, reject)
    })
}

/** What may be rejected, as an error: old code calls back with text. */
export function asError(reason: unknown): unknown {
  return typeof reason === 'string' ? Object.assign(new Error(reason), { statusCode: 500 }) : reason
}

/** Whether a function cannot see an argument after its leading ones, so that it need not be waited for. */
function hasNoCallback(fn: UserFunction, leading: number): boolean {
  if (fn.length > leading) return false
  const text = Function.prototype.toString.call(fn)
  const parameters = text.slice(0, text.indexOf(')') + 1)
  return !/\barguments\b/.test(text) && !/\.\.\.|=(?!>)/.test(parameters)
}
