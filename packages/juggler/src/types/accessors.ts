import type { FilterFor, Include } from './filter'
import type { IdOf, NewData, Patch } from './infer'
import type { Instance } from './instance'
import type { Where } from './where'

/** Options of a call: `transaction`, `validate`, and whatever hooks and connectors shall see. */
export type Options = Readonly<Record<string, unknown>>

/** Node's callback: an error, or the result. */
export type Callback<T> = (error: Error | null | undefined, result: T) => void

/** An instance of a relation's other model; a plain record when that model is not known. */
export type InstanceOf<T, M, I = never> = unknown extends T ? unknown : Instance<T, I, M>

type NewDataOf<T, M> = unknown extends T ? Record<string, unknown> : NewData<T, M>
type PatchOf<T, M> = unknown extends T ? Record<string, unknown> : Patch<T, M>
type WhereOf<T, M> = unknown extends T ? Record<string, unknown> : Where<T, M>
type FilterOf<T, M> = unknown extends T ? Record<string, unknown> : FilterFor<T, Include<T, M>, M>

/** Accessor of a relation that leads to one row. */
export interface ToOne<T, M, Held> {
  /** What was loaded, by an include or an earlier call. */
  (): Held
  (callback: Callback<InstanceOf<T, M> | null | undefined>): void
  (refresh: boolean | Options, callback: Callback<InstanceOf<T, M> | null | undefined>): void
  (refresh: boolean, options: Options, callback: Callback<InstanceOf<T, M> | null | undefined>): void
  (refresh: boolean, options?: Options): Promise<InstanceOf<T, M> | null | undefined>
  /** Points the relation elsewhere, or nowhere, without saving. */
  (other: InstanceOf<T, M> | null): void
  get(options?: Options): Promise<InstanceOf<T, M> | null>
  getAsync(options?: Options): Promise<InstanceOf<T, M> | null>
  build(data?: PatchOf<T, M>): InstanceOf<T, M>
  create(data: NewDataOf<T, M>, options?: Options): Promise<InstanceOf<T, M>>
  create(data: NewDataOf<T, M>, callback: Callback<InstanceOf<T, M>>): void
  create(data: NewDataOf<T, M>, options: Options, callback: Callback<InstanceOf<T, M>>): void
  update(data: PatchOf<T, M>, options?: Options): Promise<InstanceOf<T, M>>
  update(data: PatchOf<T, M>, callback: Callback<InstanceOf<T, M>>): void
  update(data: PatchOf<T, M>, options: Options, callback: Callback<InstanceOf<T, M>>): void
  destroy(options?: Options): Promise<void>
  destroy(callback: Callback<void>): void
  destroy(options: Options, callback: Callback<void>): void
}

/** Accessor of a relation that leads to many rows. */
export interface ToMany<T, M, Held> {
  /** What was loaded, by an include or an earlier call. */
  (): Held
  (callback: Callback<InstanceOf<T, M>[]>): void
  (filter: FilterOf<T, M> | boolean, callback: Callback<InstanceOf<T, M>[]>): void
  (filter: FilterOf<T, M> | boolean, options: Options, callback: Callback<InstanceOf<T, M>[]>): void
  (filter: FilterOf<T, M> | boolean, options?: Options): Promise<InstanceOf<T, M>[]>
  find(filter?: FilterOf<T, M>, options?: Options): Promise<InstanceOf<T, M>[]>
  getAsync(filter?: FilterOf<T, M>, options?: Options): Promise<InstanceOf<T, M>[]>
  findOne(filter?: FilterOf<T, M>, options?: Options): Promise<InstanceOf<T, M> | null>
  findOne(filter: FilterOf<T, M>, callback: Callback<InstanceOf<T, M> | null>): void
  findById(id: IdOf<T, M>, options?: Options): Promise<InstanceOf<T, M>>
  findById(id: IdOf<T, M>, callback: Callback<InstanceOf<T, M>>): void
  exists(id: IdOf<T, M>, options?: Options): Promise<boolean>
  exists(id: IdOf<T, M>, callback: Callback<boolean>): void
  count(where?: WhereOf<T, M>, options?: Options): Promise<number>
  count(where: WhereOf<T, M>, callback: Callback<number>): void
  build(data?: PatchOf<T, M>): InstanceOf<T, M>
  create(data: NewDataOf<T, M>, options?: Options): Promise<InstanceOf<T, M>>
  create(data: readonly NewDataOf<T, M>[], options?: Options): Promise<InstanceOf<T, M>[]>
  create(data: NewDataOf<T, M>, callback: Callback<InstanceOf<T, M>>): void
  create(data: NewDataOf<T, M>, options: Options, callback: Callback<InstanceOf<T, M>>): void
  create(data: readonly NewDataOf<T, M>[], callback: Callback<InstanceOf<T, M>[]>): void
  updateById(id: IdOf<T, M>, data: PatchOf<T, M>, options?: Options): Promise<InstanceOf<T, M>>
  updateById(id: IdOf<T, M>, data: PatchOf<T, M>, callback: Callback<InstanceOf<T, M>>): void
  updateAll(where: WhereOf<T, M>, data: PatchOf<T, M>, options?: Options): Promise<{ count: number }>
  destroy(id: IdOf<T, M>, options?: Options): Promise<void>
  destroy(id: IdOf<T, M>, callback: Callback<void>): void
  destroyById(id: IdOf<T, M>, options?: Options): Promise<void>
  destroyAll(where?: WhereOf<T, M>, options?: Options): Promise<{ count: number }>
  destroyAll(where: WhereOf<T, M>, callback: Callback<{ count: number }>): void
}

/** Accessor of a relation whose links are rows or lists of their own: they are added and removed. */
export interface ToManyLinked<T, M, Held> extends ToMany<T, M, Held> {
  /** Links a row; `data` is for the row in between. */
  add(target: InstanceOf<T, M> | IdOf<T, M>, data?: Options, options?: Options): Promise<unknown>
  add(target: InstanceOf<T, M> | IdOf<T, M>, callback: Callback<unknown>): void
  /** Takes the link away; the row stays. */
  remove(target: InstanceOf<T, M> | IdOf<T, M>, options?: Options): Promise<unknown>
  remove(target: InstanceOf<T, M> | IdOf<T, M>, callback: Callback<unknown>): void
}
