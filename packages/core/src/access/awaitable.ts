/** A value, or a promise of it: what needs no look-up is decided at once. */
export type Awaitable<T> = T | Promise<T>

/** Goes on with a value, at once where it is there. */
export function then<T, R>(value: Awaitable<T>, next: (value: T) => Awaitable<R>): Awaitable<R> {
  return value instanceof Promise ? value.then(next) : next(value)
}
