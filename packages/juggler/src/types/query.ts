import type { Callback, Options } from './accessors'
import type { FilterFor, Include } from './filter'
import type { Data, Flat } from './infer'
import type { Instance } from './instance'
import type { Models } from './models'
import type { Where } from './where'

type Names<D, M> = keyof Data<D, M> & string
type Found<D, I, M> = Instance<D, [Include<D, M>] extends [I] ? never : I, M>

/** A function over the rows of a group: `{ sum: 'price' }`, or `{ count: true }` for the rows themselves. */
export type AggregateValue<D, M> =
  | { readonly count: true | Names<D, M> }
  | { readonly countDistinct: Names<D, M> }
  | { readonly sum: Names<D, M> }
  | { readonly avg: Names<D, M> }
  | { readonly min: Names<D, M> }
  | { readonly max: Names<D, M> }

/** What is computed of which rows. `having` and `order` are on the names of the result. */
export interface AggregateFor<D, M> {
  readonly where?: Where<D, M>
  readonly groupBy?: Names<D, M> | readonly Names<D, M>[]
  readonly values?: { readonly [name: string]: AggregateValue<D, M> }
  readonly having?: { readonly [name: string]: unknown }
  readonly order?: string | readonly string[]
  readonly limit?: number
  readonly skip?: number
}

/** One group of an aggregate, where its request is not known. */
export type GroupRow = Readonly<Record<string, unknown>>

type Grouped<G> = G extends string ? G : G extends readonly (infer Name extends string)[] ? Name : never

/** What a function gives: numbers, or values of its property. Of no rows all but counts are null. */
type Computed<F, Row> = F extends { readonly count: unknown } | { readonly countDistinct: unknown }
  ? number
  : F extends { readonly min: infer K } | { readonly max: infer K }
    ? NonNullable<Row[K & keyof Row]> | null
    : F extends { readonly sum: infer K }
      ? SumOf<NonNullable<Row[K & keyof Row]>> | null
      : number | null

/** Sums keep the digits of exact numbers. */
type SumOf<V> = V extends bigint | string ? V : number

type ValuesIn<R> = R extends { readonly values: infer V }
  ? V
  : R extends { readonly groupBy: unknown }
    ? unknown
    : { count: { count: true } }

type GroupsIn<R> = R extends { readonly groupBy: infer G } ? Grouped<G> : never

/**
 * One group of an aggregate: the properties that it was grouped by, and what was computed under each name.
 *
 * @example type Row = GroupOf<typeof definition, { groupBy: 'name'; values: { total: { sum: 'price' } } }> // { name: string; total: number | null }
 */
export type GroupOf<D, R, M = Models> =
  string extends GroupsIn<R> ? GroupRow : Flat<GroupedBy<Data<D, M>, GroupsIn<R>> & ComputedOf<Data<D, M>, ValuesIn<R>>>

type GroupedBy<Row, K extends string> = {
  readonly [Name in K]: Row[Name & keyof Row] extends infer V ? Exclude<V, undefined> | (undefined extends V ? null : never) : never
}

type ComputedOf<Row, V> = { readonly [Name in keyof V]: Computed<V[Name], Row> }

/** Rows of one page, and the cursors of the pages beside it. */
export interface PageOf<T> {
  readonly rows: readonly T[]
  readonly next?: string
  readonly previous?: string
}

interface Cursors {
  readonly after?: string
  readonly before?: string
}

/** Reading more than one page, and reading sums. */
export interface Queries<D, M> {
  /** Instances one after the other, without all of them in memory. Leaving the loop ends the query. */
  stream<const I extends Include<D, M> = never>(filter?: FilterFor<D, I, M>, options?: Options): AsyncGenerator<Found<D, I, M>>
  page<const I extends Include<D, M> = never>(filter?: FilterFor<D, I, M> & Cursors, options?: Options): Promise<PageOf<Found<D, I, M>>>
  aggregate<const R extends AggregateFor<D, M>>(request: R, options?: Options): Promise<readonly GroupOf<D, R, M>[]>
  aggregate<const R extends AggregateFor<D, M>>(request: R, callback: Callback<readonly GroupOf<D, R, M>[]>): void
  distinct<K extends Names<D, M>>(
    property: K,
    where?: Where<D, M>,
    options?: Options,
  ): Promise<readonly NonNullable<Data<D, M>[K & keyof Data<D, M>]>[]>
}
