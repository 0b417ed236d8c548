import type { Filter as AnyFilter } from '../filter/filter'
import type { Data, RelationsOf, TargetOf } from './infer'
import type { Models } from './models'
import type { ToOneNames, Where } from './where'

type Names<D, M> = keyof Data<D, M> & string

type Sortable<D, M> = Names<D, M> | RelatedNames<RelationsOf<D, M>, M>

type RelatedNames<R, M> = {
  [K in ToOneNames<R>]: unknown extends TargetOf<R[K & keyof R], M> ? `${K}.${string}` : `${K}.${Names<TargetOf<R[K & keyof R], M>, M>}`
}[ToOneNames<R>]

/** One key of an order: a property, one over a to-one relation (`'author.name'`), with `ASC` or `DESC` behind it or not. */
export type OrderKey<D, M = Models> = OrderTerm<Sortable<D, M>>

type OrderTerm<K extends string> = K | `${K} ${'ASC' | 'DESC' | 'asc' | 'desc'}`

/** Order of rows: a key, several with commas between, or a list. What follows the first comma is checked when the query runs. */
export type Order<D, M = Models> =
  OrderKey<D, M> | `${Names<D, M>}${',' | ` ${'ASC' | 'DESC' | 'asc' | 'desc'},`}${string}` | readonly OrderKey<D, M>[]

/** Properties to return, or `false` for those not to. */
export type Fields<D, M = Models> = Names<D, M> | readonly Names<D, M>[] | { readonly [K in Names<D, M>]?: boolean }

/** Relations to load: a name, a list, `{ relation: nested }`, or `{ relation, scope }`. */
export type Include<D, M = Models> = IncludeItem<D, M> | readonly IncludeItem<D, M>[]

type IncludeItem<D, M> = (keyof RelationsOf<D, M> & string) | Nesting<RelationsOf<D, M>, M> | Scoped<RelationsOf<D, M>, M>

type Nesting<R, M> = { readonly [K in keyof R]?: true | IncludeOf<TargetOf<R[K], M>, M> }

type Scoped<R, M> = { [K in keyof R & string]: { readonly relation: K; readonly scope?: FilterOf<TargetOf<R[K], M>, M> } }[keyof R & string]

type IncludeOf<T, M> = unknown extends T ? unknown : Include<T, M>
type FilterOf<T, M> = unknown extends T ? Record<string, unknown> : FilterFor<T, Include<T, M>, M>

/** A filter of one model, for inference of what it includes. */
export interface FilterFor<D, I, M> {
  readonly where?: Where<D, M>
  readonly order?: Order<D, M>
  readonly fields?: Fields<D, M>
  readonly include?: I
  readonly limit?: number
  readonly skip?: number
  readonly offset?: number
}

/**
 * What to find, in which order, how much of it and with which relations. Every part may be left out; without a definition anything may stand in it.
 *
 * @example const filter: Filter<typeof definition> = { where: { price: { lt: 10 } }, order: 'price DESC', limit: 5 }
 */
export type Filter<D = unknown, I = Include<D>, M = Models> = unknown extends D ? AnyFilter : FilterFor<D, I, M>

/** Names of the relations that an include loads. */
export type IncludedNames<I> = I extends string
  ? I
  : I extends readonly (infer Item)[]
    ? IncludedNames<Item>
    : I extends { readonly relation: infer K extends string }
      ? K
      : keyof I & string

/** What is to be included in the rows of one included relation. */
export type NestedInclude<I, K> = I extends readonly (infer Item)[]
  ? NestedInclude<Item, K>
  : I extends { readonly relation: infer Name }
    ? Name extends K
      ? I extends { readonly scope: { readonly include: infer Nested } }
        ? Nested
        : never
      : never
    : I extends { readonly [N in K & string]: infer Nested }
      ? Nested extends true
        ? never
        : Nested
      : never
