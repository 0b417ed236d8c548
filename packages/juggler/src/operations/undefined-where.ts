import { errors } from '../errors'
import { checkNesting } from '../filter/bounds'
import type { ModelRuntime } from '../model/runtime'
import { isPlainObject } from '../value/plain'

/** Refuses a where that names properties and has a value for none: it would reach every row. */
export function checkWhere(model: ModelRuntime, where: unknown, method: string): void {
  checkNesting(where, model.limits.filter.depth)
  if (model.flags.undefinedWhere !== 'refuse' || model.compiled.normalizeUndefined !== 'ignore') return
  if (isPlainObject(where) && Object.keys(where).length > 0 && isVoid(where)) throw errors.WHERE_UNDEFINED({ model: model.name, method })
}

function isVoid(value: unknown): boolean {
  if (value === undefined) return true
  if (Array.isArray(value)) return value.length > 0 && value.every(isVoid)
  if (!isPlainObject(value)) return false
  return Object.values(value).every(isVoid)
}
