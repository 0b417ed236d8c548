import { EventEmitter } from 'node:events'
import { resolveProfile } from '@reloop/compat'
import { plainCall, type Call, type Connector, type ConnectorDefinition } from '@reloop/connector'
import { defineSchema } from '@reloop/schema'
import { flags, type JugglerFlags } from '../compat'
import { errors } from '../errors'
import { defaultLimits, mergeLimits, type Limits } from '../limits'
import { ModelBuilderCore } from '../model/registry'
import { noOptions, type JugglerOptions } from '../model/options'
import type { ModelConstructor } from '../model/types'
import type { ModelDefinition } from '../definition/model-definition'
import { isPlainObject, type PlainObject } from '../value/plain'
import { Connection } from './connection'
import { legacyConnector } from './legacy-connector/legacy-connector'
import { withLegacyMembers } from './legacy-members/legacy-members'
import { asResolved, driverLoader, resolveConnector, type Resolved } from './resolve'
import { connectorSettings, readConstruction } from './settings'
import { currentTransaction, transactionOf } from './transaction-context'

/** One connector and the models that are stored through it. */
export class DataSourceCore extends EventEmitter {
  readonly name: string
  readonly settings: PlainObject
  readonly modelBuilder: ModelBuilderCore
  readonly flags: JugglerFlags
  readonly limits: Limits
  readonly connector: Connector
  readonly #connection: Connection

  constructor(first: unknown, second?: unknown, third?: unknown) {
    super()
    const { name, settings, module } = readConstruction(first, second)
    const builder = [second, third].find((value) => value instanceof ModelBuilderCore)
    this.name = name
    this.settings = settings
    this.flags = flags.of(resolveProfile({ option: settings.compat }))
    this.limits = mergeLimits(defaultLimits, settings.limits)
    this.modelBuilder = builder ?? new ModelBuilderCore({ compat: settings.compat as never, limits: settings.limits })
    this.#connection = this.#makeConnection()
    this.connector = this.#makeConnector(module)
    if (settings.lazyConnect !== true) process.nextTick(() => this.#connection.open())
  }

  #makeConnection(): Connection {
    const timeout = this.settings.connectionTimeout
    return new Connection({
      name: this.name,
      connector: () => this.connector,
      timeout: typeof timeout === 'number' && timeout > 0 ? timeout : 5000,
      queue: this.limits.queue,
      told: (event, error) => this.#tell(event, error),
    })
  }

  /** Events reach who listens; a failure that nobody listens to is a warning, not a crash. */
  #tell(event: 'connected' | 'error', error: unknown): void {
    if (event === 'connected') this.emit('connected')
    else if (this.listenerCount('error') > 0) this.emit('error', error)
    else
      process.emitWarning(
        `Connection fails: ${String((error as Error)?.message ?? error)} (data source ${this.name}; it is tried again at the next call)`,
      )
  }

  #makeConnector(module: unknown): Connector {
    const { connector } = this.settings
    if (module === undefined && (typeof connector !== 'string' || connector === ''))
      throw errors.CONNECTOR_REQUIRED({ dataSource: this.name })
    const resolved: Resolved = module === undefined ? resolveConnector(connector as string) : asResolved(module)
    if ('definition' in resolved) return withLegacyMembers(this, this.#createConnector(resolved.definition))
    if (isConnector(resolved.module)) return withLegacyMembers(this, resolved.module)
    return legacyConnector(this, resolved.module as never, this.settings)
  }

  #createConnector(definition: ConnectorDefinition): Connector {
    const given = connectorSettings(this.settings, definition)
    const settings = defineSchema<Record<string, unknown>>(definition.settings).check(given, { at: this.name })
    return definition.create(settings, {
      dataSource: this.name,
      load: driverLoader(definition.name),
      log: (statement, milliseconds) => {
        if (this.listenerCount('log') > 0) this.emit('log', statement, milliseconds)
      },
    })
  }

  get connected(): boolean {
    return this.#connection.connected
  }

  set connected(value: boolean) {
    this.#connection.connected = value
  }

  get connecting(): boolean {
    return this.#connection.connecting
  }

  get initialized(): boolean {
    return true
  }

  get adapter(): Connector {
    return this.connector
  }

  get models(): Record<string, ModelConstructor> {
    return this.modelBuilder.models
  }

  get definitions(): Record<string, ModelDefinition> {
    return this.modelBuilder.definitions
  }

  connect(): Promise<void> {
    return this.#connection.connect()
  }

  disconnect(): Promise<void> {
    return this.#connection.disconnect()
  }

  whenConnected(): Promise<void> {
    return this.#connection.ready()
  }

  /** Tells a statement and how long it took. */
  log(statement: string, started?: number): void {
    if (this.listenerCount('log') > 0) this.emit('log', statement, started === undefined ? 0 : Date.now() - started)
  }

  /** What accompanies a call of the connector: the caller's options, and the transaction where it is of this connector. */
  callFor(options: JugglerOptions): Call {
    const transaction =
      options.transaction === undefined ? currentTransaction(this.connector) : transactionOf(options.transaction, this.connector)
    if (transaction === undefined && (options === noOptions || isEmpty(options))) return plainCall
    return { options, transaction, signal: options.signal }
  }
}

function isEmpty(options: object): boolean {
  for (const _ in options) return false
  return true
}

function isConnector(module: unknown): module is Connector {
  return (
    isPlainObject((module as { capabilities?: unknown } | undefined)?.capabilities) && typeof (module as Connector).connect === 'function'
  )
}
