import { report, type Done } from './legacy'
import { mergePhaseNameLists } from './merge-names'
import { Phase, phaseStep, runAsync } from './phase'
import { phaseError } from './phase-error'
import { sequence } from './step'
import type { Handler } from './legacy'

/** A phase, or the name of one to make. */
export type PhaseOrName = Phase | string

/**
 * An ordered list of phases with unique names.
 *
 * @example
 * const phases = new PhaseList()
 * phases.add(['initial', 'routes'])
 * phases.zipMerge(['initial', 'auth', 'routes'])
 * phases.registerHandler('auth:before', (ctx, next) => next())
 * await phases.run(ctx)
 */
export class PhaseList {
  #phases: Phase[] = []

  /** The first phase, or undefined. */
  first(): Phase | undefined {
    return this.#phases[0]
  }

  /** The last phase, or undefined. */
  last(): Phase | undefined {
    return this.#phases.at(-1)
  }

  /**
   * Appends a phase, or several in order.
   *
   * @returns what was added
   * @throws Error with code PHASE_EXISTS or PHASE_INVALID; phases of an array that came before the bad one stay added
   * @example phases.add(['initial', 'routes'])
   */
  add(phase: PhaseOrName): Phase
  add(phases: readonly PhaseOrName[]): Phase[]
  add(given: PhaseOrName | readonly PhaseOrName[]): Phase | Phase[] {
    if (isList(given)) return given.map((phase) => this.add(phase))
    return this.addAt(this.#phases.length, given)
  }

  /**
   * Inserts a phase.
   *
   * @param index position as `Array.prototype.splice` reads it
   * @throws Error with code PHASE_EXISTS or PHASE_INVALID
   * @example phases.addAt(0, 'initial')
   */
  addAt(index: number, given: PhaseOrName): Phase {
    const phase = typeof given === 'string' ? new Phase(given) : given
    if (!(phase instanceof Phase)) throw phaseError('PHASE_INVALID', 'Cannot add a non phase object to a PhaseList')
    if (this.find(phase.id)) throw phaseError('PHASE_EXISTS', `Phase "${phase.id}" already exists.`)
    this.#phases.splice(index, 0, phase)
    return phase
  }

  /**
   * Inserts a phase right after another.
   *
   * @throws Error with code PHASE_UNKNOWN, PHASE_EXISTS or PHASE_INVALID
   * @example phases.addAfter('auth', 'audit')
   */
  addAfter(id: string, phase: PhaseOrName): Phase {
    return this.addAt(this.#indexOf(id) + 1, phase)
  }

  /**
   * Inserts a phase right before another.
   *
   * @throws Error with code PHASE_UNKNOWN, PHASE_EXISTS or PHASE_INVALID
   * @example phases.addBefore('routes', 'parse')
   */
  addBefore(id: string, phase: PhaseOrName): Phase {
    return this.addAt(this.#indexOf(id), phase)
  }

  /**
   * Removes a phase.
   *
   * @returns the phase of that name that was removed, or null
   * @example phases.remove('auth')
   */
  remove(given: PhaseOrName): Phase | null {
    const phase = this.find(given instanceof Phase ? given.id : given)
    if (phase) this.#phases = this.#phases.filter((other) => other !== phase)
    return phase
  }

  /** The phase of a name, or null. @example phases.find('auth') */
  find(id: string): Phase | null {
    return this.#phases.find((phase) => phase.id === id) ?? null
  }

  /** The phase of a name, appended when it was not there. @example phases.findOrAdd('auth').use(handler) */
  findOrAdd(id: string): Phase {
    return this.find(id) ?? this.add(id)
  }

  /** The phases in order, as a new array. */
  toArray(): Phase[] {
    return [...this.#phases]
  }

  /** Names of the phases in order. */
  getPhaseNames(): string[] {
    return this.#phases.map((phase) => phase.id)
  }

  /**
   * Merges names into the list (see `mergePhaseNameLists`); phases that exist stay the same objects.
   *
   * @throws Error with code PHASE_ORDER_CONFLICT; the list is then unchanged
   * @example phases.zipMerge(['initial', 'auth', 'routes'])
   */
  zipMerge(names: readonly PhaseOrName[]): void {
    const given = new Map(names.map((name) => (name instanceof Phase ? [name.id, name] : [name, new Phase(name)])))
    const merged = mergePhaseNameLists(this.getPhaseNames(), [...names].map(String))
    this.#phases = merged.map((id) => this.find(id) ?? given.get(id)!)
  }

  /**
   * Adds a handler to a phase by name.
   *
   * @param name `auth`, `auth:before` or `auth:after`
   * @throws Error with code PHASE_UNKNOWN
   * @example phases.registerHandler('auth:after', (ctx, next) => next())
   */
  registerHandler(name: string, handler: Handler): void {
    const [, id, group = 'use'] = /^(.*?)(?::(before|after))?$/s.exec(name)!
    const phase = this.find(id!)
    if (!phase) throw phaseError('PHASE_UNKNOWN', `Unknown phase ${name}`)
    phase[group as 'before' | 'use' | 'after'](handler)
  }

  /**
   * Runs the phases in order; the first error ends the run.
   *
   * @param ctx handed to every handler; may be left out before a callback
   * @param callback told the error or null; on an empty list later, else at once when every handler was over at once
   * @returns a promise when no callback is given
   * @example await phases.run(ctx)
   */
  run(callback: Done): void
  run(ctx: unknown, callback: Done): void
  run(ctx?: unknown): Promise<void>
  run(ctx?: unknown, callback?: Done): Promise<void> | void {
    if (typeof ctx === 'function' && callback === undefined) return this.run(undefined, ctx as Done)
    const step = sequence(this.#phases.map((phase) => (at: unknown) => phaseStep(phase)(at)))
    if (!callback) return runAsync(step, ctx)
    if (this.#phases.length === 0) process.nextTick(callback)
    else report(() => step(ctx), callback)
  }

  #indexOf(id: string): number {
    const index = this.#phases.findIndex((phase) => phase.id === id)
    if (index === -1) throw phaseError('PHASE_UNKNOWN', `Unknown phase: ${id}`)
    return index
  }
}

function isList(given: PhaseOrName | readonly PhaseOrName[]): given is readonly PhaseOrName[] {
  return Array.isArray(given)
}
