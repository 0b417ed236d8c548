import type { JugglerOptions } from '../model/options'
import { runModelHook } from '../hooks/legacy-model-hooks'
import { extra } from '../model/instance'
import type { ModelRuntime } from '../model/runtime'
import type { ModelInstance } from '../model/types'
import { isPromise } from '../operations/begin'
import { kData, kExtra, kModel, kPersisted } from '../symbols'
import { Failures } from './error-list'
import { validationsOf, type Rule } from './compile'
import { isBlank, messageOf, type Fail } from './rules'
import { ValidationError } from './validation-error'

/** Checks an instance and sets its `errors`; answers at once when no rule has to wait. */
export function check(instance: ModelInstance, options: JugglerOptions): boolean | Promise<boolean> {
  return instance[kModel].has.modelHooks ? checkWithHooks(instance, options) : checkRules(instance, options)
}

function checkRules(instance: ModelInstance, options: JugglerOptions): boolean | Promise<boolean> {
  const model = instance[kModel]
  const failures = new Failures()
  const waiting: PromiseLike<unknown>[] = []
  checkDeclared(instance, model, failures)
  for (const rule of validationsOf(model, check).rules) {
    if (isSkipped(instance, rule)) continue
    const result = rule.check(instance, failing(rule, model, failures), {
      property: rule.property,
      rule: rule.validation,
      undefinedIsNull: model.flags.undefinedIsNull,
      options,
    })
    if (isPromise(result)) waiting.push(result)
  }
  if (waiting.length === 0) return conclude(instance, failures)
  return Promise.all(waiting).then(() => conclude(instance, failures))
}

function conclude(instance: ModelInstance, failures: Failures): boolean {
  if (failures.some || instance[kExtra]?.errors) extra(instance).errors = failures.some ? failures.list() : false
  return !failures.some
}

/** What the definition itself says: types, unknown properties, ids that only the store gives. */
function checkDeclared(instance: ModelInstance, model: ModelRuntime, failures: Failures): void {
  const { compiled, flags } = model
  const unknown = instance[kExtra]?.unknownProperties
  if (unknown) for (const name of unknown) failures.add(name, 'is not defined in the model', 'unknown-property')
  if (!instance[kPersisted] && compiled.forceId && !isBlank(instance[kData][compiled.id!.name]))
    failures.add(compiled.id!.name, "can't be set", 'absence')
  if (!flags.keepInvalid && !flags.keepInvalidDates) return
  for (const property of flags.keepInvalid ? compiled.properties : compiled.complex) {
    if (!flags.keepInvalid && property.kind !== 'date') continue
    const value = instance[kData][property.name]
    if (value === undefined || value === null || (property.required && isBlank(value))) continue
    const problem = property.problem(value)
    if (problem) failures.add(property.name, problem, property.kind === 'date' ? 'date' : 'type')
  }
}

function failing({ property, validation }: Rule, model: ModelRuntime, failures: Failures): Fail {
  return (kind, message) => {
    if (kind === false) return failures.fail()
    const base =
      typeof validation.code === 'string' ? validation.code : validation.validation === 'customAsync' ? 'custom' : validation.validation
    failures.add(property, message ?? messageOf(validation, kind, model.flags.plainMessages), kind ? `${base}.${kind}` : base)
  }
}

function isSkipped(instance: ModelInstance, { validation }: Rule): boolean {
  const { if: when, unless } = validation
  if (when !== undefined && holds(instance, when) === false) return true
  return unless !== undefined && holds(instance, unless) !== false
}

/** What a condition says; an unknown name says nothing, which counts as yes. */
function holds(instance: ModelInstance, condition: unknown): boolean | undefined {
  if (typeof condition === 'function') return Boolean((condition as () => unknown).call(instance))
  if (typeof condition !== 'string') return undefined
  if (instance[kModel].compiled.byName.has(condition)) return Boolean(instance[condition])
  const method = instance[condition]
  if (typeof method === 'function') return Boolean((method as () => unknown).call(instance))
  return method === undefined ? undefined : Boolean(method)
}

/** Whether an operation validates: the caller's word, then the model's. */
export function wantsValidation(model: ModelRuntime, options: JugglerOptions): boolean {
  return options.validate !== undefined ? options.validate : model.compiled.automaticValidation !== false
}

/** Throws a ValidationError when the instance is not valid; a promise only when a rule has to wait. */
export function validate(instance: ModelInstance, options: JugglerOptions): void | Promise<void> {
  const valid = check(instance, options)
  if (valid === true) return
  if (valid === false) throw new ValidationError(instance)
  return valid.then((later) => {
    if (!later) throw new ValidationError(instance)
  })
}

async function checkWithHooks(instance: ModelInstance, options: JugglerOptions): Promise<boolean> {
  await runModelHook(instance, 'beforeValidate')
  const valid = await checkRules(instance, options)
  await runModelHook(instance, 'afterValidate')
  return valid
}
