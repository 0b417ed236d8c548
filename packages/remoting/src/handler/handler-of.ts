import type { RemoteObjects } from '../contract/remote-objects'
import { errors } from '../errors'
import { JsonRpcAdapter } from './json-rpc-adapter'
import type { Listener } from './listener'
import { RestAdapter } from './rest-adapter'

/** A function that serves requests, with the adapter that it comes from. */
export type RemoteHandler<A> = Listener & { readonly adapter: A }

/** A class of adapters: `new Adapter(remotes, options)` with `createHandler()`. */
export type AdapterClass<A> = new (remotes: RemoteObjects, options?: object) => A

const adapters: Readonly<Record<string, AdapterClass<object>>> = Object.freeze({
  __proto__: null as never,
  rest: RestAdapter,
  jsonrpc: JsonRpcAdapter,
})

/** The handler of a kind, or of an adapter of the application's own. Throws REMOTING_ADAPTER_UNKNOWN. */
export function handlerOf(remotes: RemoteObjects, type: string | AdapterClass<object>, options?: object): RemoteHandler<object> {
  const Adapter = typeof type === 'function' ? type : adapters[type]
  if (!Adapter) throw errors.REMOTING_ADAPTER_UNKNOWN({ name: String(type) })
  const adapter = new Adapter(remotes, options) as { createHandler?: () => Listener }
  if (typeof adapter.createHandler !== 'function') throw errors.REMOTING_ADAPTER_UNKNOWN({ name: Adapter.name })
  return Object.assign(adapter.createHandler(), { adapter })
}
