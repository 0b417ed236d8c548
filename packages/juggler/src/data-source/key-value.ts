import type { Entity, KeyValueConnector } from '@reloop/connector'
import { errors } from '../errors'
import type { JugglerOptions } from '../model/options'
import type { ModelRuntime } from '../model/runtime'

/** The store and the entity that a call is about. */
async function at(model: ModelRuntime, method: string): Promise<{ connector: KeyValueConnector; entity: Entity }> {
  if (!model.ready) await model.whenReady(method)
  return { connector: model.dataSource!.connector as KeyValueConnector, entity: model.entity }
}

function checkKey(key: unknown): string {
  if (typeof key !== 'string' || key === '') throw errors.KEY_INVALID()
  return key
}

function checkTtl(ttl: unknown, whole: boolean): number {
  const valid = typeof ttl === 'number' && ttl > 0 && (!whole || Number.isInteger(ttl))
  if (!valid) throw errors.TTL_INVALID({ expected: whole ? 'a positive integer' : 'a positive number' })
  return ttl
}

/** The value under a key, or null. */
export async function getValue(model: ModelRuntime, key: unknown, options: JugglerOptions): Promise<unknown> {
  const { connector, entity } = await at(model, 'get')
  return (await connector.get({ entity, key: checkKey(key) }, model.call(options))) ?? null
}

/** Puts a value under a key; without `ttl` it does not expire. */
export async function setValue(
  model: ModelRuntime,
  asked: { key: unknown; value: unknown; ttl?: unknown },
  options: JugglerOptions,
): Promise<void> {
  const key = checkKey(asked.key)
  if (asked.value === undefined || asked.value === null) throw errors.KEY_VALUE_INVALID()
  const ttl = asked.ttl === undefined ? undefined : checkTtl(asked.ttl, false)
  const { connector, entity } = await at(model, 'set')
  await connector.set({ entity, key, value: asked.value, ttl }, model.call(options))
}

/** Sets how long a value stays. */
export async function expireValue(model: ModelRuntime, asked: { key: unknown; ttl: unknown }, options: JugglerOptions): Promise<void> {
  const key = checkKey(asked.key)
  const ttl = checkTtl(asked.ttl, true)
  const { connector, entity } = await at(model, 'expire')
  await connector.expire({ entity, key, ttl }, model.call(options))
}

/** Milliseconds that a value stays, or undefined when it does not expire. */
export async function timeToLive(model: ModelRuntime, key: unknown, options: JugglerOptions): Promise<number | undefined> {
  const { connector, entity } = await at(model, 'ttl')
  return connector.ttl({ entity, key: checkKey(key) }, model.call(options))
}

/** Keys that match a glob, one after the other. */
export async function* keysOf(model: ModelRuntime, match: unknown, options: JugglerOptions): AsyncGenerator<string> {
  const { connector, entity } = await at(model, 'keys')
  yield* connector.keys({ entity, match: typeof match === 'string' ? match : undefined }, model.call(options))
}

export async function deleteValue(model: ModelRuntime, key: unknown, options: JugglerOptions): Promise<boolean> {
  const { connector, entity } = await at(model, 'delete')
  return connector.delete({ entity, key: checkKey(key) }, model.call(options))
}

export async function deleteAllValues(model: ModelRuntime, options: JugglerOptions): Promise<number> {
  const { connector, entity } = await at(model, 'deleteAll')
  return connector.deleteAll({ entity }, model.call(options))
}
