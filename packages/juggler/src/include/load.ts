import type { Row } from '@reloop/connector'
import { errors } from '../errors'
import { startingFrom } from '../guard/over-relation'
import type { GuardHop, JugglerOptions } from '../model/options'
import { loaders } from './loaders'
import type { IncludePlan } from './plan'

/** How related rows are loaded, and how many more may be. */
export interface Loading {
  readonly mode: 'instances' | 'rows'
  readonly options: JugglerOptions
  readonly budget: Budget
}

/** The same, with a way to load what embedded rows include. */
export interface LoadingAgain extends Loading {
  readonly again: (rows: readonly Row[], plan: IncludePlan, hop?: GuardHop) => Promise<ReadonlyMap<string, readonly unknown[]>>
}

/** Rows that one call may still include, all relations together. */
export class Budget {
  #left: number
  readonly #limit: number

  constructor(limit: number) {
    this.#limit = limit
    this.#left = limit
  }

  take(rows: number): void {
    this.#left -= rows
    if (this.#left < 0) throw errors.INCLUDE_TOO_LARGE({ limit: this.#limit })
  }
}

/** Loads every relation of a plan for all rows: at most one query per relation, whatever the number of rows. */
export async function loadIncludes(
  rows: readonly Row[],
  plan: IncludePlan,
  loading: Loading,
): Promise<ReadonlyMap<string, readonly unknown[]>> {
  const again: LoadingAgain = {
    ...loading,
    again: (inner, innerPlan, hop) =>
      loadIncludes(inner, innerPlan, hop ? { ...loading, options: startingFrom(hop, loading.options) } : loading),
  }
  const loaded = await Promise.all(
    plan.map(async (step) => [step.relation.name, await loaders[step.relation.kind](rows, step, again)] as const),
  )
  return new Map(loaded)
}
