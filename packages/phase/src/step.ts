/** One thing to do with a context. It may return nothing: only promises are waited for. */
export type Step<C> = (ctx: C) => void | Promise<void>

/**
 * Makes one step of several, run in order; the first throw or rejection ends the run.
 *
 * No step compiles to one that does nothing, a single step to itself; steps that return nothing cost no tick.
 */
export function sequence<C>(steps: readonly Step<C>[]): Step<C> {
  const [first] = steps
  if (first === undefined) return nothing
  if (steps.length === 1) return first
  const fixed = [...steps]
  return (ctx) => {
    for (let index = 0; index < fixed.length; index++) {
      const returned = fixed[index]!(ctx)
      if (returned !== undefined && isThenable(returned)) return rest(returned, { steps: fixed, ctx, from: index + 1 })
    }
  }
}

/** Makes one step of several, started together; the first error wins and the others are left to finish unheard. */
export function together<C>(steps: readonly Step<C>[]): Step<C> {
  if (steps.length < 2) return sequence(steps)
  const fixed = [...steps]
  return (ctx) => {
    const pending: PromiseLike<void>[] = []
    for (const step of fixed) {
      const returned = step(ctx)
      if (isThenable(returned)) pending.push(returned)
    }
    if (pending.length > 0) return Promise.all(pending).then(nothing)
  }
}

/** Whether a value is a promise, or something that can be awaited as one. */
export function isThenable(value: unknown): value is PromiseLike<void> {
  return (
    (typeof value === 'object' || typeof value === 'function') && value !== null && typeof (value as { then?: unknown }).then === 'function'
  )
}

async function rest<C>(pending: PromiseLike<void>, run: { steps: readonly Step<C>[]; ctx: C; from: number }): Promise<void> {
  await pending
  for (let index = run.from; index < run.steps.length; index++) {
    const returned = run.steps[index]!(run.ctx)
    if (returned !== undefined && isThenable(returned)) await returned
  }
}

function nothing(): void {}
