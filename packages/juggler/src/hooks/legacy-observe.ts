import { acceptCallback, fromCallback, type UserFunction } from '@reloop/callback'
import { runHooks, type Hook, type HookContext, type Observers } from './observers'

/** Whoever has hooks: a way to its own ones, to all of them in order, and to be told of changes. */
export interface Observable {
  readonly own: Observers
  readonly all: (operation: string) => readonly Hook[]
  readonly changed?: () => void
}

type Work = (this: unknown, ...args: never[]) => unknown

/** The observer methods of LoopBack's mixin over whatever `observable` finds for `this`. */
export function observerMethods(observable: (self: unknown) => Observable) {
  async function notify(self: unknown, operations: string | readonly string[], context: HookContext): Promise<HookContext> {
    for (const operation of typeof operations === 'string' ? [operations] : operations)
      await runHooks(observable(self).all(operation), context)
    return context
  }

  return {
    observe(this: unknown, operation: string, fn: UserFunction): void {
      const { own, changed } = observable(this)
      own.add(operation, fn, fromCallback<[HookContext]>(fn, 1))
      changed?.()
    },

    removeObserver(this: unknown, operation: string, fn: UserFunction): void {
      const { own, changed } = observable(this)
      own.remove(operation, fn)
      changed?.()
    },

    clearObservers(this: unknown, operation?: string): void {
      const { own, changed } = observable(this)
      own.clear(operation)
      changed?.()
    },

    notifyObserversOf: acceptCallback(async function (this: unknown, operations: string | readonly string[], context: HookContext) {
      return await notify(this, operations, context)
    }),

    notifyObserversAround(
      this: unknown,
      operation: string,
      context: HookContext,
      fn: Work,
      callback?: (...results: unknown[]) => void,
    ): unknown {
      const run = acceptCallback(() => around({ self: this, operation, context, fn, notify }))
      return callback ? (run as (callback: unknown) => void)(spread(callback)) : run().then((values) => values[0])
    },
  }
}

function spread(callback: (...results: unknown[]) => void) {
  return (error: Error | null, values?: readonly unknown[]) => (error ? callback(error) : callback(null, ...(values ?? [])))
}

interface Around {
  readonly self: unknown
  readonly operation: string
  readonly context: HookContext
  readonly fn: Work
  readonly notify: (self: unknown, operation: string, context: HookContext) => Promise<HookContext>
}

/** Before-hooks, the work, after-hooks; `context.end` called by a before-hook answers without the work. */
function around({ self, operation, context, fn, notify }: Around): Promise<unknown[]> {
  return new Promise((resolve, reject) => {
    // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- whatever the hook gave
    context.end = (error: unknown, ...values: unknown[]) => (error ? reject(error) : resolve(values))
    const work =
      fn.length > 1 ? fromCallback(fn as UserFunction, 1, { results: true }) : fromCallback(fn as UserFunction, 0, { results: true })
    const run = async () => {
      await notify(self, `before ${operation}`, context)
      const value = await (fn.length > 1 ? work.call(self, context) : work.call(self))
      context.results = Array.isArray(value) && fn.length > 0 ? [...(value as unknown[])] : [value]
      await notify(self, `after ${operation}`, context)
      return context.results as unknown[]
    }
    run().then(resolve, reject)
  })
}
