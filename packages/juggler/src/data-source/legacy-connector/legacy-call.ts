import { fromCallback, isResults, type UserFunction } from '@reloop/callback'
import type { RawConnector } from './raw'

export { isResults, type UserFunction }

type Door = (this: unknown, ...args: unknown[]) => Promise<unknown>

const doors = new WeakMap<UserFunction, Map<number, Door>>()

/** The method as an async function of so many arguments, made once. */
function doorOf(method: UserFunction, leading: number): Door {
  let known = doors.get(method)
  if (!known) doors.set(method, (known = new Map<number, Door>()))
  let door = known.get(leading)
  if (!door) known.set(leading, (door = fromCallback(method, leading, { results: true })))
  return door
}

/**
 * Calls a method of LoopBack's connector and waits for its callback.
 *
 * @param raw the connector
 * @param method name of the method
 * @param args what comes before the callback
 * @param options given behind the arguments where the method's declared parameters leave room for them
 * @returns everything that the callback was given after the error
 */
export async function call(raw: RawConnector, method: string, args: readonly unknown[], options?: object): Promise<readonly unknown[]> {
  const fn = raw[method] as UserFunction
  const given = options && fn.length >= args.length + 2 ? [...args, options] : [...args]
  const value = await doorOf(fn, given.length).apply(raw, given)
  return isResults(value) ? value : [value]
}

/** Calls a function of a service, whose last argument is the callback however many come before. */
export function invoke(fn: UserFunction, self: unknown, args: readonly unknown[]): Promise<unknown> {
  return doorOf(fn, args.length).apply(self, [...args])
}

/** `count`, whose callback stands before the condition in connectors that take no options. */
export function countOldWay(raw: RawConnector, [model, where]: readonly [string, object], options: object): Promise<unknown> {
  const count = raw.count as UserFunction
  if (count.length > 3) return call(raw, 'count', [model, where], options).then(([value]) => value)
  return new Promise((resolve, reject) => {
    count.call(raw, model, (error: Error | null, value: unknown) => (error ? reject(error) : resolve(value)), where)
  })
}
