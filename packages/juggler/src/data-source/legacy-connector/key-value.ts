import { errors as connectorErrors, type Call, type Entity, type KeyValueConnector } from '@reloop/connector'
import { call } from './legacy-call'
import { has, type RawConnector } from './raw'

type At = { readonly entity: Entity; readonly key: string }

/** A store of values over LoopBack's key-value methods. */
export function keyValueOf(
  raw: RawConnector,
  options: (call: Call) => object,
): Omit<KeyValueConnector, 'name' | 'capabilities' | 'connect' | 'disconnect' | 'ping'> {
  const one = async (method: string, { entity, key }: At, more: readonly unknown[], given: object): Promise<unknown> => {
    const [value] = await call(raw, method, [entity.name, key, ...more], given)
    return value
  }
  return {
    get: async (at, calling) => (await one('get', at, [], options(calling))) ?? null,
    set: async (at, calling) => {
      await one('set', at, [at.value], { ...options(calling), ...(at.ttl !== undefined && { ttl: at.ttl }) })
    },
    expire: async (at, calling) => {
      await known(at, () => one('expire', at, [at.ttl], options(calling)))
    },
    ttl: async (at, calling) => (await known(at, () => one('ttl', at, [], options(calling)))) as number | undefined,
    keys: ({ entity, match }, calling) => keysOf(raw, { entity, match, options: options(calling) }),
    delete: async (at, calling) => {
      if (!has(raw, 'delete')) throw unsupported(raw, 'delete')
      const value = await one('delete', at, [], options(calling))
      return typeof value === 'boolean' ? value : Number((value as { count?: number } | null | undefined)?.count ?? value ?? 1) > 0
    },
    deleteAll: async ({ entity }, calling) => {
      let count = 0
      for await (const key of keysOf(raw, { entity, options: options(calling) })) {
        if (!has(raw, 'delete')) throw unsupported(raw, 'deleteAll')
        await one('delete', { entity, key }, [], options(calling))
        count++
      }
      return count
    },
  }
}

function unsupported(raw: RawConnector, what: string): Error {
  return connectorErrors.CONNECTOR_NOT_SUPPORTED({ connector: String(raw.name), what })
}

/** LoopBack's connectors say 404 for a missing key. */
async function known<T>({ entity, key }: At, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask()
  } catch (error) {
    throw (error as { statusCode?: unknown }).statusCode === 404
      ? connectorErrors.KEY_NOT_FOUND({ model: entity.name, key }, { cause: error })
      : error
  }
}

interface Asked {
  readonly entity: Entity
  readonly match?: string
  readonly options: object
}

async function* keysOf(raw: RawConnector, { entity, match, options }: Asked): AsyncGenerator<string> {
  const filter = match === undefined ? {} : { match }
  if (!has(raw, 'iterateKeys')) {
    const [keys] = await call(raw, 'keys', [entity.name, filter], options)
    yield* keys as string[]
    return
  }
  const iterator = (raw.iterateKeys as (...args: unknown[]) => RawConnector).call(raw, entity.name, filter, options)
  for (;;) {
    const [key] = await call(iterator, 'next', [])
    if (key === undefined || key === null) return
    yield String(key)
  }
}
