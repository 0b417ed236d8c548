import { acceptCallback } from '@reloop/callback'
import { modelOf } from '../model/class-slots'
import { noOptions, type JugglerOptions } from '../model/options'
import type { ModelConstructor } from '../model/types'
import { isPlainObject } from '../value/plain'
import { deleteAllValues, deleteValue, expireValue, getValue, keysOf, setValue, timeToLive } from './key-value'

function optionsOf(given: unknown): JugglerOptions {
  return (given ?? noOptions) as JugglerOptions
}

/** LoopBack's iterator: `next(callback)` or `await next()`; undefined ends. It is a JavaScript iterator as well. */
class KeyIterator implements AsyncIterable<string> {
  readonly next: () => Promise<string | undefined>
  readonly #keys: AsyncGenerator<string>

  constructor(keys: AsyncGenerator<string>) {
    this.#keys = keys
    this.next = acceptCallback(async () => {
      const step = await keys.next()
      return step.done ? undefined : step.value
    })
  }

  [Symbol.asyncIterator](): AsyncGenerator<string> {
    return this.#keys
  }
}

/** The statics of a model whose rows are values under keys. */
export const keyValueStatics: Readonly<Record<string, Function>> = Object.freeze({
  get: acceptCallback(async function (this: ModelConstructor, key: unknown, options?: unknown) {
    return getValue(modelOf(this), key, optionsOf(options))
  }),

  set: acceptCallback(async function (this: ModelConstructor, key: unknown, value: unknown, options?: unknown) {
    const given = typeof options === 'number' ? { ttl: options } : optionsOf(options)
    await setValue(modelOf(this), { key, value, ttl: given.ttl }, given)
  }),

  expire: acceptCallback(async function (this: ModelConstructor, key: unknown, ttl: unknown, options?: unknown) {
    await expireValue(modelOf(this), { key, ttl }, optionsOf(options))
  }),

  ttl: acceptCallback(async function (this: ModelConstructor, key: unknown, options?: unknown) {
    return timeToLive(modelOf(this), key, optionsOf(options))
  }),

  iterateKeys(this: ModelConstructor, filter?: unknown, options?: unknown): KeyIterator {
    return new KeyIterator(keysOf(modelOf(this), isPlainObject(filter) ? filter.match : undefined, optionsOf(options)))
  },

  keys: acceptCallback(async function (this: ModelConstructor, filter?: unknown, options?: unknown) {
    const found: string[] = []
    for await (const key of keysOf(modelOf(this), isPlainObject(filter) ? filter.match : undefined, optionsOf(options))) found.push(key)
    return found
  }),

  delete: acceptCallback(async function (this: ModelConstructor, key: unknown, options?: unknown) {
    return deleteValue(modelOf(this), key, optionsOf(options))
  }),

  deleteAll: acceptCallback(async function (this: ModelConstructor, options?: unknown) {
    return { count: await deleteAllValues(modelOf(this), optionsOf(options)) }
  }),
})

/** LoopBack's name for the same; models over key-value connectors carry these statics. */
export class KeyValueAccessObject {}
Object.assign(KeyValueAccessObject, keyValueStatics)
