import { acceptCallback } from '@reloop/callback'

/** A function of a class whose calls go elsewhere: a promise, or a callback as the last argument; `this` is the class or the instance. */
export function legacyFunction(run: (scope: unknown, given: readonly unknown[]) => Promise<unknown>): Function {
  return acceptCallback(async function (this: unknown, ...given: unknown[]) {
    return run(this, given)
  })
}
