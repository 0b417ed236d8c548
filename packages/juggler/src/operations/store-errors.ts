import { Failures } from '../validation/error-list'
import { ValidationError } from '../validation/validation-error'
import { validationsOf } from '../validation/compile'
import { check } from '../validation/validate'
import { extra } from '../model/instance'
import { kModel } from '../symbols'
import type { ModelInstance } from '../model/types'

/**
 * What the caller is told when the store refuses a write. A duplicate of a property that is validated as unique is that
 * validation's error: the race between the check and the write shows nowhere.
 */
export function storeErrors(instance: ModelInstance, cause: unknown): unknown {
  const { code, message } = (cause ?? {}) as { code?: unknown; message?: string }
  if (code !== 'DUPLICATE_ENTRY') return cause
  const model = instance[kModel]
  const named = new Set(String(message).split(/[\s,]+/))
  const unique = validationsOf(model, check).rules.filter(
    (rule) => rule.validation.validation === 'uniqueness' && named.has(`${model.name}.${rule.property}`),
  )
  if (unique.length === 0) return cause
  const failures = new Failures()
  for (const { property, validation } of unique) {
    failures.add(
      property,
      typeof validation.message === 'string' ? validation.message : 'is not unique',
      typeof validation.code === 'string' ? validation.code : 'uniqueness',
    )
  }
  extra(instance).errors = failures.list()
  return new ValidationError(instance)
}

/** Whether a write failed because another row has the same value, however that was told. */
export function isDuplicate(error: unknown): boolean {
  if (error instanceof ValidationError) return Object.values(error.details.codes).some((codes) => codes.includes('uniqueness'))
  return (error as { code?: unknown } | null)?.code === 'DUPLICATE_ENTRY'
}
