import { report, stepOf, type Done, type Handler } from './legacy'
import { phaseError } from './phase-error'
import { isThenable, sequence, together, type Step } from './step'

/** Options of a phase. */
export interface PhaseOptions {
  /** Start the handlers of a group together. @default false */
  readonly parallel?: boolean
  readonly [other: string]: unknown
}

/**
 * A named slot of handlers in three groups: before, use, after.
 *
 * @example
 * const phase = new Phase('auth')
 * phase.before((ctx, next) => next()).use(async (ctx) => { ctx.user = await load(ctx) })
 * await phase.run({})
 */
export class Phase {
  /** Name of the phase, unique in a list. */
  readonly id: string
  readonly options: PhaseOptions
  /** Handlers of the three groups in order; outward views, read on every run. */
  readonly beforeHandlers: Handler[] = []
  readonly handlers: Handler[] = []
  readonly afterHandlers: Handler[] = []

  /**
   * @param id name, or an object of the options with the name as `id`
   * @param options `parallel`, and whatever the owner wants to keep
   */
  constructor(id?: string | (PhaseOptions & { readonly id: string }), options?: PhaseOptions) {
    this.id = typeof id === 'object' ? id.id : (id as string)
    this.options = (typeof id === 'object' ? id : options) ?? {}
  }

  /** Adds a handler to the middle group. @example phase.use((ctx, next) => next()) */
  use(handler: Handler): this {
    return this.#add(this.handlers, handler)
  }

  /** Adds a handler that runs before the middle group. @example phase.before((ctx, next) => next()) */
  before(handler: Handler): this {
    return this.#add(this.beforeHandlers, handler)
  }

  /** Adds a handler that runs after the middle group. @example phase.after((ctx, next) => next()) */
  after(handler: Handler): this {
    return this.#add(this.afterHandlers, handler)
  }

  /**
   * Runs before, use and after handlers; the first error ends the run.
   *
   * @param ctx handed to every handler; may be left out before a callback
   * @param callback told the error or null, at once when every handler was over at once
   * @returns a promise when no callback is given
   * @example await phase.run(ctx)
   */
  run(callback: Done): void
  run(ctx: unknown, callback: Done): void
  run(ctx?: unknown): Promise<void>
  run(ctx?: unknown, callback?: Done): Promise<void> | void {
    if (typeof ctx === 'function' && callback === undefined) return this.run(undefined, ctx as Done)
    if (callback) return report(() => phaseStep(this)(ctx), callback)
    return runAsync(phaseStep(this), ctx)
  }

  toString(): string {
    return String(this.id)
  }

  #add(group: Handler[], handler: Handler): this {
    if (typeof handler !== 'function') {
      throw phaseError(
        'PHASE_HANDLER_INVALID',
        `A handler of phase "${this.id}" must be a function, not ${handler === null ? 'null' : typeof handler}.`,
      )
    }
    group.push(handler)
    return this
  }
}

/** The step that a phase is right now; handlers added later are not in it. */
export function phaseStep(phase: Phase): Step<unknown> {
  const join = phase.options.parallel ? together : sequence
  const groups = [phase.beforeHandlers, phase.handlers, phase.afterHandlers].filter((group) => group.length > 0)
  return sequence(groups.map((group) => join(group.map(stepOf))))
}

/** Runs a step whose throw must arrive as a rejection. */
export async function runAsync(step: Step<unknown>, ctx: unknown): Promise<void> {
  const returned = step(ctx)
  if (isThenable(returned)) await returned
}
