import { capabilities, errors, type Call, type Entity, type KeyValueConnector as Contract } from '@reloop/connector'
import { compileGlob } from './glob'
import { keepValue, type KeptValue } from './kept-value'

/** Settings of the key-value store. */
export interface KeyValueSettings {
  /** Name of the data source; not used here. */
  readonly name?: string
  /** Milliseconds between two searches for expired values that nobody has asked for. @default 1000 */
  readonly sweepInterval?: number
}

interface Entry {
  readonly value: KeptValue
  /** When the value expires, in milliseconds since the epoch; Infinity: never. */
  readonly expires: number
}

interface At {
  readonly entity: Entity
  readonly key: string
}

/** A store of values under keys, in memory: values are copied in and out, and are gone when their time is up. */
class KeyValueConnector implements Contract {
  readonly name = 'kv-memory'
  readonly capabilities = capabilities({ generatedIds: 'none' })
  readonly #spaces = new Map<string, Map<string, Entry>>()
  readonly #sweepInterval: number
  #sweeper: NodeJS.Timeout | undefined

  constructor({ sweepInterval = 1000 }: KeyValueSettings) {
    this.#sweepInterval = sweepInterval
  }

  connect(): void {}

  disconnect(): void {
    clearInterval(this.#sweeper)
    this.#sweeper = undefined
  }

  ping(): void {}

  /** The value, or null. */
  get(at: At, _call?: Call): unknown {
    return this.#entry(at)?.value() ?? null
  }

  set({ entity, key, value, ttl }: At & { readonly value: unknown; readonly ttl?: number }): void {
    this.#put({ entity, key }, { value: this.#keep({ entity, key, value }), expires: ttl === undefined ? Infinity : Date.now() + ttl })
  }

  expire({ entity, key, ttl }: At & { readonly ttl: number }): void {
    const { value } = this.#known({ entity, key })
    this.#put({ entity, key }, { value, expires: Date.now() + ttl })
  }

  ttl(at: At): number | undefined {
    const { expires } = this.#known(at)
    return expires === Infinity ? undefined : expires - Date.now()
  }

  async *keys({ entity, match }: { readonly entity: Entity; readonly match?: string }, call?: Call): AsyncIterable<string> {
    const matches = match === undefined ? undefined : compileGlob(match)
    const now = Date.now()
    for (const [key, { expires }] of this.#space(entity)) {
      call?.signal?.throwIfAborted()
      if (expires > now && (!matches || matches(key))) yield key
    }
  }

  delete({ entity, key }: At): boolean {
    return this.#entry({ entity, key }) !== undefined && this.#space(entity).delete(key)
  }

  deleteAll({ entity }: { readonly entity: Entity }): number {
    const space = this.#space(entity)
    this.#removeExpired(space)
    const count = space.size
    space.clear()
    return count
  }

  #space({ table }: Entity): Map<string, Entry> {
    let space = this.#spaces.get(table)
    if (!space) this.#spaces.set(table, (space = new Map<string, Entry>()))
    return space
  }

  #entry({ entity, key }: At): Entry | undefined {
    const entry = this.#space(entity).get(key)
    if (!entry || entry.expires > Date.now()) return entry
    this.#space(entity).delete(key)
    return undefined
  }

  #known(at: At): Entry {
    const entry = this.#entry(at)
    if (!entry) throw errors.KEY_NOT_FOUND({ model: at.entity.name, key: at.key })
    return entry
  }

  #keep({ entity, key, value }: At & { readonly value: unknown }): KeptValue {
    try {
      return keepValue(value)
    } catch (cause) {
      throw errors.VALUE_INVALID({ model: entity.name, property: key, expected: 'a value that can be copied' }, { cause })
    }
  }

  #put({ entity, key }: At, entry: Entry): void {
    this.#space(entity).set(key, entry)
    if (entry.expires !== Infinity) this.#sweeper ??= setInterval(() => this.#sweep(), this.#sweepInterval).unref()
  }

  /** Runs only while something can expire. */
  #sweep(): void {
    let rest = 0
    for (const space of this.#spaces.values()) rest += this.#removeExpired(space)
    if (rest === 0) this.disconnect()
  }

  /** Gives the number of values that will expire later. */
  #removeExpired(space: Map<string, Entry>): number {
    const now = Date.now()
    let rest = 0
    for (const [key, { expires }] of space) {
      if (expires <= now) space.delete(key)
      else if (expires !== Infinity) rest++
    }
    return rest
  }
}

/**
 * Makes a store of values under keys, in memory.
 *
 * @param settings `sweepInterval`: milliseconds between two searches for expired values
 * @example
 * const store = createKeyValueConnector()
 * store.set({ entity: session, key: 'a', value: { since: new Date() }, ttl: 60_000 })
 */
export function createKeyValueConnector(settings: KeyValueSettings = {}): KeyValueConnector {
  return new KeyValueConnector(settings)
}

export type { KeyValueConnector }
