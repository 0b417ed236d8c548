import type { PlainObject } from '../value/plain'

/** How many of the related rows have to meet a condition. */
export type Quantifier = 'some' | 'every' | 'none'

const quantifiers: readonly Quantifier[] = ['some', 'every', 'none']

/** The quantifiers that a condition on related rows names; without any it is one of `some`. */
export function quantifiersIn(value: PlainObject): readonly Quantifier[] {
  return quantifiers.filter((quantifier) => Object.hasOwn(value, quantifier))
}
