import type { DataSource, JugglerOptions } from '@reloop/juggler'
import type { SharedModel } from '../types'

/** A record as this room sees it. */
export interface Stored {
  readonly [property: string]: unknown
  toObject(): Record<string, unknown>
  toJSON(): Record<string, unknown>
  getId(): unknown
  setAttributes(data: object): void
  save(options?: JugglerOptions): Promise<Stored>
  destroy(options?: JugglerOptions): Promise<unknown>
  replaceAttributes(data: object, options?: JugglerOptions): Promise<Stored>
}

type Where = Readonly<Record<string, unknown>>

/** The statics of a stored model that this room calls. */
export interface StoredStatics {
  readonly modelName: string
  readonly dataSource: DataSource
  getIdName(): string
  find(filter?: object, options?: JugglerOptions): Promise<Stored[]>
  findById(id: unknown, filter?: object, options?: JugglerOptions): Promise<Stored | null>
  findOne(filter?: object, options?: JugglerOptions): Promise<Stored | null>
  create(data: object, options?: JugglerOptions): Promise<Stored>
  updateAll(where: Where, data: object, options?: JugglerOptions): Promise<{ count: number }>
  destroyAll(where: Where, options?: JugglerOptions): Promise<{ count: number }>
}

/** The same class, with the types of what is called on it. */
export function stored(Model: SharedModel): StoredStatics {
  return Model as unknown as StoredStatics
}

/** Lists of ids are looked up in parts of this size. */
export const together = 500

/** The transaction of a call: what is recorded belongs to what it records, but not to who asked for it. */
export function sameTransaction(options: JugglerOptions | undefined): JugglerOptions {
  return options?.transaction === undefined ? noOptions : { transaction: options.transaction }
}

/** What this room reads for itself: no access hooks, which may narrow what a caller sees. */
export function quietly(options: JugglerOptions): JugglerOptions {
  return { ...options, notify: false }
}

export const noOptions: JugglerOptions = Object.freeze({})
