/** How an attempt ended: it counts, it clears the count, or it is as if it had not been. */
export type Outcome = 'failed' | 'passed' | 'void'

/** An attempt that was let through; it counts from the start, so that many at once cannot pass together. */
export interface Attempt {
  end(outcome: Outcome): Promise<void>
}

/** How many failures are too many, and in which time (milliseconds). */
export interface AttemptBound {
  readonly limit: number
  readonly window: number
}

/**
 * Counts attempts. Exact at any concurrency: no more than `limit` are let through before the first of them has passed.
 */
export interface AttemptStore {
  /**
   * Lets an attempt through, or says in how many milliseconds to come again.
   *
   * @param key what is counted: an account or an address, and for what
   * @param bound how many, in which time
   */
  begin(key: string, bound: AttemptBound): Promise<Attempt | number>
}

interface Count {
  failed: number
  pending: number
  until: number
  /** Attempts that wait until one that is under way ends. */
  readonly waiting: (() => void)[]
}

/** More keys than this are not remembered; those that have counted longest are forgotten first. */
const mostKeys = 100_000

/**
 * Makes a store of attempts in this process.
 *
 * @param now the clock, for tests
 * @example app.set('attemptStore', attemptsInProcess())
 */
export function attemptsInProcess(now: () => number = Date.now): AttemptStore {
  const counts = new Map<string, Count>()
  return {
    async begin(key, { limit, window }) {
      for (;;) {
        const count = current(counts, { key, window, now: now() })
        if (count.failed >= limit) return Math.max(1, count.until - now())
        if (count.failed + count.pending < limit) return letThrough(counts, key, count)
        await new Promise<void>((resolve) => count.waiting.push(resolve))
      }
    },
  }
}

function current(counts: Map<string, Count>, at: { readonly key: string; readonly window: number; readonly now: number }): Count {
  const known = counts.get(at.key)
  if (known && (known.until > at.now || known.pending > 0)) return known
  counts.delete(at.key)
  if (counts.size >= mostKeys) forgetSome(counts, at.now)
  const made = { failed: 0, pending: 0, until: at.now + at.window, waiting: [] }
  counts.set(at.key, made)
  return made
}

/** Keys are in the order in which their windows began. */
function forgetSome(counts: Map<string, Count>, now: number): void {
  let more = Math.ceil(mostKeys / 10)
  for (const [key, count] of counts) {
    if (count.pending > 0) continue
    if (count.until > now && more-- <= 0) return
    counts.delete(key)
  }
}

function letThrough(counts: Map<string, Count>, key: string, count: Count): Attempt {
  count.pending++
  return {
    async end(outcome) {
      count.pending--
      if (outcome === 'failed') count.failed++
      if (outcome === 'passed') count.failed = 0
      if (count.failed === 0 && count.pending === 0) counts.delete(key)
      for (const wake of count.waiting.splice(0)) wake()
    },
  }
}
