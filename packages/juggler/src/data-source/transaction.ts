import { EventEmitter } from 'node:events'
import type { Connector, CrudConnector, IsolationLevel, Transaction as StoreTransaction } from '@reloop/connector'
import { errors } from '../errors'
import { runHooks, Observers } from '../hooks/observers'
import type { ModelConstructor } from '../model/types'
import type { DataSourceCore } from './core'
import { currentTransaction, within } from './transaction-context'

const levels: readonly IsolationLevel[] = ['READ UNCOMMITTED', 'READ COMMITTED', 'REPEATABLE READ', 'SERIALIZABLE']

/** How a transaction is opened. */
export interface BeginOptions {
  /** @default the store's own default */
  readonly isolationLevel?: IsolationLevel
  /** Milliseconds until it is rolled back. @default limits.time.transaction */
  readonly timeout?: number
}

/** An open transaction: handed to calls as `options.transaction`. */
export class TransactionCore extends EventEmitter {
  static readonly READ_UNCOMMITTED = 'READ UNCOMMITTED'
  static readonly READ_COMMITTED = 'READ COMMITTED'
  static readonly REPEATABLE_READ = 'REPEATABLE READ'
  static readonly SERIALIZABLE = 'SERIALIZABLE'
  static readonly hookTypes = Object.freeze({
    BEFORE_COMMIT: 'before commit',
    AFTER_COMMIT: 'after commit',
    BEFORE_ROLLBACK: 'before rollback',
    AFTER_ROLLBACK: 'after rollback',
    TIMEOUT: 'timeout',
  })

  readonly id: string
  readonly connector: Connector
  readonly handle: StoreTransaction
  readonly observers = new Observers()
  #active = true
  #timer?: NodeJS.Timeout

  constructor(connector: Connector, handle: StoreTransaction, timeout?: number) {
    super()
    this.connector = connector
    this.handle = handle
    this.id = handle.id
    if (timeout !== undefined) this.#timer = setTimeout(() => void this.#expire().catch(() => undefined), timeout).unref()
  }

  isActive(): boolean {
    return this.#active
  }

  async commit(): Promise<void> {
    await this.#end('commit', () => this.handle.commit())
  }

  async rollback(): Promise<void> {
    await this.#end('rollback', () => this.handle.rollback())
  }

  async #end(name: 'commit' | 'rollback', work: () => Promise<void>): Promise<void> {
    if (!this.#active) throw errors.TRANSACTION_NOT_ACTIVE({ id: this.id })
    clearTimeout(this.#timer)
    await this.#notify(`before ${name}`)
    this.#active = false
    await work()
    await this.#notify(`after ${name}`)
  }

  async #expire(): Promise<void> {
    if (!this.#active) return
    await this.#notify('timeout')
    if (this.#active) await this.rollback()
  }

  async #notify(operation: string): Promise<void> {
    if (this.observers.has(operation))
      await runHooks(this.observers.of(operation), { hookState: {}, options: {}, operation, transaction: this })
  }

  toJSON(): string {
    return this.id
  }
}

/** Opens a transaction; inside another one of the same store, a savepoint where the store has them. */
export async function beginTransaction(
  source: DataSourceCore,
  given: BeginOptions | IsolationLevel = {},
  outer?: StoreTransaction,
): Promise<TransactionCore> {
  const options = typeof given === 'string' ? { isolationLevel: given } : given
  if (options.isolationLevel !== undefined && !levels.includes(options.isolationLevel)) throw errors.ISOLATION_INVALID()
  await source.whenConnected()
  const connector = source.connector as Partial<CrudConnector> & Connector
  if (!connector.begin || connector.capabilities.transactions === 'none') throw errors.TRANSACTION_UNSUPPORTED({ dataSource: source.name })
  if (outer && !outer.begin) throw errors.TRANSACTION_NESTING({ dataSource: source.name })
  const handle = outer ? await outer.begin!() : await connector.begin({ isolationLevel: options.isolationLevel })
  return new TransactionCore(source.connector, handle, options.timeout ?? source.limits.time.transaction)
}

/** Work inside a transaction: it is given the models, and the transaction. */
export type TransactionWork<T> = (models: Record<string, ModelConstructor>, transaction: TransactionCore) => Promise<T>

/** Runs work inside a transaction that every call in it takes by itself: committed when it is done, rolled back when it fails. */
export async function inTransaction<T>(source: DataSourceCore, work: TransactionWork<T>, options?: BeginOptions): Promise<T> {
  const transaction = await beginTransaction(source, options, currentTransaction(source.connector))
  try {
    const result = await within({ connector: source.connector, handle: transaction.handle }, async () => work(source.models, transaction))
    await transaction.commit()
    return result
  } catch (error) {
    if (transaction.isActive()) await transaction.rollback()
    throw error
  }
}
