import type { JugglerOptions } from '../model/options'
import type { ModelInstance } from '../model/types'
import type { PlainObject } from '../value/plain'

/** One validation of one property, as `Model.validations` lists it. */
export interface Validation extends PlainObject {
  readonly validation: string
  readonly message?: unknown
  readonly code?: unknown
  readonly allowNull?: boolean
  readonly allowBlank?: boolean
  readonly if?: unknown
  readonly unless?: unknown
  readonly options?: PlainObject
}

/** Tells a failure: its kind, where the validator has several, and its message where that is no fixed one. `false` fails without a message. */
export type Fail = (kind?: string | false, message?: string) => void

/** Checks one property of an instance; what it returns is awaited when it is a promise. */
export type Check = (instance: ModelInstance, fail: Fail, given: Checked) => unknown

export interface Checked {
  readonly property: string
  readonly rule: Validation
  readonly undefinedIsNull: boolean
  readonly options: JugglerOptions
}

/** Nothing, '', [] and NaN. */
export function isBlank(value: unknown): boolean {
  return value === undefined || value === null || value === '' || value !== value || (Array.isArray(value) && value.length === 0)
}

/** Fails for null and blank where they are not allowed; answers whether there is nothing further to check. */
function absent(value: unknown, fail: Fail, { rule, undefinedIsNull }: Checked): boolean {
  if (value === null || (value === undefined && undefinedIsNull)) {
    if (!rule.allowNull) fail('null')
    return true
  }
  // What is no number is not nothing, except in LoopBack 2.
  if (!isBlank(value) || (Number.isNaN(value) && !undefinedIsNull)) return false
  if (!rule.allowBlank) fail('blank')
  return true
}

/** A check that has nothing to say about nothing. */
function present(check: (value: unknown, fail: Fail, rule: Validation) => void): Check {
  return (instance, fail, given) => {
    const value = instance[given.property]
    if (!absent(value, fail, given)) check(value, fail, given.rule)
  }
}

function listed(rule: Validation, value: unknown): boolean {
  return Array.isArray(rule.in) && rule.in.includes(value)
}

/** The validators that need no store. */
export const checks: Readonly<Record<string, Check>> = Object.freeze({
  presence: (instance, fail, { property }) => {
    if (isBlank(instance[property])) fail()
  },
  absence: (instance, fail, { property }) => {
    if (!isBlank(instance[property])) fail()
  },
  length: present((value, fail, { min, max, is }) => {
    const { length } = value as { length: number }
    if (typeof min === 'number' && min && length < min) fail('min')
    if (typeof max === 'number' && max && length > max) fail('max')
    if (typeof is === 'number' && is && length !== is) fail('is')
  }),
  numericality: present((value, fail, rule) => {
    if (typeof value !== 'number' || Number.isNaN(value)) return fail('number')
    if (rule.int && !Number.isInteger(value)) fail('int')
  }),
  inclusion: present((value, fail, rule) => {
    if (!listed(rule, value)) fail()
  }),
  exclusion: present((value, fail, rule) => {
    if (listed(rule, value)) fail()
  }),
  format: present((value, fail, rule) => {
    const pattern =
      rule.with instanceof RegExp ? new RegExp(rule.with.source, rule.with.flags.replace(/[gy]/g, '')) : new RegExp(String(rule.with))
    if (typeof value !== 'string' || !pattern.test(value)) fail()
  }),
  date: (instance, fail, { property }) => {
    const value = instance[property]
    if (value === null || value === undefined) return
    if (!(value instanceof Date) || Number.isNaN(value.getTime())) fail()
  },
})

const messages: Readonly<Record<string, string | Readonly<Record<string, string>>>> = Object.freeze({
  presence: "can't be blank",
  absence: "can't be set",
  'unknown-property': 'is not defined in the model',
  length: { min: 'too short', max: 'too long', is: 'length is wrong' },
  numericality: { int: 'is not an integer', number: 'is not a number' },
  inclusion: 'is not included in the list',
  exclusion: 'is reserved',
  uniqueness: 'is not unique',
  date: 'is not a valid date',
  common: { blank: 'is blank', null: 'is null' },
})

/** The message of a failure: the rule's own, for its kind where there is one, else LoopBack's. */
export function messageOf(rule: Validation, kind: string | undefined, plainCounts: boolean): string {
  const own = rule.message
  if (kind === undefined) return typeof own === 'string' ? own : (textAt(messages[rule.validation]) ?? 'is invalid')
  if (typeof own === 'object' && own !== null && typeof (own as PlainObject)[kind] === 'string')
    return (own as Record<string, string>)[kind]!
  if (plainCounts && typeof own === 'string') return own
  return textAt(messages[rule.validation], kind) ?? textAt(messages.common, kind) ?? 'is invalid'
}

function textAt(entry: string | Readonly<Record<string, string>> | undefined, kind?: string): string | undefined {
  if (typeof entry === 'object') return kind === undefined ? undefined : entry[kind]
  return kind === undefined ? entry : undefined
}
