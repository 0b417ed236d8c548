import { AsyncLocalStorage } from 'node:async_hooks'
import type { IncomingMessage } from 'node:http'

/** What belongs to one request, or to whatever runs inside `runInContext`: values by name. */
export interface CurrentContext {
  get(name: string): unknown
  set(name: string, value: unknown): unknown
  /** A function that finds this context wherever it is called. */
  bind<F extends (...args: never[]) => unknown>(fn: F): F
  /** The values themselves. */
  readonly active: Record<string, unknown>
}

const storage = new AsyncLocalStorage<CurrentContext>()

/** The context of the present request, or null outside of any. */
export function currentContext(): CurrentContext | null {
  return storage.getStore() ?? null
}

/**
 * Makes a context.
 *
 * @param request whose token is found under `accessToken`, and itself with the response under `http`
 */
export function makeContext(request?: IncomingMessage): CurrentContext {
  const values: Record<string, unknown> = Object.create(null) as Record<string, unknown>
  const context: CurrentContext = {
    get: (name) =>
      name === 'accessToken' && !(name in values) ? (request as { accessToken?: unknown } | undefined)?.accessToken : values[name],
    set: (name, value) => (values[name] = value),
    bind: (fn) => ((...args: never[]) => storage.run(context, () => fn(...args))) as typeof fn,
    active: values,
  }
  return context
}

/** Runs a function inside a context: `currentContext()` finds it there and in all that follows from it. */
export function runInContext<T>(run: (context: CurrentContext) => T, context: CurrentContext = makeContext()): T {
  return storage.run(context, () => run(context))
}
