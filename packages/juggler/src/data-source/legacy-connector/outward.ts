import { has, type RawConnector } from './raw'

/**
 * Shows a connector of ours to code that was written for LoopBack's: `dataSource.connector.observe(…)`, `.execute(sql, parameters, callback)`.
 *
 * What ours lacks is asked of LoopBack's; so is a call whose last argument is a callback, for ours take none.
 */
export function outward<T extends object>(ours: T, raw: RawConnector): T {
  const bound = new Map<unknown, unknown>()
  const bindOnce = (method: Function, made: () => unknown): unknown => {
    if (!bound.has(method)) bound.set(method, made())
    return bound.get(method)
  }
  return new Proxy(ours, {
    get(target, key) {
      const own: unknown = Reflect.get(target, key)
      if (typeof own === 'function') return bindOnce(own, () => eitherWay(own as Method, raw, key))
      if (own !== undefined || key in target || typeof key === 'symbol') return own
      const theirs = raw[key]
      return typeof theirs === 'function' ? bindOnce(theirs, () => theirs.bind(raw) as unknown) : theirs
    },
    set(target, key, value) {
      return key in target ? Reflect.set(target, key, value) : Reflect.set(raw, key, value)
    },
  })
}

type Method = (...args: unknown[]) => unknown

function eitherWay(own: Method, raw: RawConnector, key: PropertyKey): Method {
  if (typeof key === 'symbol' || !has(raw, String(key))) return own
  return (...args) => (typeof args.at(-1) === 'function' ? (raw[String(key)] as Method)(...args) : own(...args))
}
