import { phaseError } from './phase-error'
import { sequence, type Step } from './step'

/** What goes around a compiled pipeline: does its own work and calls `run`. */
export type Wrap<C> = (ctx: C, run: () => Promise<void>) => Promise<void>

/** One phase as `describe` shows it. */
export interface PhaseDescription<P extends string = string> {
  readonly phase: P
  /** Names of the steps in order of execution. */
  readonly steps: readonly string[]
}

interface Named<C> {
  readonly name: string
  readonly step: Step<C>
}

/**
 * Named phases of flat steps, compiled once into one function.
 *
 * Order of registration is order of execution, also in phases that come after the core. An empty phase costs nothing.
 *
 * @example
 * const pipeline = new Pipeline<Context, 'before' | 'invoke' | 'after'>(['before', 'invoke', 'after'])
 * pipeline.use('before', checkToken)
 * const run = pipeline.compile({ phase: 'invoke', step: callMethod })
 * await run(ctx)
 */
export class Pipeline<C, P extends string> {
  readonly #phases: ReadonlyMap<P, Named<C>[]>
  readonly #compiled = new Map<P, Step<C>>()
  readonly #wraps: Wrap<C>[] = []
  #version = 0

  /**
   * @param phases names of the phases in order
   * @throws Error with code PHASE_EXISTS when a name comes twice
   */
  constructor(phases: readonly P[]) {
    const made = new Map<P, Named<C>[]>()
    for (const phase of phases) {
      if (made.has(phase)) throw phaseError('PHASE_EXISTS', `Phase "${phase}" already exists.`)
      made.set(phase, [])
    }
    this.#phases = made
  }

  /** Grows with every change, so that who keeps a compiled step can see that it is out of date. */
  get version(): number {
    return this.#version
  }

  /**
   * Adds a step at the end of a phase.
   *
   * @param phase name of the phase
   * @param step function of the context; may return nothing
   * @param name what `describe` shows. @default the function's name, or 'anonymous'
   * @throws Error with code PHASE_UNKNOWN
   * @example pipeline.use('before', (ctx) => { ctx.startedAt = Date.now() }, 'clock')
   */
  use(phase: P, step: Step<C>, name: string = step.name || 'anonymous'): this {
    this.#steps(phase).push({ name, step })
    return this.#changed(phase)
  }

  /**
   * Takes a step out of a phase, wherever it was added first.
   *
   * @returns whether it was there
   * @throws Error with code PHASE_UNKNOWN
   * @example pipeline.remove('before', checkToken) // true
   */
  remove(phase: P, step: Step<C>): boolean {
    const steps = this.#steps(phase)
    const index = steps.findIndex((named) => named.step === step)
    if (index === -1) return false
    steps.splice(index, 1)
    this.#changed(phase)
    return true
  }

  /**
   * Puts a function around everything that `compile` makes: for transactions, tracing and time-outs, and nothing else.
   *
   * The function added first is the outermost. `run(phase)` is not wrapped.
   *
   * @param fn gets the context and `run`, which rejects with what a step threw
   * @example pipeline.wrap(async (ctx, run) => { const span = start(); try { await run() } finally { span.end() } })
   */
  wrap(fn: Wrap<C>): this {
    this.#wraps.push(fn)
    this.#version++
    return this
  }

  /**
   * Whether a phase has steps.
   *
   * @throws Error with code PHASE_UNKNOWN
   * @example if (pipeline.has('persist')) await pipeline.run('persist', ctx)
   */
  has(phase: P): boolean {
    return this.#steps(phase).length > 0
  }

  /**
   * Runs the steps of one phase.
   *
   * @returns nothing when all of its steps returned nothing, else a promise
   * @throws what a step throws (or rejects with it), and Error with code PHASE_UNKNOWN
   * @example await pipeline.run('before save', ctx)
   */
  run(phase: P, ctx: C): void | Promise<void> {
    let step = this.#compiled.get(phase)
    if (step === undefined) {
      step = sequence(this.#steps(phase).map((named) => named.step))
      this.#compiled.set(phase, step)
    }
    return step(ctx)
  }

  /**
   * Flattens all phases into one step; later changes of the pipeline do not reach it (see `version`).
   *
   * @param core the step that the pipeline is about, run last in its phase; may be left out
   * @returns a step that returns nothing when all of its steps did and nothing is wrapped around it
   * @throws Error with code PHASE_UNKNOWN
   * @example const run = pipeline.compile({ phase: 'invoke', step: callMethod })
   */
  compile(core?: { readonly phase: P; readonly step: Step<C> }): Step<C> {
    if (core) this.#steps(core.phase)
    const flat: Step<C>[] = []
    for (const [phase, steps] of this.#phases) {
      for (const { step } of steps) flat.push(step)
      if (phase === core?.phase) flat.push(core.step)
    }
    return this.#wraps.reduceRight<Step<C>>((inner, wrap) => (ctx) => wrap(ctx, async () => inner(ctx)), sequence(flat))
  }

  /**
   * The phases in order with the names of their steps.
   *
   * @example pipeline.describe() // [{ phase: 'auth', steps: ['acl'] }, …]
   */
  describe(): readonly PhaseDescription<P>[] {
    return [...this.#phases].map(([phase, steps]) => ({ phase, steps: steps.map((named) => named.name) }))
  }

  #steps(phase: P): Named<C>[] {
    const steps = this.#phases.get(phase)
    if (steps === undefined) throw phaseError('PHASE_UNKNOWN', `Unknown phase: ${phase}`)
    return steps
  }

  #changed(phase: P): this {
    this.#compiled.delete(phase)
    this.#version++
    return this
  }
}
