import type { Data } from './infer'
import type { Instance } from './instance'

/** What every validation takes beside its own options. */
interface Rule<D, M> {
  readonly message?: string | Readonly<Record<string, string>>
  readonly code?: string
  readonly allowNull?: boolean
  readonly allowBlank?: boolean
  readonly if?: string | ((this: Instance<D, never, M>) => boolean)
  readonly unless?: string | ((this: Instance<D, never, M>) => boolean)
}

type Name<D, M> = keyof Data<D, M> & string

/** Marks the property as invalid; `kind` chooses among messages, false adds none. */
type Fail = (kind?: string | false) => void

/** Validations; each takes names of properties and, last, its options. */
export interface Validates<D, M> {
  validatesPresenceOf(...args: (Name<D, M> | Rule<D, M>)[]): void
  validatesAbsenceOf(...args: (Name<D, M> | Rule<D, M>)[]): void
  validatesLengthOf(name: Name<D, M>, rule: Rule<D, M> & { readonly min?: number; readonly max?: number; readonly is?: number }): void
  validatesNumericalityOf(name: Name<D, M>, rule?: Rule<D, M> & { readonly int?: boolean }): void
  validatesInclusionOf(name: Name<D, M>, rule: Rule<D, M> & { readonly in: readonly unknown[] }): void
  validatesExclusionOf(name: Name<D, M>, rule: Rule<D, M> & { readonly in: readonly unknown[] }): void
  validatesFormatOf(name: Name<D, M>, rule: Rule<D, M> & { readonly with: RegExp }): void
  validatesUniquenessOf(
    name: Name<D, M>,
    rule?: Rule<D, M> & { readonly scopedTo?: readonly Name<D, M>[]; readonly ignoreCase?: boolean },
  ): void
  validatesDateOf(name: Name<D, M>, rule?: Rule<D, M>): void
  validate(name: string, check: (this: Instance<D, never, M>, fail: Fail) => void, rule?: Rule<D, M>): void
  validateAsync(name: string, check: (this: Instance<D, never, M>, fail: Fail, done: () => void) => unknown, rule?: Rule<D, M>): void
}
