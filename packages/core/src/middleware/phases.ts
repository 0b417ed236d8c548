import { mergePhaseNameLists } from '@reloop/phase'
import { errors } from '../errors'

/** LoopBack's phases of a request. */
const usual = ['initial', 'session', 'auth', 'parse', 'routes', 'files', 'final']

/** Where handlers stand that name no phase: right before the main part of `routes`. */
export const unphased = '(none)'

/** The phases of an application in order, each with a part before and a part after it. */
export class Phases {
  #names: string[] = [...usual]

  /**
   * Adds phases: a list is merged so that both orders hold; a name alone goes where LoopBack puts it, before `parse`.
   *
   * @throws PHASE_ORDER_CONFLICT where the orders contradict each other
   */
  define(given: string | readonly string[]): void {
    if (typeof given !== 'string') this.#names = mergePhaseNameLists(this.#names, given)
    else if (!this.#names.includes(given)) this.#names.splice(Math.max(0, this.#names.indexOf('routes') - 1), 0, given)
  }

  /**
   * The place of a phase.
   *
   * @param phase a name, optionally with `:before` or `:after`
   * @throws APP_PHASE_INVALID for anything but text, APP_PHASE_UNKNOWN
   */
  placeOf(phase: unknown): string {
    if (typeof phase !== 'string' || phase === '') throw errors.APP_PHASE_INVALID({ given: String(phase) })
    const [, name = phase] = /^(.+):(?:before|after)$/.exec(phase) ?? []
    if (!this.#names.includes(name)) throw errors.APP_PHASE_UNKNOWN({ phase: name })
    return phase
  }

  /** All places in the order in which a request passes them. */
  places(): readonly string[] {
    return this.#names.flatMap((name) => [`${name}:before`, ...(name === 'routes' ? [unphased] : []), name, `${name}:after`])
  }
}
