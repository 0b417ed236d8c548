import { acceptCallback } from '@reloop/callback'
import { kModel } from '../symbols'
import type { ModelConstructor } from '../model/types'
import type { ModelDefinition } from '../definition/model-definition'
import type { PlainObject } from '../value/plain'
import { errors } from '../errors'
import { noOptions, type JugglerOptions } from '../model/options'
import { defineRelations } from '../relations/from-settings'
import { defineForeignKey, keyType, primaryKey } from '../relations/look-up'
import { defineScopes } from '../relations/named-scopes'
import { attach, mixDataAccess } from './attach'
import { DataSourceCore } from './core'
import { dataAccessOf } from './data-access'
import { discoverSchemas, discoveryOf, type DiscoveredSchema, type DiscoverOptions } from './discover'
import { OperationRegistry, type OperationEntry } from './operations-registry'
import { beginTransaction, inTransaction, type BeginOptions, type TransactionCore, type TransactionWork } from './transaction'
import { migrate, isActual } from './migrate'

type Names = string | readonly string[] | undefined

/** The data source as users see it: every method answers with a promise, or to a callback. */
export class LegacyDataSource extends DataSourceCore {
  /** Makes a model class and attaches it. */
  define(name: string, properties: PlainObject = {}, settings: PlainObject = {}): ModelConstructor {
    const Model = this.modelBuilder.define(name, properties, settings)
    if (settings.unresolved) {
      Model[kModel].unresolved = true
      return Model
    }
    this.attach(Model)
    return Model
  }

  createModel(name: string, properties: PlainObject = {}, settings: PlainObject = {}): ModelConstructor {
    return this.define(name, properties, settings)
  }

  /** Attaches a class that was made elsewhere. */
  attach(Model: unknown): ModelConstructor {
    attach(this, Model as ModelConstructor)
    return Model as ModelConstructor
  }

  getModel(name: string, forceCreate?: boolean): ModelConstructor | undefined {
    return this.modelBuilder.getModel(name, forceCreate)
  }

  getModelDefinition(name: string): ModelDefinition | undefined {
    return this.modelBuilder.getModelDefinition(name)
  }

  copyModel(Master: ModelConstructor): ModelConstructor {
    const Copy = this.modelBuilder.copyModel(Master)
    this.attach(Copy)
    return Copy
  }

  buildModelFromInstance(name: string, json: PlainObject, options?: PlainObject): ModelConstructor {
    const Model = this.modelBuilder.buildModelFromInstance(name, json, options)
    this.attach(Model)
    return Model
  }

  defineProperty(model: string, property: string, definition: unknown): void {
    this.modelBuilder.defineProperty(model, property, definition)
  }

  isRelational(): boolean {
    return this.connector.capabilities.relational
  }

  getTypes(): readonly string[] {
    const { getTypes } = this.connector as { getTypes?: () => readonly string[] }
    if (typeof getTypes === 'function') return getTypes.call(this.connector)
    return this.isRelational() ? ['db', 'rdbms', 'sql', this.connector.name] : ['db', 'nosql', this.connector.name]
  }

  supportTypes(types: string | readonly string[]): boolean {
    const own = this.getTypes()
    return (typeof types === 'string' ? [types] : types).every((type) => own.includes(type))
  }

  tableName(model: string): string | undefined {
    return this.getModelDefinition(model)?.tableName(this.connector.name)
  }

  columnName(model: string, property: string): string | undefined {
    return this.getModelDefinition(model)?.columnName(this.connector.name, property)
  }

  columnMetadata(model: string, property: string): PlainObject | null | undefined {
    return this.getModelDefinition(model)?.columnMetadata(this.connector.name, property)
  }

  columnNames(model: string): string[] | undefined {
    return this.getModelDefinition(model)?.columnNames(this.connector.name)
  }

  idColumnName(model: string): string | undefined {
    return this.getModelDefinition(model)?.idColumnName(this.connector.name)
  }

  idName(model: string): string | undefined {
    return this.getModelDefinition(model)?.idName()
  }

  idNames(model: string): string[] | undefined {
    return this.getModelDefinition(model)?.idNames()
  }

  idProperty(model: string): PlainObject | undefined {
    const name = this.idName(model)
    return name === undefined ? undefined : this.getModelDefinition(model)?.properties[name]
  }

  /** Gives the data access of this source to a class that is not attached. */
  mixin(Model: ModelConstructor): void {
    mixDataAccess(Model, dataAccessOf(this.connector))
  }

  /** Names of models and their classes that are stored here. */
  defineRelations(Model: ModelConstructor, relations: unknown): void {
    defineRelations(Model, relations)
  }

  defineScopes(Model: ModelConstructor, scopes: unknown): void {
    defineScopes(Model, scopes)
  }

  defineForeignKey(model: string, key: string, foreign: string, primary?: string): void {
    const [Model, Foreign] = [model, foreign].map((name) => this.getModel(name))
    if (!Model || !Foreign) throw errors.MODEL_NOT_DEFINED({ model: Model ? foreign : model })
    defineForeignKey(Model, key, keyType(Foreign, primary ?? primaryKey(Foreign)))
  }

  deleteModelByName(name: string): void {
    delete this.modelBuilder.models[name]
    delete this.modelBuilder.definitions[name]
  }

  deleteAllModels(): void {
    for (const name of Object.keys(this.modelBuilder.models)) this.deleteModelByName(name)
  }

  operations(): Record<string, OperationEntry> {
    return this.#registry().all()
  }

  getOperation(name: string): OperationEntry | undefined {
    return this.#registry().find(name)
  }

  defineOperation(name: string, options?: PlainObject, fn?: Function): void {
    this.#registry().define(name, options, fn)
  }

  enableRemote(name: string): void {
    this.#registry().setRemote(name, true)
  }

  disableRemote(name: string): void {
    this.#registry().setRemote(name, false)
  }

  #operationRegistry?: OperationRegistry

  #registry(): OperationRegistry {
    const { statics, prototype } = dataAccessOf(this.connector)
    return (this.#operationRegistry ??= new OperationRegistry(statics, prototype))
  }

  /** A command in the store's own language; its parameters are bound, never spliced. */
  async execute(command: unknown, parameters: readonly unknown[] = [], options: JugglerOptions = noOptions): Promise<unknown> {
    await this.whenConnected()
    const { connector } = this
    if (!connector.execute) throw errors.NOT_IMPLEMENTED({ method: 'execute', connector: connector.name })
    return connector.execute(command, parameters, this.callFor(options))
  }

  beginTransaction(options?: BeginOptions | BeginOptions['isolationLevel']): Promise<TransactionCore> {
    return beginTransaction(this, options)
  }

  /** Runs work in a transaction that every call in it takes by itself; nested calls are savepoints. */
  transaction<T>(work: TransactionWork<T>, options?: BeginOptions): Promise<T> {
    return inTransaction(this, work, options)
  }

  async discoverModelDefinitions(options: DiscoverOptions = {}): Promise<unknown> {
    return (await discoveryOf(this))?.tables({ ...options, owner: options.owner ?? options.schema })
  }

  async discoverModelProperties(table: string, options: DiscoverOptions = {}): Promise<unknown> {
    return (await discoveryOf(this))?.columns(table, { ...options, owner: options.owner ?? options.schema })
  }

  async discoverPrimaryKeys(table: string, options: DiscoverOptions = {}): Promise<unknown> {
    return (await discoveryOf(this))?.primaryKeys(table, { ...options, owner: options.owner ?? options.schema })
  }

  async discoverForeignKeys(table: string, options: DiscoverOptions = {}): Promise<unknown> {
    return (await discoveryOf(this))?.foreignKeys(table, { ...options, owner: options.owner ?? options.schema })
  }

  async discoverExportedForeignKeys(table: string, options: DiscoverOptions = {}): Promise<unknown> {
    return (await discoveryOf(this))?.exportedForeignKeys(table, { ...options, owner: options.owner ?? options.schema })
  }

  async discoverSchema(table: string, options: DiscoverOptions = {}): Promise<DiscoveredSchema | undefined> {
    return Object.values(await discoverSchemas(this, table, { ...options, relations: false, associations: false }))[0]
  }

  async discoverSchemas(table: string, options?: DiscoverOptions): Promise<Record<string, DiscoveredSchema>> {
    return discoverSchemas(this, table, options)
  }

  async discoverAndBuildModels(table: string, options: DiscoverOptions = {}): Promise<Record<string, ModelConstructor>> {
    const schemas = Object.values(await discoverSchemas(this, table, options))
    const models = schemas.map((schema) =>
      this.define(schema.name, schema.properties, { ...schema.options, ...(options.base && { base: options.base }) }),
    )
    return Object.fromEntries(models.map((Model) => [Model.modelName, Model]))
  }

  async ping(): Promise<void> {
    await this.whenConnected()
    await this.connector.ping()
  }

  async automigrate(models?: Names): Promise<void> {
    await migrate(this, { models, mode: 'recreate' })
  }

  async autoupdate(models?: Names): Promise<void> {
    await migrate(this, { models, mode: 'alter' })
  }

  async isActual(models?: Names): Promise<boolean> {
    return isActual(this, models)
  }

  stop(): Promise<void> {
    return this.disconnect()
  }
}

const withCallbacks = [
  'connect',
  'disconnect',
  'stop',
  'ping',
  'execute',
  'automigrate',
  'autoupdate',
  'isActual',
  'beginTransaction',
  'discoverModelDefinitions',
  'discoverModelProperties',
  'discoverPrimaryKeys',
  'discoverForeignKeys',
  'discoverExportedForeignKeys',
  'discoverSchema',
  'discoverSchemas',
  'discoverAndBuildModels',
] as const

for (const name of withCallbacks) {
  const method = LegacyDataSource.prototype[name] as (this: never, ...args: unknown[]) => Promise<unknown>
  Object.defineProperty(LegacyDataSource.prototype, name, { value: acceptCallback(method), writable: true, configurable: true })
}
