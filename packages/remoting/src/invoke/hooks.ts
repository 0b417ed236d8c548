import { errors } from '../errors'
import { stepFromHook, type Step, type UserFunction } from '../legacy'
import { hookPattern, type Pattern } from './pattern'

/** When a hook runs. */
export type HookKind = 'before' | 'after' | 'afterError'

interface Hook {
  readonly pattern: Pattern
  readonly step: Step
}

/** The hooks of all methods. Names are matched when a method is compiled, never per call. */
export class Hooks {
  readonly #hooks: Record<HookKind, Hook[]> = { before: [], after: [], afterError: [] }

  /**
   * Adds a hook.
   *
   * @param kind when it runs
   * @param name `Class.method`, `Class.prototype.method`, with `*` for one segment and `**` for any number
   * @param fn the user's function
   */
  add(kind: HookKind, name: string, fn: UserFunction): void {
    if (typeof fn !== 'function') throw errors.REMOTING_HOOK_INVALID({ name })
    this.#hooks[kind].push({ pattern: hookPattern(name), step: stepFromHook(fn) })
  }

  /** The steps for a method: exact names first, then `*`, then `**`; in order of registration where names are alike. */
  matching(kind: HookKind, methodString: string): Step[] {
    return this.#hooks[kind]
      .filter(({ pattern }) => pattern.matches(methodString))
      .sort((a, b) => (a.pattern.rank < b.pattern.rank ? -1 : a.pattern.rank > b.pattern.rank ? 1 : 0))
      .map(({ step }) => step)
  }
}
