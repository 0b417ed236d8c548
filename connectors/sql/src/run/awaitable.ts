import type { Awaitable } from '@reloop/connector'

/**
 * Goes on with a value that may be a promise, without a tick when it is none: a synchronous driver stays synchronous.
 */
export function after<A, B>(value: Awaitable<A>, next: (value: A) => Awaitable<B>): Awaitable<B> {
  return value instanceof Promise ? value.then(next) : next(value)
}
