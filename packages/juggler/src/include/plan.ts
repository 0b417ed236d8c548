import { errors } from '../errors'
import { checkFilterPart } from '../filter/plan'
import type { Filter } from '../filter/filter'
import type { JugglerOptions } from '../model/options'
import type { ModelRuntime } from '../model/runtime'
import type { RelationDefinition } from '../relations/relation-definition'
import { normalizeInclude } from './normalize'

/** One relation to load for all parents at once. */
export interface IncludeStep {
  readonly relation: RelationDefinition
  /** The caller's filter for the related rows. */
  readonly scope: Filter
  /** Properties of the parents that it needs. */
  readonly needs: readonly string[]
}

export type IncludePlan = readonly IncludeStep[]

/** Checks an include, at every depth, before anything is read. */
export function planInclude(model: ModelRuntime, include: unknown, options: JugglerOptions): IncludePlan | undefined {
  return planLevel(model, include, { options, depth: 1 })
}

interface Level {
  readonly options: JugglerOptions
  readonly depth: number
}

function planLevel(model: ModelRuntime, include: unknown, { options, depth }: Level): IncludePlan | undefined {
  const steps: IncludeStep[] = []
  const limit = model.limits.include.depth
  for (const { relation: name, scope } of normalizeInclude(include)) {
    if (depth > limit) throw errors.INCLUDE_TOO_DEEP({ limit })
    const relation = model.relation(name)
    if (!relation) throw errors.INCLUDE_UNKNOWN({ relation: name, model: model.name })
    if (relation.options.disableInclude) continue
    checkScope(relation, scope, { options, depth })
    steps.push({ relation, scope, needs: relation.includeNeeds })
  }
  return steps.length ? steps : undefined
}

/** The caller's part of a scope is judged under the limits and as far from outside as the call is. */
function checkScope(relation: RelationDefinition, scope: Filter, at: Level): void {
  const target = relation.target()
  if (!target) return
  checkFilterPart(target, scope, at.options.fromOutside === true)
  if (scope.include !== undefined) planLevel(target, scope.include, { ...at, depth: at.depth + 1 })
}
