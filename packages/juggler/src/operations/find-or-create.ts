import { errors } from '../errors'
import type { Filter } from '../filter/filter'
import type { JugglerOptions } from '../model/options'
import type { ModelRuntime } from '../model/runtime'
import type { ModelInstance } from '../model/types'
import { isPlainObject, type PlainObject } from '../value/plain'
import { create } from './create'
import { findOne } from './find-one'
import { isDuplicate } from './store-errors'

export interface FoundOrCreated {
  readonly instance: ModelInstance
  readonly created: boolean
}

/** Calls under way in this process, one after the other for the same filter. */
const queues = new WeakMap<ModelRuntime, Map<string, Promise<unknown>>>()

/** The first instance that matches a filter, or a new one of the data. */
export async function findOrCreate(
  model: ModelRuntime,
  asked: { filter: Filter; data: PlainObject; make?: typeof create },
  options: JugglerOptions,
): Promise<FoundOrCreated> {
  if (!model.ready) await model.whenReady('findOrCreate')
  if (!isPlainObject(asked.data) && typeof asked.data !== 'object')
    throw errors.ARGUMENT_INVALID({ argument: 'data', expected: 'an object' })
  const { make = create } = asked
  return oneAtATime(model, keyOf(asked.filter), async () => {
    const found = await findOne(model, asked.filter, options)
    if (found) return { instance: found, created: false }
    try {
      return { instance: await make(model, asked.data, options), created: true }
    } catch (error) {
      const other = isDuplicate(error) ? await findOne(model, asked.filter, options) : null
      if (!other) throw error
      return { instance: other, created: false }
    }
  })
}

function keyOf(filter: Filter): string {
  return JSON.stringify(filter?.where ?? {}, (_key, value: unknown) => (value instanceof RegExp ? String(value) : value))
}

async function oneAtATime<T>(model: ModelRuntime, key: string, work: () => Promise<T>): Promise<T> {
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
