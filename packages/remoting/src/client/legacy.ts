import { acceptCallback, results } from '@reloop/callback'

/** Runs a call with what `invoke` was given: `(name, ctorArgs, args)` or `(name, args)`. */
type Run = (name: string, ctorArgs: readonly unknown[], args: readonly unknown[]) => Promise<readonly unknown[]>

/**
 * Answers LoopBack's `invoke(name[, ctorArgs], args[, callback])`: the callback gets the results one by one, a promise one result or
 * the list of several.
 *
 * @param run calls the method
 * @param given all arguments of `invoke`
 */
export function invokeWith(run: Run, given: readonly unknown[]): unknown {
  const call = acceptCallback(async (name: string, first?: readonly unknown[], second?: readonly unknown[]) => {
    const ofRecord = name.includes('.prototype.')
    const [ctorArgs, args] = second || ofRecord ? [first ?? [], second ?? []] : [[], first ?? []]
    const values = await run(name, ctorArgs, args)
    return values.length < 2 ? values[0] : results(...values)
  }) as unknown as (...args: readonly unknown[]) => unknown
  return call(...given)
}
