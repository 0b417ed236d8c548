import { errors } from '../errors'
import { checkNesting } from '../filter/bounds'
import { quantifiersIn } from '../filter/quantifiers'
import type { ModelRuntime } from '../model/runtime'
import { isPlainObject } from '../value/plain'

/** Refuses a where that names properties and has a value for none: it would reach every row. */
export function checkWhere(model: ModelRuntime, where: unknown, method: string): void {
  checkNesting(where, model.limits.filter.depth)
  if (model.flags.undefinedWhere !== 'refuse' || model.compiled.normalizeUndefined !== 'ignore') return
  if (isPlainObject(where) && Object.keys(where).length > 0 && isVoid(where)) throw errors.WHERE_UNDEFINED({ model: model.name, method })
}

/** That some related row is there is a condition, though it names no value. */
function isQuantified(value: Record<string, unknown>): boolean {
  return quantifiersIn(value).some((quantifier) => value[quantifier] !== undefined)
}

function isVoid(value: unknown): boolean {
  if (value === undefined) return true
  if (Array.isArray(value)) return value.length > 0 && value.every(isVoid)
  if (!isPlainObject(value)) return false
  return !isQuantified(value) && Object.values(value).every(isVoid)
}
