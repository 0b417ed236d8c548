import { kindOf } from '../definition/property-types'
import { kData, kModel, kOwned } from '../symbols'
import { own, setProperty } from './instance'
import type { ModelRuntime } from './runtime'
import type { ModelInstance } from './types'

type Accessor = PropertyDescriptor & ThisType<ModelInstance>
type Make = (slots: { readonly kData: symbol; readonly kOwned: symbol }, copy: typeof own, set: typeof setProperty) => Accessor

const simple = new Map<string, Accessor>()
const complex = new Map<string, Accessor>()

/** Kinds whose values are not objects: an instance may hand them out without copying its row. */
const plainKinds = new Set<unknown>(['string', 'text', 'number', 'integer', 'bigint', 'decimal', 'boolean', 'dateOnly', 'dateString'])

/**
 * The accessor of a property name. Each has code of its own, so that reading one property is one inline cache and not one
 * that all properties share; the same name is the same accessor in all models.
 */
function accessorOf(name: string, isComplex: boolean): Accessor {
  const cache = isComplex ? complex : simple
  const known = cache.get(name)
  if (known) return known
  const text = JSON.stringify(name)
  const read = isComplex ? `return (this[kOwned] ? this[kData] : own(this))[${text}]` : `return this[kData][${text}]`
  const body = `return { configurable: true, enumerable: true, get() { ${read} }, set(value) { set(this, ${text}, value) } }`
  // The only text in it that is not ours is a JSON string.
  // eslint-disable-next-line @typescript-eslint/no-implied-eval
  const make = new Function('slots', 'own', 'set', `const { kData, kOwned } = slots; ${body}`) as Make
  const accessor = make({ kData, kOwned }, own, setProperty)
  cache.set(name, accessor)
  return accessor
}

/** Puts an accessor for every declared property on the prototype, and a raw one under `$name`; custom getters and setters win. */
export function installAccessors(model: ModelRuntime, installed: Map<string, string>): void {
  const prototype = model.ctor.prototype
  const { getter, setter } = model.ctor as { getter?: Record<string, unknown>; setter?: Record<string, unknown> }
  for (const [name, definition] of Object.entries(model.definition.properties)) {
    const isComplex = !plainKinds.has(kindOf(definition.type))
    const custom = { get: functionAt(getter, name), set: functionAt(setter, name) }
    const version = `${isComplex}${custom.get ? 'g' : ''}${custom.set ? 's' : ''}`
    if (installed.get(name) === version && !custom.get && !custom.set) continue
    installed.set(name, version)
    install(prototype, name, { accessor: accessorOf(name, isComplex), ...custom })
  }
  installVirtualId(model, prototype)
}

function functionAt(map: Record<string, unknown> | undefined, name: string): ((this: unknown, value?: unknown) => unknown) | undefined {
  const found = map && Object.hasOwn(map, name) ? map[name] : undefined
  return typeof found === 'function' ? (found as () => unknown) : undefined
}

function install(
  prototype: object,
  name: string,
  parts: { accessor: Accessor; get?: () => unknown; set?: (value?: unknown) => unknown },
): void {
  const { accessor, get, set } = parts
  Object.defineProperty(prototype, name, get || set ? { ...accessor, get: get ?? accessor.get, set: set ?? accessor.set } : accessor)
  if (Object.hasOwn(prototype, `$${name}`)) return
  Object.defineProperty(prototype, `$${name}`, { ...accessor, enumerable: false })
}

/** Whether reading a property of the class means more than reading its data: a getter of user code stands somewhere. */
export function hasCustomAccessors(model: ModelRuntime): boolean {
  return model.compiled.properties.some((property) => {
    const get = descriptorOf(model.ctor.prototype, property.name)?.get
    return get !== simple.get(property.name)?.get && get !== complex.get(property.name)?.get
  })
}

function descriptorOf(from: object, name: string): PropertyDescriptor | undefined {
  for (let at: object | null = from; at; at = Object.getPrototypeOf(at) as object | null) {
    const found = Object.getOwnPropertyDescriptor(at, name)
    if (found) return found
  }
  return undefined
}

/** `id` on a model whose id has another name, or several parts. */
function installVirtualId(model: ModelRuntime, prototype: object): void {
  const names = model.definition.idNames()
  if (names.length === 0 || model.definition.properties.id || Object.hasOwn(prototype, 'id')) return
  Object.defineProperty(prototype, 'id', {
    configurable: true,
    enumerable: false,
    get(this: ModelInstance) {
      const ids = this[kModel].definition.idNames()
      return ids.length === 1 ? this[ids[0]!] : Object.fromEntries(ids.map((name) => [name, this[name]]))
    },
  })
}
