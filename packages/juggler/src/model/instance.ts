import type { CompiledProperty, StrictMode } from '../definition/compiled'
import { errors } from '../errors'
import { kData, kExtra, kModel, kOwned, kPersisted } from '../symbols'
import { isUnsafeKey, type PlainObject } from '../value/plain'
import type { ModelRuntime } from './runtime'
import { toObject } from './to-object'
import type { InstanceExtra, InstanceOptions, ModelInstance } from './types'

/** Options that say: this is a connector's row. Known by identity, so that reading a row asks nothing else. */
export const fromRow: InstanceOptions = Object.freeze({ persisted: true, applySetters: false, applyDefaultValues: false })

/** The same for a row of which only some properties were read: nothing is filled in here. */
export const fromPartOfRow: InstanceOptions = Object.freeze({ ...fromRow })

const none: InstanceOptions = Object.freeze({})

/** Fills the slots of a new instance. */
export function initialize(instance: ModelInstance, data: unknown, options: InstanceOptions = none): void {
  const model = instance[kModel]
  if (options === fromRow || options === fromPartOfRow) {
    takeRow(instance, model, data as PlainObject)
    if (options === fromRow && model.compiled.applyDefaultsOnReads) applyDefaults(instance, none)
  } else {
    instance[kData] = {}
    instance[kOwned] = true
    instance[kPersisted] = options.persisted === true
    instance[kExtra] = extraOf(options)
    fill(instance, plainData(data), options)
    if (options.applyDefaultValues !== false) applyDefaults(instance, options)
  }
  if (model.has.initialize) model.builder.modelHooks.initialize(instance)
}

/** Takes a connector's row as it is: it is copied when somebody wants to change it. */
function takeRow(instance: ModelInstance, model: ModelRuntime, row: PlainObject): void {
  instance[kData] = row
  instance[kOwned] = false
  instance[kPersisted] = true
  instance[kExtra] = undefined
  const { open, byName, strict } = model.compiled
  if (open) {
    for (const key in row) if (!byName.has(key)) setDynamic(instance, key, row[key])
  } else if (strict === 'throw') {
    for (const key in row) if (!byName.has(key) && !model.relation(key)) throw errors.PROPERTY_UNKNOWN({ property: key })
  }
}

/** Makes the data of an instance its own, so that it may be changed. */
export function own(instance: ModelInstance): PlainObject {
  if (instance[kOwned]) return instance[kData]
  const data: PlainObject = { ...instance[kData] }
  for (const property of instance[kModel].compiled.complex) {
    const value = data[property.name]
    if (value !== undefined && value !== null) data[property.name] = property.hydrate(value, instance)
  }
  instance[kData] = data
  instance[kOwned] = true
  return data
}

function extraOf(options: InstanceOptions): InstanceExtra | undefined {
  if (options.strict === undefined && options.dataSource === undefined && options.parent === undefined) return undefined
  return { strict: options.strict as StrictMode | undefined, dataSource: options.dataSource, parent: options.parent }
}

/** Slots that only few instances need, made at first use. */
export function extra(instance: ModelInstance): InstanceExtra {
  return (instance[kExtra] ??= {})
}

function plainData(data: unknown): PlainObject {
  if (typeof data !== 'object' || data === null) return {}
  return (data as { [kModel]?: unknown })[kModel] ? toObject(data as ModelInstance, { onlySchema: false }) : (data as PlainObject)
}

function fill(instance: ModelInstance, data: PlainObject, options: InstanceOptions): void {
  const { properties, byName } = instance[kModel].compiled
  const setters = options.applySetters !== false
  let seen = 0
  for (const property of properties) {
    if (!Object.hasOwn(data, property.name)) continue
    seen++
    const value = data[property.name]
    if (typeof value === 'function') continue
    if (setters) instance[property.name] = value
    else instance[kData][property.name] = raw(property, value, instance)
  }
  const keys = Object.keys(data)
  if (keys.length === seen) return
  for (const key of keys) if (!byName.has(key)) setUnknown(instance, key, data[key])
}

function raw(property: CompiledProperty, value: unknown, instance: ModelInstance): unknown {
  if (value === undefined || value === null) return value
  if (property.id) return property.assign(value, instance)
  return property.complex ? property.hydrate(value, instance) : value
}

/** A key that is no property: a relation's data, or what the strictness says. */
export function setUnknown(instance: ModelInstance, key: string, value: unknown): void {
  if (isUnsafeKey(key) || typeof value === 'function') return
  const model = instance[kModel]
  const relation = model.relation(key)
  if (relation) return relation.take(instance, value)
  const strict = instance[kExtra]?.strict ?? model.compiled.strict
  if (strict === false) setDynamic(instance, key, value)
  else if (strict === 'throw') throw errors.PROPERTY_UNKNOWN({ property: key })
  else if (strict === 'validate') (extra(instance).unknownProperties ??= []).push(key)
}

/** An undeclared property of an open model; it never covers a method. */
function setDynamic(instance: ModelInstance, key: string, value: unknown): void {
  if (isUnsafeKey(key)) return
  if (instance[kOwned]) instance[kData][key] = value
  if (!(key in instance)) instance[key] = value
}

/** Fills in default values for what an instance lacks, among the selected properties. */
export function applyDefaults(instance: ModelInstance, options: InstanceOptions): void {
  for (const property of instance[kModel].compiled.defaults) {
    if (instance[kData][property.name] !== undefined || !isSelected(property.name, options.fields)) continue
    const value = property.makeDefault!()
    if (value !== undefined) own(instance)[property.name] = value !== null && property.complex ? property.assign(value, instance) : value
  }
}

function isSelected(name: string, fields: InstanceOptions['fields']): boolean {
  if (!fields) return true
  if (Array.isArray(fields)) return fields.length === 0 || fields.includes(name)
  const choice = fields as Readonly<Record<string, boolean>>
  return Object.values(choice).includes(true) ? choice[name] === true : choice[name] !== false
}

/** Assigns one declared property: its custom setter, or its type. */
export function setProperty(instance: ModelInstance, name: string, value: unknown): void {
  const model = instance[kModel]
  const property = model.compiled.byName.get(name)
  if (!property || typeof value === 'function') return
  const data = own(instance)
  if (property.id && instance[kPersisted] && data[name] !== undefined && data[name] !== null) return
  if (value === undefined || value === null) {
    data[name] = value === undefined && model.compiled.persistUndefinedAsNull ? null : value
  } else {
    data[name] = property.assign(value, instance)
  }
}

/** Lays a row that was written over an instance: it holds what the store holds. */
export function takeWritten(instance: ModelInstance, row: PlainObject): void {
  const { byName } = instance[kModel].compiled
  const data = own(instance)
  for (const key of Object.keys(row)) {
    const property = byName.get(key)
    const value = row[key]
    if (property) data[key] = value === undefined || value === null || !property.complex ? value : property.hydrate(value, instance)
    else if (instance[kModel].compiled.open && !isUnsafeKey(key)) {
      data[key] = value
      if (!(key in instance) || Object.hasOwn(instance, key)) instance[key] = value
    }
  }
}
