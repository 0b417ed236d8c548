import type { Callback, InstanceOf, Options, ToMany, ToManyLinked, ToOne } from './accessors'
import type { IncludedNames, NestedInclude } from './filter'
import type { Data, DefinitionOf, Flat, Patch, RelationsOf, TargetOf, WireData } from './infer'
import type { Models } from './models'
import type { Softly } from './soft-delete'

/** Messages by property, with codes under `codes`; false when the instance is valid. */
export type InstanceErrors = (Record<string, string[]> & { readonly codes: Record<string, string[]> }) | false

/** What every instance can do. */
export interface InstanceMethods<D, I, M> {
  readonly errors: InstanceErrors
  isNewRecord(): boolean
  isValid(callback?: (valid: boolean) => void, data?: Patch<D, M>, options?: Options): boolean | undefined
  save(options?: Options): Promise<Instance<D, I, M>>
  save(callback: Callback<Instance<D, I, M>>): void
  save(options: Options, callback: Callback<Instance<D, I, M>>): void
  updateAttributes(data: Patch<D, M>, options?: Options): Promise<Instance<D, I, M>>
  updateAttributes(data: Patch<D, M>, callback: Callback<Instance<D, I, M>>): void
  updateAttributes(data: Patch<D, M>, options: Options, callback: Callback<Instance<D, I, M>>): void
  patchAttributes: InstanceMethods<D, I, M>['updateAttributes']
  updateAttribute<K extends keyof Patch<D, M>>(name: K, value: Patch<D, M>[K], options?: Options): Promise<Instance<D, I, M>>
  updateAttribute<K extends keyof Patch<D, M>>(name: K, value: Patch<D, M>[K], callback: Callback<Instance<D, I, M>>): void
  replaceAttributes(data: Patch<D, M>, options?: Options): Promise<Instance<D, I, M>>
  replaceAttributes(data: Patch<D, M>, callback: Callback<Instance<D, I, M>>): void
  replaceAttributes(data: Patch<D, M>, options: Options, callback: Callback<Instance<D, I, M>>): void
  destroy(options?: Options): Promise<{ count: number }>
  destroy(callback: Callback<{ count: number }>): void
  destroy(options: Options, callback: Callback<{ count: number }>): void
  delete: InstanceMethods<D, I, M>['destroy']
  remove: InstanceMethods<D, I, M>['destroy']
  /** Brings a row back that is marked as deleted. */
  restore(this: Softly<D>, options?: Options): Promise<Instance<D, I, M>>
  reload(options?: Options): Promise<Instance<D, never, M> | null>
  reload(callback: Callback<Instance<D, never, M> | null>): void
  setAttribute<K extends keyof Patch<D, M>>(name: K, value: Patch<D, M>[K]): void
  setAttributes(data: Patch<D, M>): void
  unsetAttribute(name: keyof Data<D, M>, nullify?: boolean): void
  setStrict(mode: boolean | 'validate' | 'throw' | 'filter'): void
  getPropertyType(name: string): string | null
  toObject(onlySchema?: boolean, removeHidden?: boolean, removeProtected?: boolean): Data<D, M>
  /** The plain row as it goes out: without hidden properties, with what was included. */
  toJSON(): JsonOf<D, I, M>
}

type Hidden<D> = D extends { readonly hidden: readonly (infer Name extends string)[] } ? Name : never
type Protected<D> = D extends { readonly protected: readonly (infer Name extends string)[] } ? Name : never

/**
 * A row as it goes out, with the relations that the include `I` loaded.
 *
 * @example type Reply = JsonOf<typeof definition, 'category'> // { id: number; …; category: { … } | null }
 */
export type JsonOf<D, I = never, M = Models> = JsonFor<DefinitionOf<D>, I, M>
type JsonFor<D, I, M> = Flat<Omit<WireData<D, M>, Hidden<D>> & Loaded<RelationsOf<D, M>, I, M>>

type Loaded<R, I, M> = {
  [K in IncludedNames<I> & keyof R]: IsMany<R[K]> extends true
    ? NestedJson<TargetOf<R[K], M>, NestedInclude<I, K>, M>[]
    : NestedJson<TargetOf<R[K], M>, NestedInclude<I, K>, M> | null
}

type NestedJson<T, I, M> = unknown extends T ? unknown : Omit<JsonOf<T, I, M>, Protected<T> & keyof JsonOf<T, I, M>>

type IsMany<R> = R extends { readonly type: 'belongsTo' | 'hasOne' | 'embedsOne' } ? false : true

/** What an accessor holds: known once included, perhaps undefined before. */
type Held<K, R, I, M> =
  K extends IncludedNames<I>
    ? IsMany<R> extends true
      ? InstanceOf<TargetOf<R, M>, M, NestedInclude<I, K>>[]
      : InstanceOf<TargetOf<R, M>, M, NestedInclude<I, K>> | null
    : (IsMany<R> extends true ? InstanceOf<TargetOf<R, M>, M>[] : InstanceOf<TargetOf<R, M>, M> | null) | undefined

type AccessorOf<K, R, I, M> =
  IsMany<R> extends true
    ? R extends { readonly type: 'hasAndBelongsToMany' | 'referencesMany' | 'embedsMany' } | { readonly through: unknown }
      ? ToManyLinked<TargetOf<R, M>, M, Held<K, R, I, M>>
      : ToMany<TargetOf<R, M>, M, Held<K, R, I, M>>
    : ToOne<TargetOf<R, M>, M, Held<K, R, I, M>>

type Accessors<R, I, M> = { [K in keyof R]: AccessorOf<K, R[K], I, M> }

/**
 * An instance of a model: its data, its methods, an accessor per relation.
 *
 * @example const lamp: Instance<typeof definition> = await Product.create({ name: 'Lamp' })
 */
export type Instance<D, I = never, M = Models> = Data<D, M> & InstanceMethods<D, I, M> & Accessors<RelationsOf<DefinitionOf<D>, M>, I, M>
