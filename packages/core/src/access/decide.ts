import { then, type Awaitable } from './awaitable'
import { allows, type Rule } from './rule'

/** Conditions of a filter. */
export type Condition = Readonly<Record<string, unknown>>

/** What a decision is about: everything, nothing, or rows that meet a condition. */
export type Outcome = boolean | Condition

/** Whether a rule is about a caller and rows: yes, no, for some rows, or (no answer) against the caller. */
export type Applies = Outcome | undefined

/**
 * Walks rules, the best match first: of those that are about the caller and a row, the first decides. What holds for some rows only, because
 * a rule has a `where` or is about owners, becomes a condition.
 *
 * @param rules in descending order of their scores
 * @param applies whether a rule is about the caller
 * @param fallback what holds where no rule decides
 */
export function decide(rules: readonly Rule[], applies: (rule: Rule) => Awaitable<Applies>, fallback: boolean): Awaitable<Outcome> {
  return from(0)

  function from(start: number): Awaitable<Outcome> {
    for (let index = start; index < rules.length; index++) {
      const applied = applies(rules[index]!)
      if (applied === false) continue
      return then(applied, (found) => take(index, found))
    }
    return fallback
  }

  function take(index: number, applied: Applies): Awaitable<Outcome> {
    const allowed = allows(rules[index]!)
    if (applied === undefined) return allowed ? from(index + 1) : false
    if (applied === false) return from(index + 1)
    if (applied === true) return allowed
    return then(from(index + 1), (rest) => (allowed ? either(applied, rest) : both(negated(applied), rest)))
  }
}

/** What holds where one of two does. */
function either(a: Outcome, b: Outcome): Outcome {
  if (a === true || b === true) return true
  if (a === false) return b
  return b === false ? a : { or: [a, b] }
}

/** What holds where both do. */
export function both(a: Outcome, b: Outcome): Outcome {
  if (a === false || b === false) return false
  if (a === true) return b
  return b === true ? a : { and: [a, b] }
}

/** What holds where another does not. */
function negated(outcome: Outcome): Outcome {
  return typeof outcome === 'boolean' ? !outcome : { nor: [outcome] }
}
