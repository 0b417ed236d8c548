import { fromCallback, isResults, type UserFunction } from '@reloop/callback'
import { observerMethods } from '../../hooks/legacy-observe'
import { Observers, runHooks, type HookContext } from '../../hooks/observers'
import type { RawConnector } from './raw'

type Callback = (error: unknown, ...results: unknown[]) => void

/**
 * The observer methods that LoopBack's data source gave to its connectors: `observe('before execute', …)` and the rest.
 *
 * `notifyObserversAround` calls the work straight while nobody observes; connectors run every statement through it.
 */
export function connectorObservers(): object {
  const observers = new Observers()
  const methods = observerMethods(() => ({ own: observers, all: (operation) => observers.of(operation) }))
  return {
    ...methods,
    notifyObserversAround(this: RawConnector, operation: string, context: HookContext, work: UserFunction, callback: Callback): void {
      const steps = { before: observers.of(`before ${operation}`), after: observers.of(`after ${operation}`) }
      const takesContext = work.length > 1
      const finish: Callback = (error, ...values) => callback(error ?? null, ...values)
      if (steps.before.length === 0 && steps.after.length === 0) {
        context.end = finish
        work.apply(this, takesContext ? [context, finish] : [finish])
        return
      }
      const observed = async (): Promise<unknown[]> => {
        const skipped = await answered(context, () => runHooks(steps.before, context))
        if (skipped) return skipped
        const value = await fromCallback<unknown[]>(work, takesContext ? 1 : 0, { results: true }).apply(
          this,
          takesContext ? [context] : [],
        )
        context.results = isResults(value) ? [...value] : [value]
        await runHooks(steps.after, context)
        return context.results as unknown[]
      }
      observed().then(
        (values) => process.nextTick(finish, null, ...values),
        (error: unknown) => process.nextTick(finish, error),
      )
    },
  }
}

/** Runs the hooks before the work; one that calls `context.end` instead of `next` has answered, and the work is not done. */
function answered(context: HookContext, run: () => Promise<void>): Promise<unknown[] | undefined> {
  return new Promise((resolve, reject) => {
    context.end = (error: Error | null, ...values: unknown[]) => (error ? reject(error) : resolve(values))
    run().then(() => resolve(undefined), reject)
  })
}
