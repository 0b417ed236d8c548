import { slot } from '@reloop/connector'
import { errors } from '../errors'
import type { Limits } from '../limits'
import type { ModelRuntime } from '../model/runtime'

/** How a filter is walked. */
export interface WalkOptions {
  /** Build the tree; else only its key and values. */
  readonly build: boolean
  /** Values stand in the tree itself instead of slots. */
  readonly literal?: boolean
  /** The filter comes from a request: hidden and protected properties do not exist. */
  readonly outside?: boolean
  /** Orders across relations are only described: they are not for the store. */
  readonly across?: boolean
  /** Without bounds: the filter is ours. */
  readonly trusted?: boolean
}

const unbounded: Limits['filter'] = Object.freeze({ depth: Infinity, nodes: Infinity, list: Infinity, string: Infinity, regexp: Infinity })

/** What one walk over a filter gathers: the key of its shape, the values in it, and the paths it touches. */
export class Walk {
  key = ''
  readonly values: unknown[] = []
  /** Something in the filter has no shape of its own; it is sent as it is. */
  direct = false
  readonly build: boolean
  readonly literal: boolean
  readonly outside: boolean
  readonly across: boolean
  readonly limits: Limits['filter']
  #nodes = 0

  constructor(model: ModelRuntime, options: WalkOptions) {
    this.limits = options.trusted ? unbounded : model.limits.filter
    this.build = options.build
    this.literal = options.literal ?? false
    this.outside = options.outside ?? false
    this.across = options.across ?? false
  }

  /** Counts one condition. */
  node(depth: number): void {
    if (++this.#nodes > this.limits.nodes) throw errors.QUERY_OBJECT_TOO_LARGE({ limit: this.limits.nodes })
    if (depth > this.limits.depth) throw errors.QUERY_OBJECT_TOO_DEEP({ limit: this.limits.depth })
  }

  /** Takes a value in and answers what stands for it in the tree. */
  slot(value: unknown): unknown {
    if (this.literal) return value
    return slot(this.values.push(value) - 1, Array.isArray(value))
  }
}
