import { acceptCallback, fromCallback, type UserFunction } from '@reloop/callback'
import type { HttpContext } from '@reloop/remoting'

export type { UserFunction }

/** A hook of a model: `(ctx, result, next)`, `async (ctx, result)` or plain `(ctx, result)`. */
export function modelHook(fn: UserFunction, second: (context: HttpContext) => unknown): (context: HttpContext) => Promise<void> {
  const awaited = fromCallback<[HttpContext, unknown], void>(fn, 2)
  return (context) => awaited.call(context.scope, context, second(context))
}

/** A hook for errors of a model: `(ctx, next)`, `async (ctx)` or plain `(ctx)`. */
export function modelErrorHook(fn: UserFunction): (context: HttpContext) => Promise<void> {
  const awaited = fromCallback<[HttpContext], void>(fn, 1)
  return (context) => awaited.call(context.scope, context)
}

/** Calls a method of old or new manner; several results are a list. */
export function awaited(scope: object, name: string, values: readonly unknown[]): Promise<unknown> {
  const fn = (scope as Record<string, UserFunction>)[name]!
  return fromCallback<unknown[]>(fn, values.length, { results: true }).call(scope, ...values)
}

/** An async function that may be given a trailing callback. */
export function callable(fn: (this: never, ...args: unknown[]) => Promise<unknown>): Function {
  return acceptCallback(fn)
}
