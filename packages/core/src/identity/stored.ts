import type { ModelInstance } from '@reloop/juggler'
import type { SharedModel } from '../types'

/** Options of a call of the data layer. */
export type Options = Readonly<Record<string | symbol, unknown>>

/** An instance of a stored model, as identity uses it. */
export interface Found extends ModelInstance {
  readonly id: unknown
  save(options?: Options): Promise<Found>
  updateAttributes(data: object, options?: Options): Promise<Found>
  destroy(options?: Options): Promise<{ count: number }>
  toJSON(): Record<string, unknown>
  isNewRecord(): boolean
}

/** A stored model, as identity calls it: statics are looked up at every call, so that one that a user replaced is the one that is used. */
export interface Stored extends SharedModel {
  findById(id: unknown, filter?: object, options?: Options): Promise<Found | null>
  findOne(filter: object, options?: Options): Promise<Found | null>
  find(filter: object, options?: Options): Promise<Found[]>
  create(data: object, options?: Options): Promise<Found>
  updateAll(where: object, data: object, options?: Options): Promise<{ count: number }>
  destroyAll(where: object, options?: Options): Promise<{ count: number }>
  destroyById(id: unknown, options?: Options): Promise<{ count: number }>
}

/** The model with its statics typed. */
export function stored(Model: SharedModel): Stored {
  return Model as Stored
}

/** Options of inner calls: the transaction of the outer one, and nothing that a client or a guard has put there. */
export function innerOptions(options?: Options): Options {
  return options?.transaction === undefined ? {} : { transaction: options.transaction }
}

/** Option of calls that identity itself makes: its own hooks leave their data alone. */
export const kInner: unique symbol = Symbol('inner')
