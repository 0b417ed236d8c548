import type { Callback, Options } from './accessors'
import type { FilterFor, Include } from './filter'
import type { Data } from './infer'
import type { Instance } from './instance'
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

/** One group of an aggregate. */
export type GroupRow = Readonly<Record<string, unknown>>

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
  aggregate(request: AggregateFor<D, M>, options?: Options): Promise<readonly GroupRow[]>
  aggregate(request: AggregateFor<D, M>, callback: Callback<readonly GroupRow[]>): void
  distinct<K extends Names<D, M>>(
    property: K,
    where?: Where<D, M>,
    options?: Options,
  ): Promise<readonly NonNullable<Data<D, M>[K & keyof Data<D, M>]>[]>
}
