import type { Awaitable, Call, Row } from '@reloop/connector'

/** A query shape made ready by the connector: a function of its values. */
export interface Plan {
  readonly run: (values: readonly unknown[], call: Call) => Awaitable<readonly Row[]>
}

const bound = 500

/** Plans of one model by shape key; the least recently used goes first when there are too many. */
export class PlanCache {
  readonly #plans = new Map<string, Plan>()
  #last = ''
  #lastPlan?: Plan

  get(key: string): Plan | undefined {
    if (key === this.#last) return this.#lastPlan
    const plan = this.#plans.get(key)
    if (!plan) return undefined
    this.#plans.delete(key)
    this.#plans.set(key, plan)
    this.#last = key
    this.#lastPlan = plan
    return plan
  }

  set(key: string, plan: Plan): void {
    if (this.#plans.size >= bound) this.#plans.delete(this.#plans.keys().next().value!)
    this.#plans.set(key, plan)
  }

  get size(): number {
    return this.#plans.size
  }

  clear(): void {
    this.#plans.clear()
    this.#last = ''
    this.#lastPlan = undefined
  }
}
