import { errors } from '../errors'
import type { CompiledProperty } from '../definition/compiled'
import type { ModelRuntime } from '../model/runtime'
import type { ModelInstance } from '../model/types'
import { kData } from '../symbols'
import { isPlainObject, type PlainObject } from '../value/plain'

/** The where of one row, or undefined when no row can have that id. */
export function idWhere(model: ModelRuntime, id: unknown, method: string): PlainObject | undefined {
  const { ids } = model.compiled
  if (ids.length === 0) throw errors.PRIMARY_KEY_MISSING({ model: model.name })
  if (id === undefined || id === null || id === '') throw errors.ID_REQUIRED({ model: model.name, method })
  const parts = ids.length === 1 ? { [ids[0]!.name]: id } : compositeId(model, id)
  const where: PlainObject = {}
  for (const property of ids) {
    const value = readId(model, property, parts[property.name])
    if (value === undefined) return undefined
    where[property.name] = value
  }
  return where
}

/** An id of several parts: an object of them, or text with the parts in the order of the definition: `nl,2024`. */
function compositeId(model: ModelRuntime, given: unknown): PlainObject {
  const { ids } = model.compiled
  const parts = typeof given === 'string' ? given.split(',') : undefined
  const id = parts?.length === ids.length ? Object.fromEntries(ids.map((property, index) => [property.name, parts[index]])) : given
  if (!isPlainObject(id) || ids.some((property) => id[property.name] === undefined || id[property.name] === null))
    throw errors.ID_INVALID({ model: model.name, value: id })
  return id
}

/** An id in its type; undefined when a scalar can not be one. Objects are refused: an id is never a condition. */
export function readId(model: ModelRuntime, property: CompiledProperty, value: unknown): unknown {
  if (isPlainObject(value) || Array.isArray(value) || typeof value === 'function') throw errors.ID_INVALID({ model: model.name, value })
  const typed = property.assign(value)
  return typed !== typed || (typed !== undefined && typed !== null && property.problem(typed)) ? undefined : typed
}

/** The where of the row that an instance stands for; throws when its id is missing. */
export function whereOfInstance(instance: ModelInstance, model: ModelRuntime): PlainObject {
  const { ids } = model.compiled
  if (ids.length === 0) throw errors.PRIMARY_KEY_MISSING({ model: model.name })
  const where: PlainObject = {}
  for (const property of ids) {
    const value = instance[kData][property.name]
    if (value === undefined || value === null) throw errors.ID_REQUIRED({ model: model.name, method: 'save' })
    where[property.name] = value
  }
  return where
}

/** The id of data: one value, or an object of all parts; undefined when any is missing. */
export function idOf(model: ModelRuntime, data: PlainObject): unknown {
  const { ids } = model.compiled
  if (ids.length === 1) return data[ids[0]!.name] ?? undefined
  if (ids.length === 0 || ids.some((property) => data[property.name] === undefined || data[property.name] === null)) return undefined
  return Object.fromEntries(ids.map((property) => [property.name, data[property.name]]))
}

/** LoopBack's sameness of ids: equal, loosely equal as number and text, or equal as JSON. */
export function sameId(a: unknown, b: unknown): boolean {
  if (a === b) return true
  if (a === undefined || a === null || b === undefined || b === null) return false
  return String(a) === String(b) && typeof a !== 'object'
    ? true
    : JSON.stringify(a) === JSON.stringify(b) || String(a) === JSON.stringify(b)
}
