import { invoke, isResults, type UserFunction } from './legacy-call'
import type { RawConnector } from './raw'

type Method = ((...args: readonly unknown[]) => Promise<unknown>) & Record<string, unknown>

/** With a callback it is the operation itself; without one a promise of its first result, as in LoopBack. */
function eitherWay(fn: UserFunction, access: object) {
  const promised = async (self: object, args: readonly unknown[]): Promise<unknown> => {
    const value = await invoke(fn, self, args)
    return isResults(value) ? value[0] : value
  }
  return function (this: object | undefined, ...args: unknown[]): unknown {
    return typeof args.at(-1) === 'function' ? fn.apply(this ?? access, args) : promised(this ?? access, args)
  }
}

/**
 * The operations that a connector brings for models instead of rows: the statics of its `DataAccessObject`. They keep what LoopBack
 * reads of them (`accepts`, `returns`, `http`, `shared`).
 *
 * @param usual LoopBack's own class of that name, whose methods are no operations
 */
export function methodsOf(raw: RawConnector, usual: object | undefined): Readonly<Record<string, Method>> | undefined {
  const access = raw.DataAccessObject
  if (typeof access !== 'function') return undefined
  const methods: Record<string, Method> = {}
  for (const name in access) {
    const fn = (access as unknown as Record<string, unknown>)[name]
    if (typeof fn !== 'function' || (usual as Record<string, unknown> | undefined)?.[name] === fn) continue
    methods[name] = Object.assign(eitherWay(fn as UserFunction, access), { ...fn }) as Method
  }
  return Object.keys(methods).length ? Object.freeze(methods) : undefined
}
