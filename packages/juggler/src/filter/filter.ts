import type { kReach, Reach } from '../guard/reach'

/** A filter as users write it. */
export interface Filter {
  readonly where?: unknown
  readonly fields?: unknown
  readonly include?: unknown
  readonly order?: unknown
  readonly limit?: unknown
  readonly skip?: unknown
  readonly offset?: unknown
  /** What a guard said about it. */
  readonly [kReach]?: Reach
  readonly [key: string]: unknown
}
