import { AsyncLocalStorage } from 'node:async_hooks'

const inside = new AsyncLocalStorage<true>()

/** Whether the present request is a part of a batch, however its path is spelled. */
export function insideBatch(): boolean {
  return inside.getStore() === true
}

/** Runs what sends the parts of a batch. */
export function runInsideBatch<T>(run: () => T): T {
  return inside.run(true, run)
}
