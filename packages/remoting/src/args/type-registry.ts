import { errors } from '../errors'
import type { RemotingFlags } from '../compat'
import type { TypeName } from '../contract/type-name'
import { Dynamic } from './dynamic'
import { delimitersOf, listRule } from './list-rule'
import { builtInRules, objectOrList, rule, Unfit, type TypeRule } from './rules'

/** A type of an application's own, as LoopBack 3 defines it. */
export interface CustomType {
  fromTypedValue?(value: unknown, options?: unknown): unknown
  fromSloppyValue?(value: unknown, options?: unknown): unknown
  /** Returns an error (or throws one) for a value that is none. */
  validate?(value: unknown, options?: unknown): unknown
}

/** The types that arguments may have: the built-in ones and those that an application defines. */
export class TypeRegistry {
  readonly #builtIn: ReadonlyMap<string, TypeRule>
  readonly #custom = new Map<string, TypeRule>()
  readonly #scalarsFromLists: boolean
  readonly #delimiters: RegExp | undefined
  /** Counts changes; compiled methods compare it. */
  version = 0

  constructor(flags: RemotingFlags, arrayItemDelimiters?: unknown) {
    this.#builtIn = builtInRules(!flags.scalarsFromLists)
    this.#scalarsFromLists = flags.scalarsFromLists
    this.#delimiters = delimitersOf(arrayItemDelimiters)
  }

  /** Separators of list items in one text. */
  get delimiters(): RegExp | undefined {
    return this.#delimiters
  }

  /** Whether a type of this name is known. */
  has(name: string): boolean {
    return this.#builtIn.has(name) || this.isCustom(name)
  }

  /** Whether the application, or the process, defined a type of this name. */
  isCustom(name: string): boolean {
    return this.#custom.has(name) || Dynamic.isDefined(name)
  }

  /**
   * Defines a type.
   *
   * @param name as arguments name it
   * @param type converters from typed and from sloppy values and a check, or one function `(value) => converted`
   * @throws REMOTING_TYPE_TAKEN for `file`, REMOTING_TYPE_INVALID for anything but functions
   */
  define(name: string, type: CustomType | ((value: unknown) => unknown)): void {
    if (name.toLowerCase() === 'file') throw errors.REMOTING_TYPE_TAKEN({ name })
    this.#custom.set(name, typeof type === 'function' ? ruleOfFunction(type) : ruleOfType(name, type))
    this.version++
  }

  /** Defines a type of objects; the factory makes them from plain data. */
  defineObject(name: string, factory: (data: unknown) => unknown): void {
    const plain = this.#builtIn.get('object')!
    const make = (data: unknown) => (data instanceof Unfit || data === null || data === undefined ? data : factory(data))
    this.#custom.set(name, {
      scalar: false,
      sloppy: (value) => make(plain.sloppy(value)),
      typed: (value) => make(plain.typed(value)),
    })
    this.version++
  }

  /** Forgets a type. */
  delete(name: string): void {
    this.#custom.delete(name)
    this.version++
  }

  /** The rule of a type; an unknown name reads like `any`. */
  rule(type: TypeName, allowArray: boolean): TypeRule {
    if (typeof type !== 'string')
      return listRule(this.#single(type[0]), { scalarsFromLists: this.#scalarsFromLists, delimiters: this.#delimiters })
    if (!allowArray) return this.#single(type)
    const single = this.#single(type)
    return type === 'object'
      ? objectOrList
      : oneOrMany(single, listRule(single, { scalarsFromLists: this.#scalarsFromLists, delimiters: this.#delimiters }))
  }

  #single(name: string): TypeRule {
    const known = this.#custom.get(name) ?? this.#builtIn.get(name)
    if (known) return known
    return Dynamic.isDefined(name) ? ruleOfFunction((value) => Dynamic.getConverter(name)!(value)) : this.#builtIn.get('any')!
  }
}

function oneOrMany(one: TypeRule, many: TypeRule): TypeRule {
  return {
    scalar: false,
    sloppy: one.sloppy,
    typed: (value) => (Array.isArray(value) ? many.typed(value) : one.typed(value)),
  }
}

function ruleOfFunction(convert: (value: unknown) => unknown): TypeRule {
  return rule(false, (value) => value, convert)
}

function ruleOfType(name: string, type: CustomType): TypeRule {
  const { fromTypedValue, fromSloppyValue, validate } = type
  for (const member of [fromTypedValue, fromSloppyValue, validate]) {
    if (member !== undefined && typeof member !== 'function') {
      throw errors.REMOTING_TYPE_INVALID({ name, expected: 'functions fromTypedValue, fromSloppyValue and validate' })
    }
  }
  const checked = (made: unknown) => {
    const problem = made instanceof Unfit || made === undefined ? undefined : validate?.call(type, made)
    return problem instanceof Error ? new Unfit(problem.message, true) : made
  }
  return {
    scalar: false,
    sloppy: (value) => checked(fromSloppyValue ? unwrap(fromSloppyValue.call(type, value)) : value),
    typed: (value) => checked(fromTypedValue ? unwrap(fromTypedValue.call(type, value)) : value),
  }
}

/** Converters of LoopBack 3 answer `{ value }` or `{ error }`; ours may give the value itself. */
function unwrap(answer: unknown): unknown {
  if (typeof answer !== 'object' || answer === null) return answer
  const { value, error } = answer as { value?: unknown; error?: unknown }
  if (error instanceof Error) return new Unfit(error.message)
  return 'value' in answer && Object.keys(answer).length === 1 ? value : answer
}
