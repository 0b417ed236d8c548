import type { ModelRuntime } from '../model/runtime'
import { ours } from '../guard/ours'
import { isPlainObject, type PlainObject } from '../value/plain'
import type { ModelInstance } from '../model/types'
import type { Filter } from './filter'
import { mergeFilters } from './merge'

type ScopeFunction = (this: unknown, target: unknown, instance?: unknown) => Filter | undefined

/** The default scope of a model, asked for each call when it is a function. */
function defaultScope(model: ModelRuntime, target?: unknown, instance?: unknown): Filter | undefined {
  const ctor = model.ctor as unknown as { defaultScope?: unknown }
  const scope: unknown = typeof ctor.defaultScope === 'function' ? ctor.defaultScope : model.compiled.scope
  if (typeof scope === 'function') return (scope as ScopeFunction).call(model.ctor, target, instance)
  return isPlainObject(scope) ? scope : undefined
}

/** A filter with the default scope over it; the same object when there is none. */
export function scopedFilter(model: ModelRuntime, filter: Filter): Filter {
  const scope = defaultScope(model, filter)
  if (!scope) return filter
  ours(scope.where)
  return mergeFilters(filter, scope, scope)
}

/** Values that every write of the model takes: `settings.properties`, or the equalities of the default scope. */
export function enforcedValues(model: ModelRuntime, data: PlainObject, instance?: ModelInstance): PlainObject | undefined {
  const given = model.compiled.enforced
  if (given === false) return undefined
  if (typeof given === 'function')
    return (given as (this: unknown, data: unknown, instance?: unknown) => PlainObject | undefined).call(model.ctor, data, instance)
  if (isPlainObject(given)) return given
  const where = defaultScope(model, data, instance)?.where
  return isPlainObject(where) ? equalities(model, where) : undefined
}

/** The plain equalities of a where on declared properties, also inside `and`. */
export function equalities(model: ModelRuntime, where: PlainObject): PlainObject {
  const values: PlainObject = {}
  for (const [key, value] of Object.entries(where)) {
    if (key === 'and' && Array.isArray(value))
      for (const clause of value) Object.assign(values, isPlainObject(clause) ? equalities(model, clause) : {})
    else if (model.compiled.byName.has(key) && !isPlainObject(value) && !(value instanceof RegExp)) values[key] = value
  }
  return values
}
