import { invoke, type UserFunction } from './legacy-call'
import type { RawConnector } from './raw'

type Method = ((...args: readonly unknown[]) => Promise<unknown>) & Record<string, unknown>

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
    methods[name] = Object.assign((...args: readonly unknown[]) => invoke(fn as UserFunction, access, args), { ...fn }) as Method
  }
  return Object.keys(methods).length ? Object.freeze(methods) : undefined
}
