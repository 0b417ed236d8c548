import type { Capabilities, ChangeOperator } from './capabilities'
import type { Entity } from './entity'
import type { Query, Shape, Where } from './query/ast'
import type { Discovery } from './discovery'

export type Awaitable<T> = T | Promise<T>

/**
 * A row, keyed by property name. Absent values are null or left out.
 * Rows given to a connector are handed over: the caller does not touch them again.
 * Rows that a connector returns are read-only and may be its own: the caller copies what it wants to change.
 */
export type Row = Readonly<Record<string, unknown>>

/** What accompanies one call of a connector. */
export interface Call {
  /** The caller's options, handed through untouched. */
  readonly options: Readonly<Record<string, unknown>>
  readonly transaction?: Transaction
  /** Aborts the statement where the store can. */
  readonly signal?: AbortSignal
}

/** A call without options, outside of any transaction. */
export const plainCall: Call = Object.freeze({ options: Object.freeze({}) })

/**
 * What an update does: replace values (`set`), or change them in place. All keys are property names.
 * `inc`, `mul`: a missing number counts as 0. `min`, `max`: numbers and dates; a missing one gives way to the given value.
 * `push`, `pull`, `addToSet`: one value or a list of them; a missing list counts as empty. `unset`: the values do not matter, the
 * properties become null.
 */
export type Change = { readonly set?: Row } & { readonly [K in ChangeOperator]?: Readonly<Record<string, unknown>> }

export type IsolationLevel = 'READ UNCOMMITTED' | 'READ COMMITTED' | 'REPEATABLE READ' | 'SERIALIZABLE'

/** An open transaction of one connector. */
export interface Transaction {
  readonly id: string
  commit(): Promise<void>
  rollback(): Promise<void>
  /** Opens a transaction inside this one; present when capabilities.transactions is 'savepoints'. */
  begin?(): Promise<Transaction>
}

/** What every connector is, whatever it stores. */
export interface Connector {
  readonly name: string
  readonly capabilities: Capabilities
  /** Opens what calls need. Called once, before anything else; throws CONNECTOR_UNREACHABLE. */
  connect(): Awaitable<void>
  /** Closes everything; calls in flight are finished first. */
  disconnect(): Awaitable<void>
  /** Throws when the store does not answer. */
  ping(): Awaitable<void>
  /** Announces a model; called again with a new entity when the model changes. */
  define?(entity: Entity): void
  /** Tells of a class of models that is given this store, for stores that bring methods of their own. */
  attached?(Model: Function): void
  /** A command in the store's own language. */
  execute?(command: unknown, parameters: readonly unknown[], call: Call): Promise<unknown>
}

/** A store of rows: five verbs, and faster forms that are optional. Verbs may return plain values. */
export interface CrudConnector extends Connector {
  find(at: { readonly entity: Entity; readonly query: Query }, call: Call): Awaitable<readonly Row[]>
  count(at: { readonly entity: Entity; readonly where?: Where }, call: Call): Awaitable<number>
  /** All rows or none. Returns them whole, in order, with what the store generated. Throws DUPLICATE_ENTRY. */
  insert(at: { readonly entity: Entity; readonly rows: readonly Row[] }, call: Call): Awaitable<readonly Row[]>
  /** `rows` is there when `returning` was asked for: the rows as changed. */
  update(
    at: { readonly entity: Entity; readonly where?: Where; readonly change: Change; readonly returning?: boolean },
    call: Call,
  ): Awaitable<{ readonly count: number; readonly rows?: readonly Row[] }>
  /** The number of rows removed. */
  remove(at: { readonly entity: Entity; readonly where?: Where }, call: Call): Awaitable<number>
  /** Inserts the row, or sets `set` (default: all but the ids) on the one with its ids, in one step. */
  upsert?(
    at: { readonly entity: Entity; readonly row: Row; readonly set?: Row },
    call: Call,
  ): Awaitable<{ readonly row: Row; readonly created?: boolean }>
  aggregate?(at: { readonly entity: Entity; readonly query: Aggregate }, call: Call): Awaitable<readonly Row[]>
  stream?(at: { readonly entity: Entity; readonly query: Query }, call: Call): AsyncIterable<Row>
  /** Compiles a shape once; the function takes the values of its slots. The caller keeps it per entity and key. */
  prepare?(entity: Entity, shape: Shape): (values: readonly unknown[], call: Call) => Awaitable<readonly Row[]>
  begin?(options: { readonly isolationLevel?: IsolationLevel }): Promise<Transaction>
}

/** Groups and functions over rows. Names of the result are the keys of `values` and the group paths' last parts. */
export interface Aggregate {
  readonly where?: Where
  readonly groupBy?: readonly (readonly string[])[]
  readonly values: Readonly<
    Record<string, { readonly fn: 'count' | 'countDistinct' | 'sum' | 'avg' | 'min' | 'max'; readonly path?: readonly string[] }>
  >
  readonly limit?: number
}

/** A store whose tables are made from entities, and read back. */
export interface SchemaConnector extends Connector {
  /** `recreate` drops and makes the tables; `alter` adds and changes what differs, and drops nothing. */
  migrate(at: { readonly entities: readonly Entity[]; readonly mode: 'recreate' | 'alter' }): Promise<void>
  /** Whether `alter` would change nothing. */
  isActual(at: { readonly entities: readonly Entity[] }): Promise<boolean>
  discover?: Discovery
}

/** A store of values under keys. Times are in milliseconds. */
export interface KeyValueConnector extends Connector {
  get(at: { readonly entity: Entity; readonly key: string }, call: Call): Awaitable<unknown>
  set(at: { readonly entity: Entity; readonly key: string; readonly value: unknown; readonly ttl?: number }, call: Call): Awaitable<void>
  /** Throws KEY_NOT_FOUND. */
  expire(at: { readonly entity: Entity; readonly key: string; readonly ttl: number }, call: Call): Awaitable<void>
  /** Remaining time, or undefined when the value does not expire. Throws KEY_NOT_FOUND. */
  ttl(at: { readonly entity: Entity; readonly key: string }, call: Call): Awaitable<number | undefined>
  /** Keys that match a glob of `*`, `?`, `[abc]`, `[^a]`. */
  keys(at: { readonly entity: Entity; readonly match?: string }, call: Call): AsyncIterable<string>
  delete(at: { readonly entity: Entity; readonly key: string }, call: Call): Awaitable<boolean>
  deleteAll(at: { readonly entity: Entity }, call: Call): Awaitable<number>
}

/** A remote service whose operations become methods of a model. */
export interface ServiceConnector extends Connector {
  readonly methods: Readonly<Record<string, (...args: readonly unknown[]) => Promise<unknown>>>
}

/** Models that live on another server, whose methods can be called there. */
export interface InvokingConnector extends Connector {
  /** Calls a method of the model of an entity, with arguments by name. */
  invoke(
    at: { readonly entity: Entity; readonly method: string; readonly args: Readonly<Record<string, unknown>> },
    call: Call,
  ): Promise<unknown>
}
