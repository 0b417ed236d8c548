import { acceptCallback, fromCallback, results, type UserFunction } from '@reloop/callback'

export { results, type UserFunction }

type Method = (this: never, ...args: never[]) => Promise<unknown>

/** Methods that also answer to a callback. */
export function withCallbacks(methods: Record<string, Method>): Record<string, Function> {
  return Object.fromEntries(Object.entries(methods).map(([name, method]) => [name, acceptCallback(method)]))
}

/** Whether a user has put a function of their own in the place of ours; theirs is called with a callback. */
export function callUsers(fn: UserFunction, on: unknown, args: readonly unknown[]): Promise<unknown> {
  return fromCallback<unknown[], unknown>(fn, args.length).call(on, ...args)
}

/** Answers a callback with several results, and a promise with the first of them, which has the others as properties. */
export function firstOf<R extends object>(
  method: (this: never, ...args: never[]) => Promise<R>,
  split: (result: R) => [object, object],
): Function {
  const called = acceptCallback(async function (this: never, ...args: never[]) {
    return results(...split(await method.apply(this, args)))
  }) as Function
  return function (this: unknown, ...args: unknown[]): unknown {
    if (isCallback(args.findLast((argument) => argument !== undefined))) return called.apply(this, args) as unknown
    return (method as Function).apply(this, args)
  }
}

/** A model class is a function, too. */
function isCallback(argument: unknown): boolean {
  return typeof argument === 'function' && !('modelName' in argument)
}
