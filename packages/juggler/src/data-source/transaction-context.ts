import { AsyncLocalStorage } from 'node:async_hooks'
import type { Connector, Transaction as StoreTransaction } from '@reloop/connector'

/** What a transaction of ours shows to whoever hands it to a store. */
export interface Carried {
  readonly connector: Connector
  readonly handle: StoreTransaction
}

type Open = ReadonlyMap<Connector, StoreTransaction>

const carried = new AsyncLocalStorage<Open>()
let used = false

/** The transaction that surrounds this piece of work, on that connector. */
export function currentTransaction(connector: Connector): StoreTransaction | undefined {
  return used ? carried.getStore()?.get(connector) : undefined
}

/** Runs work inside a transaction: every call in it that names no other takes it. */
export function within<T>({ connector, handle }: Carried, work: () => T): T {
  used = true
  return carried.run(new Map([...(carried.getStore() ?? []), [connector, handle]]), work)
}

/** The store's transaction behind `options.transaction`, when it is one of that connector. */
export function transactionOf(given: unknown, connector: Connector): StoreTransaction | undefined {
  if (typeof given !== 'object' || given === null) return undefined
  const { connector: owner, handle } = given as Partial<Carried>
  if (handle !== undefined) return owner === connector ? handle : undefined
  return typeof (given as StoreTransaction).commit === 'function' && owner === undefined ? (given as StoreTransaction) : undefined
}
