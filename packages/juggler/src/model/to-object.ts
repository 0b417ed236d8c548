import type { CompiledProperty } from '../definition/compiled'
import { errors } from '../errors'
import { kData, kExtra, kModel, kOwned } from '../symbols'
import { clonePlain, isUnsafeKey, type PlainObject } from '../value/plain'
import { plainOf } from '../definition/codecs'
import type { ModelInstance } from './types'

/** Which properties are written out. */
export interface ToObjectOptions {
  /** Only declared properties, also of an open model's instance when the model is closed. @default true */
  readonly onlySchema?: boolean
  readonly removeHidden?: boolean
  readonly removeProtected?: boolean
}

/** An instance as a plain object, nested instances too. */
export function toObject(instance: ModelInstance, options: ToObjectOptions = {}): PlainObject {
  const model = instance[kModel]
  const { compiled } = model
  const custom = model.hasCustomAccessors || instance.constructor !== model.ctor
  const out: PlainObject = {}
  const withheld = options.removeHidden ? instance[kExtra]?.withheld : undefined
  for (const property of compiled.properties) {
    if ((options.removeHidden && (property.hidden || withheld?.has(property.name))) || (options.removeProtected && property.protected))
      continue
    const value = valueOf(instance, property, custom)
    if (value !== undefined) out[property.name] = nested(value, options)
    else if (compiled.persistUndefinedAsNull) out[property.name] = null
  }
  const strict = instance[kExtra]?.strict ?? compiled.strict
  if (strict === false || options.onlySchema === false) addUndeclared(out, instance, options)
  return out
}

/**
 * What an instance answers for a property: through its accessor, so that custom getters count. A row that nobody touched is copied
 * without being made the instance's own first.
 */
function valueOf(instance: ModelInstance, property: CompiledProperty, custom: boolean): unknown {
  if (custom || (property.complex && (instance[kOwned] || property.nested))) return instance[property.name]
  const value = instance[kData][property.name]
  return property.complex ? clonePlain(value) : value
}

function nested(value: unknown, options: ToObjectOptions): unknown {
  if (typeof value !== 'object' || value === null) return value
  const inner = (value as { toObject?: unknown }).toObject
  if (typeof inner !== 'function') return Array.isArray(value) ? value.map((item) => nested(item, options)) : value
  return (inner as (...flags: unknown[]) => unknown).call(value, options.onlySchema ?? true, options.removeHidden ?? false, true)
}

function addUndeclared(out: PlainObject, instance: ModelInstance, options: ToObjectOptions): void {
  const { byName, hidden, protectedNames } = instance[kModel].compiled
  const kept = instance[kExtra]?.withheld
  const withheld = (key: string) =>
    (options.removeHidden && (hidden.has(key) || kept?.has(key))) || (options.removeProtected && protectedNames.has(key))
  for (const source of [instance, instance[kData]] as const) {
    for (const key of Object.keys(source)) {
      if (byName.has(key) || key in out || key.startsWith('__') || withheld(key)) continue
      const value = source[key]
      if (value !== undefined && typeof value !== 'function') out[key] = nested(value, options)
    }
  }
}

/**
 * The row that is given away to the connector: copies of all values, nothing undefined.
 *
 * @param only of a closed model: names of the properties that count, where not all do
 */
export function toStore(instance: ModelInstance, only?: readonly string[]): PlainObject {
  const model = instance[kModel]
  const { compiled } = model
  const at = { owned: instance[kOwned], model: model.name }
  const data = instance[kData]
  const row: PlainObject = {}
  for (const property of compiled.properties) {
    if (only && !only.includes(property.name)) continue
    const value = data[property.name]
    if (value === undefined) {
      if (compiled.persistUndefinedAsNull && !property.id) row[property.name] = null
    } else if (value === null) row[property.name] = null
    else row[property.name] = stored(property, value, at)
  }
  if (compiled.open) {
    for (const source of [data, instance] as const) {
      for (const key of Object.keys(source)) {
        const value = source[key]
        if (compiled.byName.has(key) || model.relation(key) || key.startsWith('__') || value === undefined || typeof value === 'function')
          continue
        row[key] = plainOf(value)
      }
    }
  }
  return row
}

function stored(property: CompiledProperty, value: unknown, { owned, model }: { owned: boolean; model: string }): unknown {
  if (!property.complex) {
    if (value !== value) throw errors.VALUE_INVALID({ model, property: property.name, value: 'NaN', expected: 'must be a number' })
    return value
  }
  return owned ? property.store(value) : clonePlain(value)
}

/**
 * Gives the values of a partial change the types of their properties, in a new object that is given away to the connector.
 * Undefined values are left out; a value that its type can not hold is refused.
 */
export function coerceChange(model: ModelInstance[typeof kModel], data: PlainObject): PlainObject {
  const { compiled } = model
  const change: PlainObject = {}
  for (const key of Object.keys(data)) {
    const value = data[key]
    if (value === undefined || typeof value === 'function' || isUnsafeKey(key)) continue
    const property = compiled.byName.get(key)
    if (property) change[key] = value === null ? null : changed(property, value, model.name)
    else if (compiled.open && !model.relation(key)) change[key] = plainOf(value)
    else if (!model.relation(key) && compiled.strict !== 'filter') throw errors.PROPERTY_UNKNOWN({ property: key })
  }
  return change
}

function changed(property: CompiledProperty, value: unknown, model: string): unknown {
  const typed = property.assign(value)
  const problem = typed === null || typed === undefined ? undefined : property.problem(typed)
  if (problem) throw errors.VALUE_INVALID({ model, property: property.name, value, expected: problem })
  return stored(property, typed, { owned: true, model })
}
