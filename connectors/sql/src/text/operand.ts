import { bindValue, isSlot } from '@reloop/connector'
import { place, type Bind, type Sql } from './sql'

/** Something that was asked of a value while a statement was made; the statement fits values that answer alike. */
export interface Question {
  readonly of: Bind
  readonly test: (value: unknown) => boolean
  readonly answer: boolean
}

/** What a statement is being made for: the values of this time, and what the text came to depend on. */
export interface Trace {
  readonly values: readonly unknown[]
  readonly questions: Question[]
}

/** The value side of a comparison: known already, or bound later. */
export class Operand {
  readonly #trace: Trace
  readonly #of: Bind
  readonly #open: boolean

  constructor(trace: Trace, value: unknown, of?: Bind) {
    this.#trace = trace
    this.#open = of !== undefined || isSlot(value) || bindValue(value, trace.values) !== value
    this.#of = of ?? reader(value)
  }

  /**
   * Asks something of the value that the text of the statement depends on. A statement whose values answer differently is made anew and kept
   * beside this one, so ask only what has few answers.
   *
   * @param test function of the value; it must not depend on anything else
   */
  is(test: (value: unknown) => boolean): boolean {
    const answer = test(this.#of(this.#trace.values))
    if (this.#open) this.#trace.questions.push({ of: this.#of, test, answer })
    return answer
  }

  /**
   * A place for the value in the text.
   *
   * @param encode what the driver is given for the value; left out: the value itself
   */
  bind(encode?: (value: unknown) => unknown): Sql {
    const of = this.#of
    if (!encode) return place(of)
    if (this.#open) return place((values) => encode(of(values)))
    const constant = encode(of([]))
    return place(() => constant)
  }

  /**
   * The operand that comes out of this one, such as a pattern out of a text.
   *
   * @param change function of the value
   */
  map(change: (value: unknown) => unknown): Operand {
    const of = this.#of
    return this.#open ? new Operand(this.#trace, undefined, (values) => change(of(values))) : new Operand(this.#trace, change(of([])))
  }
}

function reader(value: unknown): Bind {
  if (isSlot(value)) {
    const { slot } = value
    return (values) => values[slot]
  }
  return (values) => bindValue(value, values)
}
