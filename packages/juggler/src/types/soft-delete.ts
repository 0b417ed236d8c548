import type { Callback, Options } from './accessors'
import type { IdOf } from './infer'
import type { Where } from './where'

/** Whoever may be asked for what the SoftDelete mixin brings: models that have it, and those of which nothing is known. */
export type Softly<D> = unknown extends D ? unknown : D extends { readonly mixins: { readonly SoftDelete: unknown } } ? unknown : never

type Count = { count: number }

/** Statics of models whose rows are only marked as deleted. */
export interface SoftDeletes<D, M> {
  /** Brings back the rows that match, and those that went with them. */
  restoreAll(this: Softly<D>, where?: Where<D, M>, options?: Options): Promise<Count>
  restoreAll(this: Softly<D>, where: Where<D, M>, callback: Callback<Count>): void
  restoreById(this: Softly<D>, id: IdOf<D, M>, options?: Options): Promise<Count>
  restoreById(this: Softly<D>, id: IdOf<D, M>, callback: Callback<Count>): void
  /** Removes for good what was marked long enough ago, or before a date. */
  purge(this: Softly<D>, options?: Options & { readonly before?: Date }): Promise<Count>
  purge(this: Softly<D>, callback: Callback<Count>): void
}
