import { fromCallback } from '@reloop/callback'
import { errors } from '../errors'
import { extra } from '../model/instance'
import { noOptions, type JugglerOptions } from '../model/options'
import { isPromise } from '../operations/begin'
import { kModel } from '../symbols'
import { isPlainObject, type PlainObject } from '../value/plain'
import type { ModelConstructor, ModelInstance } from '../model/types'
import { userChecks } from './compile'
import type { Check, Validation } from './rules'
import { check } from './validate'

type Validator = (this: unknown, fail: (kind?: string | false) => void, done?: () => void) => unknown

/** Adds a validation to the class's own list. */
function add(Model: ModelConstructor, properties: readonly string[], validation: Validation, userCheck?: Check): void {
  if (!Object.hasOwn(Model, 'validations')) {
    Object.defineProperty(Model, 'validations', { value: {}, writable: true, configurable: true, enumerable: true })
  }
  const map = Model.validations as Record<string, Validation[]>
  for (const property of properties) {
    const own = { ...validation }
    if (userCheck) userChecks.set(own, userCheck)
    ;(map[property] ??= []).push(own)
  }
  Model[kModel].invalidate()
}

function definer(validation: string) {
  return function (this: ModelConstructor, ...args: unknown[]): void {
    const last = args.at(-1)
    const options = isPlainObject(last) ? last : {}
    const properties = args.filter((arg): arg is string => typeof arg === 'string')
    if (properties.length === 0)
      throw errors.VALIDATOR_INVALID({ model: this.modelName, property: '', problem: 'Expected the name of a property' })
    add(this, properties, { ...options, validation, options })
  }
}

function plainCheck(fn: Validator): Check {
  return (instance, fail, given) => fn.call(instance, fail, given.options as never)
}

/** `fn(err, done)`: failures are told through `err`, the end through `done` or a promise. */
function asyncCheck(fn: Validator): Check {
  return (instance, fail, given) => {
    const run = fromCallback<[unknown]>(function (this: unknown, failed: unknown, done: unknown) {
      return fn.call(this, failed as never, done as never)
    }, 1)
    return fn.length > 1 ? run.call(instance, fail) : fn.call(instance, fail, given.options as never)
  }
}

export const validationStatics = {
  validatesPresenceOf: definer('presence'),
  validatesAbsenceOf: definer('absence'),
  validatesLengthOf: definer('length'),
  validatesNumericalityOf: definer('numericality'),
  validatesInclusionOf: definer('inclusion'),
  validatesExclusionOf: definer('exclusion'),
  validatesFormatOf: definer('format'),
  validatesUniquenessOf: definer('uniqueness'),
  validatesDateOf: definer('date'),

  validate(this: ModelConstructor, property: string, fn: Validator, options: PlainObject = {}): void {
    requireFunction(this, property, fn)
    add(this, [property], { ...options, validation: 'custom', customValidator: fn, options }, plainCheck(fn))
  },

  validateAsync(this: ModelConstructor, property: string, fn: Validator, options: PlainObject = {}): void {
    requireFunction(this, property, fn)
    add(this, [property], { ...options, validation: 'customAsync', isAsync: true, customValidator: fn, options }, asyncCheck(fn))
  },
}

function requireFunction(Model: ModelConstructor, property: string, fn: unknown): void {
  if (typeof fn !== 'function') throw errors.VALIDATOR_INVALID({ model: Model.modelName, property, problem: 'Expected a function' })
}

type Told = (this: unknown, valid: boolean) => void

export const validationPrototype = {
  /** Answers whether the instance is valid: at once, unless a validator has to wait; then through the callback or a promise. */
  isValid(
    this: ModelInstance,
    callback?: Told | PlainObject,
    data?: unknown,
    options?: JugglerOptions,
  ): boolean | undefined | Promise<boolean> {
    const told = typeof callback === 'function' ? callback : undefined
    const result = check(this, isPlainObject(options) ? options : noOptions)
    if (!isPromise(result)) {
      if (result) extra(this).errors = false
      if (told) process.nextTick(() => told.call(this, result))
      return result
    }
    const later = Promise.resolve(result).then((valid) => {
      if (valid) extra(this).errors = false
      return valid
    })
    if (!told) return later
    void later.then((valid) => process.nextTick(() => told.call(this, valid)))
    return undefined
  },
}
