import type { Data, DefinitionOf, Given, PropertiesOf, RelationsOf, TargetOf } from './infer'
import type { GeoPoint } from '../value/geo-point'
import type { Models } from './models'

interface Equality<V> {
  eq?: V | null
  neq?: V | null
  inq?: readonly (V | null)[]
  nin?: readonly (V | null)[]
  exists?: boolean
  /** Any of these operators, turned round. */
  not?: Condition<V>
}

interface Ordering<V> extends Equality<V> {
  gt?: V
  gte?: V
  lt?: V
  lte?: V
  between?: readonly [V, V]
}

interface Text extends Ordering<string> {
  like?: string | RegExp
  nlike?: string | RegExp
  ilike?: string | RegExp
  nilike?: string | RegExp
  regexp?: string | RegExp
  startsWith?: string
  endsWith?: string
  contains?: string
  /** Flags of `like` and `regexp`. */
  options?: string
}

interface Lists<Item> extends Equality<Item | readonly Item[]> {
  /** Holds all of these. */
  contains?: Item | readonly Item[]
  /** Holds one of these at least. */
  containsAny?: readonly Item[]
  containsAnyOf?: readonly Item[]
  /** Holds nothing but these. */
  containedBy?: readonly Item[]
}

interface Distance extends Equality<Given['geopoint']> {
  near?: Given['geopoint']
  maxDistance?: number
  minDistance?: number
  unit?: 'meters' | 'kilometers' | 'miles' | 'feet' | 'radians' | 'degrees'
}

/** What may be asked of a property, by the type of its value. */
export type Condition<V> = unknown extends V
  ? unknown
  : [V] extends [string]
    ? V | null | RegExp | Text
    : [V] extends [number]
      ? V | null | Ordering<number>
      : [V] extends [boolean]
        ? boolean | null | Equality<boolean>
        : [V] extends [Date]
          ? Given['date'] | null | Ordering<Given['date']>
          : [V] extends [number | string | bigint]
            ? V | null | Ordering<V>
            : [V] extends [GeoPoint]
              ? Given['geopoint'] | null | Distance
              : [V] extends [readonly (infer Item)[]]
                ? Item | readonly Item[] | null | Lists<Item>
                : V | null | Equality<V>

interface Logical<D, M> {
  and?: readonly Where<D, M>[]
  or?: readonly Where<D, M>[]
  nor?: readonly Where<D, M>[]
  not?: Where<D, M>
}

type PropertyConditions<T> = { [K in keyof T]?: Condition<NonNullable<T[K]>> }

/** Names of relations that lead to one row. */
export type ToOneNames<R> = { [K in keyof R]: R[K] extends { readonly type: 'belongsTo' | 'hasOne' | 'embedsOne' } ? K : never }[keyof R] &
  string

/** Paths over one relation, as in `'author.name'`, with the type of the value at their end. */
type RelationPaths<R, M> = { [K in keyof R & string]: PathsUnder<K, TargetOf<R[K], M>, M> }[keyof R & string]

type PathsUnder<K extends string, T, M> = unknown extends T
  ? never
  : { [P in keyof Data<T, M> & string]: [`${K}.${P}`, Data<T, M>[P]] }[keyof Data<T, M> & string]

/** Paths into embedded objects, as in `'address.city'`. */
type EmbeddedPaths<T> = {
  [K in keyof T & string]: unknown extends T[K] ? [`${K}.${string}`, unknown] : Inside<K, NonNullable<T[K]>>
}[keyof T & string]

type Inside<K extends string, V> = [V] extends [string | number | boolean | Date | Buffer]
  ? never
  : [V] extends [readonly (infer Item)[]]
    ? [Item] extends [string | number | boolean | Date | Buffer]
      ? never
      : Inside<K, Item>
    : { [P in keyof V & string]: [`${K}.${P}`, V[P]] }[keyof V & string]

type PathConditions<E> = {
  [Pair in E as Pair extends [infer Path extends string, unknown] ? Path : never]?: Pair extends [unknown, infer V]
    ? Condition<NonNullable<V>>
    : never
}

/** Paths of three parts and more are checked when the query runs. */
type LongPaths<R, T> = { [Path in `${(keyof R | keyof T) & string}.${string}.${string}`]?: unknown }

/** Paths over a relation whose other model is not known. */
type UnknownPaths<R, M> = { [K in keyof R & string as unknown extends TargetOf<R[K], M> ? `${K}.${string}` : never]?: unknown }

type RelationConditions<R, M> = { [K in keyof R]?: Related<TargetOf<R[K], M>, M> }

interface Related<T, M> {
  /** A related row like this exists. */
  some?: WhereOf<T, M>
  /** No related row is unlike this. */
  every?: WhereOf<T, M>
  /** No related row is like this. */
  none?: WhereOf<T, M>
}

type WhereOf<T, M> = unknown extends T ? Record<string, unknown> : Where<T, M>

/**
 * Conditions on a model's rows: properties, paths into embedded objects and over relations, `and`, `or`, `nor`, `not`.
 * Operators are those of the property's type: `like` is for strings, `near` for points.
 *
 * @example const cheap: Where<typeof definition> = { price: { lt: 10 }, 'category.title': 'Lamps' }
 */
export type Where<D, M = Models> = WhereFor<DefinitionOf<D>, M>

type WhereFor<D, M> = string extends keyof Data<D, M>
  ? Record<string, unknown>
  : Logical<D, M> &
      PropertyConditions<Data<D, M>> &
      PathConditions<EmbeddedPaths<Data<D, M>> | RelationPaths<RelationsOf<D, M>, M>> &
      LongPaths<RelationsOf<D, M>, PropertiesOf<D, M>> &
      UnknownPaths<RelationsOf<D, M>, M> &
      RelationConditions<RelationsOf<D, M>, M> &
      (D extends { readonly strict: false } ? Record<string, unknown> : unknown)
