import { errors } from '../errors'
import type { GuardAction, GuardAllowed, GuardHop, JugglerOptions } from '../model/options'
import type { ModelRuntime } from '../model/runtime'
import { kGuard } from '../symbols'

/** What a guard is asked about one entity. */
export interface GuardQuestion {
  readonly action: GuardAction
  readonly paths: readonly string[]
  readonly hop?: GuardHop
}

const everything: GuardAllowed = Object.freeze({})

/** Asks the guard of a call about one entity. Throws AUTHORIZATION_REQUIRED when it says no. */
export async function askGuard(model: ModelRuntime, question: GuardQuestion, options: JugglerOptions): Promise<GuardAllowed> {
  const guard = options[kGuard]
  if (!guard) return everything
  const answer = await guard(model.name, question.action, question.paths, question.hop)
  if (answer === true) return everything
  if (answer === false || answer === undefined || answer === null) throw errors.AUTHORIZATION_REQUIRED()
  return answer
}

/** The options of a call without its guard: for queries that are ours. */
export function unguarded(options: JugglerOptions): JugglerOptions {
  if (!options[kGuard]) return options
  const { [kGuard]: _, ...rest } = options
  return rest
}
