import type { IncludePlan } from './plan'

/** Properties of the parents that an include needs. */
export function includeKeys(plan: IncludePlan | undefined): readonly string[] {
  return plan ? [...new Set(plan.flatMap((step) => step.needs))] : []
}
