import type { ModelRuntime } from '../model/runtime'

/** Calls under way in this process, one after the other for the same key. */
const queues = new WeakMap<ModelRuntime, Map<string, Promise<unknown>>>()

/** Does work of a model after whatever is under way for the same key. */
export async function oneAtATime<T>(model: ModelRuntime, key: string, work: () => Promise<T>): Promise<T> {
  const queue = queues.get(model) ?? new Map<string, Promise<unknown>>()
  queues.set(model, queue)
  const before = queue.get(key)
  const now = (before ?? Promise.resolve()).catch(() => undefined).then(work)
  queue.set(key, now)
  try {
    return await now
  } finally {
    if (queue.get(key) === now) queue.delete(key)
  }
}
