import type { GeoPoint } from '../value/geo-point'
import type { kDefinition } from './definition'
import type { Models } from './models'

/** One object type in place of an intersection: what an editor shows. */
export type Flat<T> = { [K in keyof T]: T[K] }

/** The definition behind a class, or the definition itself. */
export type DefinitionOf<T> = T extends { readonly [kDefinition]: infer D } ? D : T

/** The definition that a name or a class stands for; `unknown` when the name is not among the models. */
export type Resolve<N, M> = N extends keyof M ? DefinitionOf<M[N]> : N extends { readonly [kDefinition]: infer D } ? D : unknown

type ParentOf<D, M> = D extends { readonly base: infer B } ? (B extends string ? Resolve<B, M> : DefinitionOf<B>) : unknown

type Own<D, Part extends string> = D extends { readonly [K in Part]: infer P } ? P : unknown

/** A part of the definition (`properties`, `relations`), the base's included. */
export type Inherited<D, Part extends string, M> = D extends { readonly base: unknown }
  ? Omit<Inherited<ParentOf<D, M>, Part, M>, keyof Own<D, Part>> & Own<D, Part>
  : Own<D, Part>

/** Properties by name, without those that were taken away, with the `id` that is added when there is none. */
export type PropertiesOf<D, M = Models> = WithId<Kept<Inherited<D, 'properties', M>>, D>

type Kept<P> = { [K in keyof P as P[K] extends null | false ? never : K]: P[K] }

type WithId<P, D> = [IdKeys<P>] extends [never] ? (D extends { readonly idInjection: false } ? P : Flat<P & InjectedId>) : P

interface InjectedId {
  readonly id: { readonly type: '#id'; readonly id: true; readonly generated: true }
}

type Id = { readonly id: true | number }

/** Names of the properties that make up the key. */
export type IdKeys<P> = { [K in keyof P]: P[K] extends Id ? K : never }[keyof P]

/** Type of the key: the id's value, or an object of all parts of a composite key. */
export type IdOf<D, M = Models> = unknown extends D ? number | string : KeyOf<PropertiesOf<DefinitionOf<D>, M>, M>

type KeyOf<P, M> = [IdKeys<P>] extends [never]
  ? never
  : IsUnion<IdKeys<P>> extends true
    ? { [K in IdKeys<P>]: Value<P[K], M> }
    : Value<P[IdKeys<P>], M>

type IsUnion<T, Whole = T> = T extends unknown ? ([Whole] extends [T] ? false : true) : never

/** What comes out of a model: dates are dates. */
export interface Stored {
  mode: 'stored'
  string: string
  text: string
  number: number
  integer: number
  bigint: bigint
  decimal: string
  boolean: boolean
  date: Date
  datestring: string
  dateonly: string
  buffer: Buffer
  binary: Buffer
  geopoint: GeoPoint
  object: Record<string, unknown>
  array: unknown[]
  json: unknown
  any: unknown
  '#id': number | string
}

/** What a reply carries. */
export interface Wire extends Omit<Stored, 'mode' | 'bigint'> {
  mode: 'wire'
  bigint: string
}

/** What may go into one: also the texts and shapes that are coerced. */
export interface Given extends Omit<
  Stored,
  'mode' | 'bigint' | 'decimal' | 'date' | 'buffer' | 'binary' | 'geopoint' | 'object' | 'array'
> {
  mode: 'given'
  bigint: string | number | bigint
  decimal: string | number
  date: Date | string | number
  buffer: Buffer | Uint8Array | string
  binary: Buffer | Uint8Array | string
  geopoint: GeoPoint | { readonly lat: number; readonly lng: number } | readonly [number, number] | string
  object: object
  array: readonly unknown[]
}

/** Value of a property, from its definition. */
export type Value<P, M = Models, T = Stored> = P extends string
  ? Named<P, M, T>
  : P extends readonly [infer Item]
    ? List<Value<Item, M, T>, T>
    : P extends readonly unknown[]
      ? List<unknown, T>
      : P extends { readonly [kDefinition]: infer D }
        ? Embedded<D, M, T>
        : P extends (...args: never) => unknown
          ? Constructed<P, T>
          : P extends { readonly type: infer Type }
            ? Type extends { readonly type: unknown }
              ? Rows<P, M, T>
              : Value<Type, M, T>
            : P extends object
              ? Options<P> extends true
                ? unknown
                : Rows<P, M, T>
              : unknown

/** Whether an object without `type` holds options, as in `{ id: true }`, and not properties. */
type Options<P> = true extends { [K in keyof P]: P[K] extends boolean | number ? true : never }[keyof P] ? true : false

type Named<P extends string, M, T> =
  Lowercase<P> extends keyof T ? T[Lowercase<P>] : P extends keyof M ? Embedded<DefinitionOf<M[P]>, M, T> : unknown

type Embedded<D, M, T> = T extends { mode: 'given' } ? NewData<D, M> : DataOf<D, M, T>

type List<V, T> = T extends { mode: 'given' } ? readonly V[] : V[]

type Constructed<P, T> = P extends StringConstructor
  ? string
  : P extends NumberConstructor
    ? number
    : P extends DateConstructor
      ? T[keyof T & 'date']
      : P extends ArrayConstructor
        ? T[keyof T & 'array']
        : P extends BufferConstructor
          ? T[keyof T & 'buffer']
          : P extends BooleanConstructor
            ? boolean
            : T[keyof T & 'object']

type Required = { readonly required: true | object }
type Filled = { readonly default: NonNullable<unknown> } | { readonly defaultFn: string }

/** Properties that have a value in every row. */
type SureKeys<P> = { [K in keyof P]: P[K] extends Id | Required | Filled ? K : never }[keyof P]

/** Properties that a new row must be given. */
type NeededKeys<P> = {
  [K in keyof P]: P[K] extends Required ? (P[K] extends Filled | { readonly generated: true } ? never : K) : never
}[keyof P]

type Rows<P, M, T> = T extends { mode: 'given' }
  ? NewRow<P, M>
  : Flat<{ [K in SureKeys<P>]: Value<P[K], M, T> } & { [K in Exclude<keyof P, SureKeys<P>>]?: Value<P[K], M, T> | null }>

type NewRow<P, M> = { [K in NeededKeys<P>]: Value<P[K], M, Given> } & {
  [K in Exclude<keyof P, NeededKeys<P>>]?: Value<P[K], M, Given> | (P[K] extends Id | Required | Filled ? never : null)
}

/** Relations by name, the base's included. */
export type RelationsOf<D, M = Models> = Inherited<DefinitionOf<D>, 'relations', M>

/** Definition of a relation's other model; `unknown` when it is not among the models. */
export type TargetOf<R, M> = R extends { readonly model: infer N } ? Resolve<N, M> : unknown

/** Properties that relations bring along: foreign keys, discriminators and embedded data, as [name, value] pairs. */
type Brought<K extends string, R, M, T> = R extends { readonly type: 'belongsTo' }
  ? R extends { readonly polymorphic: infer By }
    ? Polymorphic<By extends string ? By : K, By>
    : [Option<R, 'foreignKey', `${K}Id`>, IdOf<TargetOf<R, M>, M> | null]
  : R extends { readonly type: 'referencesMany'; readonly model: infer N }
    ? [Option<R, 'foreignKey', N extends string ? `${Uncapitalize<N>}Ids` : never>, List<IdOf<TargetOf<R, M>, M>, T> | null]
    : R extends { readonly type: 'embedsOne'; readonly model: infer N }
      ? [Option<R, 'property', N extends string ? Uncapitalize<N> : never>, Embedded<TargetOf<R, M>, M, T> | null]
      : R extends { readonly type: 'embedsMany' }
        ? [Option<R, 'property', never>, List<Embedded<TargetOf<R, M>, M, T>, T> | null]
        : never

type Option<R, Key extends string, Otherwise> = R extends { readonly [K in Key]: infer Name } ? Name : Otherwise

type Polymorphic<As extends string, By> =
  [Option<By, 'foreignKey', `${As}Id`>, number | string | null] | [Option<By, 'discriminator', `${As}Type`>, string | null]

type BroughtAll<R, M, T> = { [K in keyof R & string]: Brought<K, R[K], M, T> }[keyof R & string]

type RelationData<D, M, T, P> = Pairs<BroughtAll<RelationsOf<D, M>, M, T>, keyof P>

type Pairs<E, Declared> = {
  [Pair in E as Pair extends [infer Name extends string, unknown] ? Exclude<Name, Declared> : never]?: Pair extends [unknown, infer V]
    ? V
    : never
}

/** Whether nothing is known of the properties: no definition, or one whose names TypeScript has widened. */
type Wide<D, M> = unknown extends D ? true : string extends keyof PropertiesOf<D, M> ? true : false

type Open<D> = D extends { readonly strict: false } ? Record<string, unknown> : unknown

/**
 * A row of a model: every property and foreign key. Those without `required`, `default` or `id` may be null or absent.
 *
 * @example type Row = Data<typeof definition> // { id: number; name: string; price?: number | null }
 */
export type Data<D, M = Models> = DataOf<DefinitionOf<D>, M, Stored>

/** The same as it stands in a reply. */
export type WireData<D, M = Models> = DataOf<DefinitionOf<D>, M, Wire>

type DataOf<D, M, T> =
  Wide<D, M> extends true ? Record<string, unknown> : Flat<Rows<PropertiesOf<D, M>, M, T> & RelationData<D, M, T, PropertiesOf<D, M>>>

/**
 * What `create` takes: required properties without a default must be there, the rest may.
 *
 * @example const row: NewData<typeof definition> = { name: 'Lamp' }
 */
export type NewData<D, M = Models> = NewDataOf<DefinitionOf<D>, M>
type NewDataOf<D, M> =
  Wide<D, M> extends true
    ? Record<string, unknown>
    : NewRow<PropertiesOf<D, M>, M> & RelationData<D, M, Given, PropertiesOf<D, M>> & NestedIn<RelationsOf<D, M>, M> & Open<D>

/** Data under the names of relations whose `options` say `nested`. */
type NestedIn<R, M> = {
  [K in keyof R as R[K] extends Nested ? K : never]?: NestedData<TargetOf<R[K], M>, M> | (IsOne<R[K]> extends true ? null : never)
}

type Nested = { readonly options: { readonly nested: true } }
type IsOne<R> = R extends { readonly type: 'belongsTo' | 'hasOne' } ? true : false
type Some<T> = T | readonly T[]

/**
 * What stands under a nested relation: rows to make, or what is to be done with rows.
 *
 * @example const books: NestedData<typeof book> = { create: [{ title: 'A' }], connect: 7, update: { id: 8, title: 'B' } }
 */
export type NestedData<D, M = Models> =
  | Some<NewData<D, M>>
  | {
      readonly create?: Some<NewData<D, M>>
      readonly update?: Some<Patch<D, M>>
      readonly connect?: Some<IdOf<D, M>>
      readonly disconnect?: Some<IdOf<D, M>>
      readonly delete?: Some<IdOf<D, M>>
      readonly set?: Some<IdOf<D, M>>
    }

/** What an update takes: any of the properties. */
export type Patch<D, M = Models> = Partial<NewData<D, M>>
