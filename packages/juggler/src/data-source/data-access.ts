import type { Connector, KeyValueConnector, ServiceConnector } from '@reloop/connector'
import { persistedPrototype, persistedStatics } from '../legacy'
import { keyValueStatics } from './legacy-key-value'

/** Which statics and instance methods a store of some kind gives to its models. */
export interface DataAccess {
  readonly kind: 'rows' | 'keys' | 'service'
  readonly statics: Readonly<Record<string, unknown>>
  readonly prototype: Readonly<Record<string, unknown>>
}

const rows: DataAccess = Object.freeze({ kind: 'rows', statics: persistedStatics, prototype: persistedPrototype })
const keys: DataAccess = Object.freeze({ kind: 'keys', statics: keyValueStatics, prototype: Object.freeze({}) })

const ours = new WeakSet<object>([
  ...Object.values(persistedStatics),
  ...Object.values(persistedPrototype),
  ...Object.values(keyValueStatics),
])

/** What a connector's models can do: rows, values under keys, or the methods of a service. */
export function dataAccessOf(connector: Connector): DataAccess {
  const store = connector as Partial<KeyValueConnector & ServiceConnector & { insert: unknown }>
  // Not by `find`: connectors of LoopBack whose models have no rows may have a method of that name.
  const isRows = typeof store.insert === 'function'
  if (store.methods)
    return {
      kind: isRows ? 'rows' : 'service',
      statics: { ...(isRows ? persistedStatics : {}), ...store.methods },
      prototype: isRows ? persistedPrototype : {},
    }
  if (isRows) return rows
  return typeof store.get === 'function' && typeof store.set === 'function' ? keys : rows
}

/** A function that user code put on a class; delegates of upper layers say so themselves. */
export function isUsers(member: unknown): boolean {
  return typeof member === 'function' && !ours.has(member) && (member as { _delegate?: unknown })._delegate !== true
}
