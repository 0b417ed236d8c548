import {
  capabilities,
  sessionOf,
  trackTransaction,
  type Call,
  type Connector,
  type CrudConnector,
  type Entity,
  type IsolationLevel,
  type KeyValueConnector,
  type SchemaConnector,
  type ServiceConnector,
  type Transaction,
} from '@reloop/connector'
import { errors } from '../../errors'
import { Definitions } from './definitions'
import { insert } from './insert'
import { keyValueOf } from './key-value'
import { call } from './legacy-call'
import { connectorObservers } from './legacy-observers'
import { isKeyValue, legacyView, type LegacyView } from './legacy-view'
import { outward } from './outward'
import { conditionsOf, has, isRelational, storesRows, type LegacyHost, type LegacyModule, type RawConnector } from './raw'
import { read, type Access } from './read'
import { schemaOf } from './schema'
import { methodsOf } from './service'
import { valuesOf } from './values'
import { count, remove, update } from './write'

/** A connector of LoopBack behind our interface; what it lacks is left out. */
export type LegacyConnector = Connector &
  Partial<Omit<CrudConnector & SchemaConnector & KeyValueConnector & ServiceConnector, keyof Connector>> & {
    /** LoopBack's own object, for code that calls it by its own methods. */
    readonly raw: RawConnector
  }

/**
 * Makes a connector of ours out of one of LoopBack's.
 *
 * The module is given what passes for the data source. Conditions, orders and pages that such connectors do not treat alike are done
 * above them, over wider queries.
 *
 * @param dataSource the data source that it serves
 * @param module what the package exports: `initialize(dataSource, callback)`, a class, or a connector made already
 * @param settings of the data source; the module gets a copy
 * @throws CONNECTOR_NOT_DEFINED when no connector comes of it, and what the module throws, with its name in front
 * @example const connector = legacyConnector(dataSource, require('loopback-connector-sqlite3'), { file: 'db.sqlite' })
 */
export function legacyConnector(
  dataSource: LegacyHost,
  module: LegacyModule,
  settings: Readonly<Record<string, unknown>>,
): LegacyConnector {
  return new Door(dataSource, module, { ...settings }).connector()
}

type Writable<T> = { -readonly [K in keyof T]: T[K] }

/** Everything that the parts of one connector share. */
class Door {
  readonly raw: RawConnector
  readonly relational: boolean
  readonly #view: LegacyView
  readonly #definitions: Definitions
  readonly #accesses = new Map<string, { readonly entity: Entity; readonly access: Access }>()
  /** What comes of the first connection, which the module opens by itself. */
  #opening: Promise<{ readonly error?: unknown }> | undefined
  #made: LegacyConnector | undefined
  #tried = false

  constructor(host: LegacyHost, module: LegacyModule, settings: Record<string, unknown>) {
    this.#definitions = new Definitions(host, () => String(this.raw.name))
    this.#view = legacyView(host, settings, this.#definitions.lookUp)
    this.#opening = this.#initialize(module, settings)
    const raw = this.#view.raw()
    if (!raw) throw errors.CONNECTOR_NOT_DEFINED()
    this.raw = raw
    this.raw.name ??= settings.connector
    this.relational = isRelational(raw)
    this.#equip(host)
  }

  /** Lets the module make its connector at once, and open it in its own time. */
  #initialize(module: LegacyModule, settings: Record<string, unknown>): Promise<{ readonly error?: unknown }> {
    let done: (error?: unknown) => void = () => undefined
    const opening = new Promise<{ readonly error?: unknown }>((resolve) => (done = (error) => resolve({ error })))
    try {
      this.#make(module, settings, done)
    } catch (error) {
      const name = typeof settings.connector === 'string' ? settings.connector : String((module as RawConnector).name ?? 'connector')
      if (error instanceof Error) error.message = `Cannot initialize connector "${name}": ${error.message}`
      throw error
    }
    return opening
  }

  #make(module: LegacyModule, settings: object, done: (error?: unknown) => void): void {
    const view = this.#view.dataSource as { connector?: RawConnector }
    const { initialize } = module as { initialize?: (dataSource: object, callback: typeof done) => unknown }
    if (initialize) {
      initialize.call(module, view, done)
      return
    }
    const raw = typeof module === 'function' ? new (module as new (settings: object) => RawConnector)(settings) : (module as RawConnector)
    view.connector = raw
    if (has(raw, 'connect')) call(raw, 'connect', []).then(() => done(), done)
    else done()
  }

  /** Gives the connector what LoopBack's data source gave it: a way back, a log, and observers of its own. */
  #equip(host: LegacyHost): void {
    const log = (statement: string, started: number) => host.log?.(statement, started)
    this.raw.dataSource ??= this.#view.dataSource
    Object.assign(this.raw, connectorObservers(), {
      log,
      logger: (statement: string) => {
        const started = Date.now()
        return (other?: string) => log(other ?? statement, started)
      },
    })
  }

  connector(): LegacyConnector {
    const { raw } = this
    const usual = (this.#view.dataSource.constructor as { DataAccessObject?: object }).DataAccessObject
    const methods = methodsOf(raw, usual)
    const made = {
      raw,
      name: String(raw.name),
      capabilities: capabilities({
        relational: this.relational,
        generatedIds: this.#generatedIds(),
        transactions: this.#hasTransactions() ? 'flat' : 'none',
        open: !this.relational,
        maxValues: 256,
      }),
      connect: () => this.#connect(),
      disconnect: () => this.#disconnect(),
      ping: async () => void (has(raw, 'ping') && (await call(raw, 'ping', []))),
      define: (entity: Entity) => void this.#access(entity),
      ...(has(raw, 'execute') && {
        execute: (command: unknown, parameters: readonly unknown[], at: Call) => this.#execute(command, parameters, at),
      }),
      ...(storesRows(raw) && this.#rows()),
      ...(this.#hasTransactions() && { begin: (options: { readonly isolationLevel?: IsolationLevel }) => this.#begin(options) }),
      ...schemaOf(raw, (entity) => void this.#access(entity)),
      ...(isKeyValue(raw) && keyValueOf(raw, (at) => this.#options(at))),
      ...(methods && { methods }),
    } as LegacyConnector
    this.#made = made
    return outward(made, raw)
  }

  /** Whether transactions work shows when one is tried: some connectors have the methods and refuse every isolation level. */
  async #tryTransactions(made: Writable<LegacyConnector>): Promise<void> {
    if (!made.begin || this.#tried) return
    this.#tried = true
    try {
      const transaction = await made.begin({})
      await transaction.rollback()
    } catch {
      delete made.begin
      made.capabilities = capabilities({ ...made.capabilities, transactions: 'none' })
    }
  }

  #hasTransactions(): boolean {
    return has(this.raw, 'beginTransaction') && has(this.raw, 'commit') && has(this.raw, 'rollback')
  }

  #generatedIds(): 'number' | 'string' {
    const type = has(this.raw, 'getDefaultIdType') ? (this.raw.getDefaultIdType as () => unknown)() : Number
    return type === Number ? 'number' : 'string'
  }

  async #connect(): Promise<void> {
    const opening = this.#opening
    this.#opening = undefined
    if (opening) {
      const { error } = await opening
      if (error) throw error as Error
    } else if (has(this.raw, 'connect')) await call(this.raw, 'connect', [])
    this.#view.setConnected(true)
    if (this.#made) await this.#tryTransactions(this.#made)
  }

  async #disconnect(): Promise<void> {
    this.#opening = undefined
    this.#view.setConnected(false)
    if (has(this.raw, 'disconnect')) await call(this.raw, 'disconnect', [])
  }

  #access(entity: Entity): Access {
    const known = this.#accesses.get(entity.name)
    if (known?.entity === entity) return known.access
    const definition = this.#definitions.define(entity, this.#view.dataSource)
    if (has(this.raw, 'define')) (this.raw.define as (definition: object) => void)(definition)
    const { raw, relational } = this
    const values = valuesOf(entity, definition, relational)
    const access = { entity, raw, relational, conditions: conditionsOf(raw), values, options: (at: Call) => this.#options(at) }
    this.#accesses.set(entity.name, { entity, access })
    return access
  }

  #rows(): Omit<CrudConnector, keyof Connector> {
    return {
      find: ({ entity, query }, at) => read(this.#access(entity), query, at),
      count: ({ entity, where }, at) => count(this.#access(entity), where, at),
      insert: ({ entity, rows }, at) => insert(this.#access(entity), rows, at),
      update: ({ entity, ...given }, at) => update(this.#access(entity), given, at),
      remove: ({ entity, where }, at) => remove(this.#access(entity), where, at),
    }
  }

  /** The caller's options; a transaction among them is the one that the connector began. */
  #options({ options, transaction }: Call): object {
    const session = sessionOf<object>(transaction, this)
    return session ? { ...options, transaction: session } : { ...options }
  }

  async #begin({ isolationLevel = 'READ COMMITTED' }: { readonly isolationLevel?: IsolationLevel }): Promise<Transaction> {
    const { raw } = this
    const [begun] = await call(raw, 'beginTransaction', [isolationLevel])
    const session = sessionFrom(raw, begun)
    const { connection } = session
    return trackTransaction(
      {
        session,
        commit: async () => void (await call(raw, 'commit', [connection])),
        rollback: async () => void (await call(raw, 'rollback', [connection])),
      },
      { owner: this },
    )
  }

  async #execute(command: unknown, parameters: readonly unknown[], at: Call): Promise<unknown> {
    const [result] = await call(this.raw, 'execute', [command, [...parameters]], this.#options(at))
    return result
  }
}

/** What LoopBack passes on as `options.transaction`. */
interface Session {
  readonly connector: unknown
  readonly connection: unknown
}

/** A connector begins with a bare connection, or with a transaction of its own class, which is passed on as it is. */
function sessionFrom(raw: RawConnector, begun: unknown): Session {
  const own = begun as Partial<Session> | null | undefined
  if (own?.connector !== undefined && own.connection !== undefined) return own as Session
  return { connector: raw, connection: begun }
}
