import type { ModelRuntime } from '../model/runtime'
import { isPlainObject } from '../value/plain'
import { checks, type Check, type Validation } from './rules'
import { relationRules, type CheckItem } from './relation-rules'
import { checkUniqueness } from './uniqueness'

export interface Rule {
  readonly property: string
  readonly validation: Validation
  readonly check: Check
}

/** The validations of a model in the order in which they run. */
export interface CompiledValidations {
  /** The outward map that they were made from. */
  readonly source: unknown
  readonly rules: readonly Rule[]
  /** Whether a rule may answer later, so that `isValid` needs a callback. */
  readonly async: boolean
}

type ValidationMap = Readonly<Record<string, readonly Validation[]>>

/** Validators of user code, brought to our manner at registration; kept beside the outward list. */
export const userChecks = new WeakMap<object, Check>()

/** The validations that hold for a model now. */
export function validationsOf(model: ModelRuntime, checkItem: CheckItem): CompiledValidations {
  const source = ownValidations(model)
  const known = model.validations
  if (known && known.source === source) return known
  const rules = [...required(model, source), ...ofRelations(model, checkItem), ...chain(model).flatMap(declaredRules)]
  const compiled: CompiledValidations = { source, rules, async: rules.some((rule) => isAsync(rule.validation)) }
  model.validations = compiled
  return compiled
}

function ownValidations(model: ModelRuntime): ValidationMap | undefined {
  return Object.hasOwn(model.ctor, 'validations') ? (model.ctor.validations as ValidationMap) : undefined
}

function isAsync(validation: Validation): boolean {
  return validation.validation === 'uniqueness' || validation.validation === 'customAsync' || validation.isAsync === true
}

/** The model and, where validations are inherited, its bases, outermost first. */
function chain(model: ModelRuntime): readonly ModelRuntime[] {
  return model.flags.inheritValidations && model.base ? [...chain(model.base), model] : [model]
}

function declaredRules(model: ModelRuntime): Rule[] {
  const rules: Rule[] = []
  for (const [property, validations] of Object.entries(ownValidations(model) ?? {})) {
    for (const validation of validations) rules.push({ property, validation, check: checkOf(validation) })
  }
  return rules
}

function ofRelations(model: ModelRuntime, checkItem: CheckItem): Rule[] {
  return relationRules(model, checkItem).map(({ property, code, check }) => ({
    property,
    validation: { validation: 'custom', code },
    check,
  }))
}

function checkOf(validation: Validation): Check {
  if (validation.validation === 'uniqueness') return checkUniqueness
  return userChecks.get(validation) ?? checks[validation.validation] ?? (() => undefined)
}

/** Presence of what the definition requires, unless it was declared by hand. */
function required(model: ModelRuntime, declared: ValidationMap | undefined): Rule[] {
  return model.compiled.properties
    .filter((property) => property.required && !(property.id && property.generated))
    .filter((property) => !declared?.[property.name]?.some((validation) => validation.validation === 'presence'))
    .map((property) => {
      const options = isPlainObject(property.source.required) ? property.source.required : {}
      return { property: property.name, validation: { ...options, validation: 'presence' }, check: checks.presence! }
    })
}
