/**
 * Whether a value can be awaited: an object or function with a `then` method.
 *
 * @example isThenable(Promise.resolve()) // true
 */
export function isThenable(value: unknown): value is PromiseLike<unknown> {
  return (
    (typeof value === 'object' || typeof value === 'function') && value !== null && typeof (value as { then?: unknown }).then === 'function'
  )
}
