/** Bounds of filters, includes and waiting; each is a setting `limits.*` of a data source or model. */
export interface Limits {
  readonly filter: {
    readonly depth: number
    readonly nodes: number
    readonly list: number
    readonly string: number
    readonly regexp: number
  }
  readonly include: { readonly depth: number; readonly rows: number }
  /** Largest `limit` that a call from outside may ask for; unbounded when left out. */
  readonly page?: number
  /** Operations that may wait for a data source to connect. */
  readonly queue: number
  /** Rows per INSERT of a bulk create. */
  readonly chunk: number
  readonly time: { readonly transaction: number }
}

export const defaultLimits: Limits = Object.freeze({
  filter: Object.freeze({ depth: 12, nodes: 2000, list: 10_000, string: 65_536, regexp: 256 }),
  include: Object.freeze({ depth: 5, rows: 100_000 }),
  queue: 1000,
  chunk: 1000,
  time: Object.freeze({ transaction: 60_000 }),
})

/** What a user may write under `limits`. */
export type GivenLimits = { readonly [K in keyof Limits]?: Limits[K] extends object ? Partial<Limits[K]> : Limits[K] }

/** Lays given limits over others; a later one wins, key by key. */
export function mergeLimits(base: Limits, given: unknown): Limits {
  if (typeof given !== 'object' || given === null) return base
  const over = given as GivenLimits
  return Object.freeze({
    ...base,
    ...over,
    filter: Object.freeze({ ...base.filter, ...over.filter }),
    include: Object.freeze({ ...base.include, ...over.include }),
    time: Object.freeze({ ...base.time, ...over.time }),
  })
}
