import type { Question, Trace } from '../text/operand'

interface Variant<T> {
  readonly questions: readonly Question[]
  readonly made: T
}

const most = 16

/** What was made for a shape, in as many variants as the values of its slots gave different answers; nearly always one. */
export class Plan<T> {
  readonly #make: (trace: Trace) => T
  readonly #variants: Variant<T>[] = []

  constructor(make: (trace: Trace) => T) {
    this.#make = make
  }

  /** The variant that fits the values, made when it is new. */
  for(values: readonly unknown[]): T {
    for (const variant of this.#variants) if (fits(variant, values)) return variant.made
    const questions: Question[] = []
    const made = this.#make({ values, questions })
    if (this.#variants.length === most) this.#variants.shift()
    this.#variants.push({ questions, made })
    return made
  }
}

function fits({ questions }: Variant<unknown>, values: readonly unknown[]): boolean {
  for (const { of, test, answer } of questions) if (test(of(values)) !== answer) return false
  return true
}
