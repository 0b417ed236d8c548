import type { IsolationLevel, Transaction } from '@reloop/connector'
import type { Callback, Options } from './accessors'
import type { DefinedModel, Definition, kDefinition, RelationDefinition, RelationType } from './definition'
import type { FilterFor, Include } from './filter'
import type { HookContexts, Observer } from './hooks'
import type { IdOf, NewData, Patch, Resolve } from './infer'
import type { Instance } from './instance'
import type { Models } from './models'
import type { Queries } from './query'
import type { SoftDeletes } from './soft-delete'
import type { Validates } from './validates'
import type { Where } from './where'

type Count = { count: number }
/** An instance with what was included; a filter kept in a variable of type `Filter` no longer tells which relations that is. */
type Found<D, I, M> = Instance<D, [Include<D, M>] extends [I] ? never : I, M>
type Row<D, M> = Instance<D, never, M>

/** Reading. Every method takes a callback last, or returns a promise. */
interface Finders<D, M> {
  find<const I extends Include<D, M> = never>(filter?: FilterFor<D, I, M>, options?: Options): Promise<Found<D, I, M>[]>
  find(callback: Callback<Row<D, M>[]>): void
  find<const I extends Include<D, M> = never>(filter: FilterFor<D, I, M>, callback: Callback<Found<D, I, M>[]>): void
  find<const I extends Include<D, M> = never>(filter: FilterFor<D, I, M>, options: Options, callback: Callback<Found<D, I, M>[]>): void
  findOne<const I extends Include<D, M> = never>(filter?: FilterFor<D, I, M>, options?: Options): Promise<Found<D, I, M> | null>
  findOne(callback: Callback<Row<D, M> | null>): void
  findOne<const I extends Include<D, M> = never>(filter: FilterFor<D, I, M>, callback: Callback<Found<D, I, M> | null>): void
  findOne<const I extends Include<D, M> = never>(
    filter: FilterFor<D, I, M>,
    options: Options,
    callback: Callback<Found<D, I, M> | null>,
  ): void
  findById<const I extends Include<D, M> = never>(
    id: IdOf<D, M>,
    filter?: FilterFor<D, I, M>,
    options?: Options,
  ): Promise<Found<D, I, M> | null>
  findById(id: IdOf<D, M>, callback: Callback<Row<D, M> | null>): void
  findById<const I extends Include<D, M> = never>(
    id: IdOf<D, M>,
    filter: FilterFor<D, I, M>,
    callback: Callback<Found<D, I, M> | null>,
  ): void
  findById<const I extends Include<D, M> = never>(
    id: IdOf<D, M>,
    filter: FilterFor<D, I, M>,
    options: Options,
    callback: Callback<Found<D, I, M> | null>,
  ): void
  findByIds<const I extends Include<D, M> = never>(
    ids: readonly IdOf<D, M>[],
    filter?: FilterFor<D, I, M>,
    options?: Options,
  ): Promise<Found<D, I, M>[]>
  findByIds(ids: readonly IdOf<D, M>[], callback: Callback<Row<D, M>[]>): void
  findByIds<const I extends Include<D, M> = never>(
    ids: readonly IdOf<D, M>[],
    filter: FilterFor<D, I, M>,
    callback: Callback<Found<D, I, M>[]>,
  ): void
  exists(id: IdOf<D, M>, options?: Options): Promise<boolean>
  exists(id: IdOf<D, M>, callback: Callback<boolean>): void
  exists(id: IdOf<D, M>, options: Options, callback: Callback<boolean>): void
  count(where?: Where<D, M>, options?: Options): Promise<number>
  count(callback: Callback<number>): void
  count(where: Where<D, M>, callback: Callback<number>): void
  count(where: Where<D, M>, options: Options, callback: Callback<number>): void
}

/** Creating, and changing one row. */
interface Writers<D, M> {
  create(data?: NewData<D, M>, options?: Options): Promise<Row<D, M>>
  create(data: readonly NewData<D, M>[], options?: Options): Promise<Row<D, M>[]>
  create(data: NewData<D, M>, callback: Callback<Row<D, M>>): void
  create(data: NewData<D, M>, options: Options, callback: Callback<Row<D, M>>): void
  create(data: readonly NewData<D, M>[], callback: Callback<Row<D, M>[]>): void
  create(data: readonly NewData<D, M>[], options: Options, callback: Callback<Row<D, M>[]>): void
  updateOrCreate(data: Patch<D, M>, options?: Options): Promise<Row<D, M>>
  updateOrCreate(data: Patch<D, M>, callback: Callback<Row<D, M>>): void
  updateOrCreate(data: Patch<D, M>, options: Options, callback: Callback<Row<D, M>>): void
  upsertWithWhere(where: Where<D, M>, data: Patch<D, M>, options?: Options): Promise<Row<D, M>>
  upsertWithWhere(where: Where<D, M>, data: Patch<D, M>, callback: Callback<Row<D, M>>): void
  upsertWithWhere(where: Where<D, M>, data: Patch<D, M>, options: Options, callback: Callback<Row<D, M>>): void
  replaceOrCreate(data: NewData<D, M>, options?: Options): Promise<Row<D, M>>
  replaceOrCreate(data: NewData<D, M>, callback: Callback<Row<D, M>>): void
  replaceOrCreate(data: NewData<D, M>, options: Options, callback: Callback<Row<D, M>>): void
  replaceById(id: IdOf<D, M>, data: NewData<D, M>, options?: Options): Promise<Row<D, M>>
  replaceById(id: IdOf<D, M>, data: NewData<D, M>, callback: Callback<Row<D, M>>): void
  replaceById(id: IdOf<D, M>, data: NewData<D, M>, options: Options, callback: Callback<Row<D, M>>): void
  findOrCreate(filter: FilterFor<D, Include<D, M>, M>, data: NewData<D, M>, options?: Options): Promise<[Row<D, M>, boolean]>
  findOrCreate(data: NewData<D, M>): Promise<[Row<D, M>, boolean]>
  findOrCreate(
    filter: FilterFor<D, Include<D, M>, M>,
    data: NewData<D, M>,
    callback: (error: Error | null | undefined, row: Row<D, M>, created: boolean) => void,
  ): void
  findOrCreate(
    filter: FilterFor<D, Include<D, M>, M>,
    data: NewData<D, M>,
    options: Options,
    callback: (error: Error | null | undefined, row: Row<D, M>, created: boolean) => void,
  ): void
}

/** Changing and removing many rows, or one by its id. */
interface BulkWriters<D, M> {
  updateAll(where: Where<D, M>, data: Patch<D, M>, options?: Options): Promise<Count>
  /** Without a condition: every row. */
  updateAll(data: Patch<D, M>): Promise<Count>
  updateAll(where: Where<D, M>, data: Patch<D, M>, callback: Callback<Count>): void
  updateAll(where: Where<D, M>, data: Patch<D, M>, options: Options, callback: Callback<Count>): void
  destroyAll(where?: Where<D, M>, options?: Options): Promise<Count>
  destroyAll(callback: Callback<Count>): void
  destroyAll(where: Where<D, M>, callback: Callback<Count>): void
  destroyAll(where: Where<D, M>, options: Options, callback: Callback<Count>): void
  destroyById(id: IdOf<D, M>, options?: Options): Promise<Count>
  destroyById(id: IdOf<D, M>, callback: Callback<Count>): void
  destroyById(id: IdOf<D, M>, options: Options, callback: Callback<Count>): void
}

/** LoopBack's other names for the same methods. */
interface Aliases<D, M> {
  all: Finders<D, M>['find']
  upsert: Writers<D, M>['updateOrCreate']
  patchOrCreate: Writers<D, M>['updateOrCreate']
  patchOrCreateWithWhere: Writers<D, M>['upsertWithWhere']
  update: BulkWriters<D, M>['updateAll']
  deleteAll: BulkWriters<D, M>['destroyAll']
  remove: BulkWriters<D, M>['destroyAll']
  deleteById: BulkWriters<D, M>['destroyById']
  removeById: BulkWriters<D, M>['destroyById']
}

/** Hooks and events. */
interface Observed<D, M> {
  observe<N extends keyof HookContexts<D, M>>(operation: N, observer: Observer<HookContexts<D, M>[N]>): void
  observe(operation: string, observer: Observer<Record<string, unknown>>): void
  removeObserver(operation: string, observer: unknown): unknown
  clearObservers(operation: string): void
  on(event: string, listener: (...args: never[]) => void): unknown
  once(event: string, listener: (...args: never[]) => void): unknown
  emit(event: string, ...args: unknown[]): boolean
  removeListener(event: string, listener: (...args: never[]) => void): unknown
}

/** What is known of the class itself. */
interface Described<D, M> {
  readonly [kDefinition]: D
  readonly modelName: string
  readonly pluralModelName: string
  readonly settings: Record<string, unknown>
  readonly relations: Record<string, unknown>
  attachTo(dataSource: object): void
  getDataSource(): unknown
  getPropertyType(name: string): string | null
  forEachProperty(visit: (name: string, definition: Record<string, unknown>) => void): void
  mixin(mixin: string | DefinedModel, options?: object): unknown
  extend<const P extends NonNullable<Definition['properties']>>(
    name: string,
    properties?: P,
    settings?: object,
  ): ModelClass<{ readonly base: DefinedAs<D>; readonly properties: P }, M>
  scope(name: string, filter: FilterFor<D, Include<D, M>, M> | ((...args: unknown[]) => unknown), options?: object): unknown
  beginTransaction(options?: IsolationLevel | { readonly isolationLevel?: IsolationLevel; readonly timeout?: number }): Promise<Transaction>
}

interface DefinedAs<D> {
  readonly [kDefinition]: D
}

/** Relations defined by call: the type of the class does not learn of them; declare them in the definition for that. */
type RelationDefiners = {
  [K in RelationType]: (target: string | DefinedModel, parameters?: Partial<RelationDefinition> & { readonly as?: string }) => unknown
}

interface Constructor<D, M> {
  new (data?: Patch<D, M>, options?: Options): Instance<D, never, M>
  (data?: Patch<D, M>, options?: Options): Instance<D, never, M>
}

/**
 * The class of a model: callable with and without `new`, with LoopBack's statics.
 *
 * @example const Products: ModelClass<typeof definition> = defineModel('Product', definition)
 */
export interface ModelClass<D, M = Models>
  extends
    Constructor<D, M>,
    Described<D, M>,
    RelationDefiners,
    Finders<D, M>,
    Queries<D, M>,
    Writers<D, M>,
    BulkWriters<D, M>,
    Aliases<D, M>,
    Observed<D, M>,
    SoftDeletes<D, M>,
    Validates<D, M> {}

/**
 * The class of one of the program's models, by name: for JSDoc in JavaScript.
 *
 * @example
 * /** @param {import('@reloop/juggler').Model<'Product'>} Product *​/
 * module.exports = function (Product) { Product.observe('before save', async (context) => {}) }
 */
export type Model<N extends keyof M, M = Models> = ModelClass<Resolve<N, M>, M>
