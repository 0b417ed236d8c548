import { EventEmitter } from 'node:events'
import { typeName } from '../definition/property-types'
import { views } from './class-views'
import { slots } from './instance-slots'
import { installModelHooks } from '../hooks/legacy-model-hooks'
import { observerMethods } from '../hooks/legacy-observe'
import { scopeStatics } from '../relations/legacy-scope'
import { relationStatics } from '../relations/definers'
import { kExtra, kModel, kPersisted } from '../symbols'
import { isUnsafeKey, type PlainObject } from '../value/plain'
import { validationPrototype, validationStatics } from '../validation/legacy-validations'
import { modelOf } from './class-slots'
import { extra, initialize, own, setProperty, setUnknown } from './instance'
import { applyTo, type Mixin } from './mixin-apply'
import { strictMode } from '../definition/settings'
import { toObject } from './to-object'
import type { InstanceOptions, ModelConstructor, ModelInstance } from './types'

/** The root of all model classes. */
export const ModelBaseClass = function ModelBaseClass(this: unknown, data?: unknown, options?: InstanceOptions): ModelInstance | undefined {
  if (!(this instanceof ModelBaseClass)) return new (ModelBaseClass as ModelConstructor)(data, options)
  initialize(this as ModelInstance, data, options)
  return undefined
} as unknown as ModelConstructor

type Static = ThisType<ModelConstructor> & Record<string, unknown>

const emitters = new WeakMap<object, EventEmitter>()

/** The emitter of a class, made when somebody listens. */
function emitterOf(Model: object): EventEmitter {
  const known = emitters.get(Model)
  if (known) return known
  const made = new EventEmitter().setMaxListeners(32)
  emitters.set(Model, made)
  return made
}

const emitterMethods = [
  'on',
  'once',
  'addListener',
  'removeListener',
  'off',
  'removeAllListeners',
  'setMaxListeners',
  'listeners',
  'emit',
  'listenerCount',
] as const

const emitting = Object.fromEntries(
  emitterMethods.map((name) => [
    name,
    function (this: object, ...args: unknown[]): unknown {
      const result: unknown = (emitterOf(this)[name] as (...args: unknown[]) => unknown)(...args)
      return result instanceof EventEmitter ? this : result
    },
  ]),
)

const statics: Static = {
  extend(name: string, properties: PlainObject = {}, settings: PlainObject = {}): ModelConstructor {
    const Model = this[kModel].builder.define(name, properties, settings, this)
    ;(Model.setup as () => void).call(Model)
    return Model
  },

  /** Called on every subclass that `extend` makes; replaced by user code. */
  setup(): void {},

  forEachProperty(fn: (name: string, definition: PlainObject) => void): void {
    for (const [name, definition] of Object.entries(this[kModel].definition.properties)) fn(name, definition)
  },

  attachTo(dataSource: { attach(Model: unknown): unknown }): void {
    dataSource.attach(this)
  },

  /** Adds a property, or replaces one. */
  defineProperty(name: string, definition: unknown): void {
    this[kModel].builder.defineProperty(this.modelName, name, definition)
  },

  getPropertyType(name: string): string | null {
    const property = this[kModel].definition.properties[name]
    return property ? typeName(property.type) : null
  },

  isHiddenProperty(name: string): boolean {
    return this[kModel].compiled.hidden.has(name)
  },

  isProtectedProperty(name: string): boolean {
    return this[kModel].compiled.protectedNames.has(name)
  },

  mixin(given: string | Mixin, options?: unknown): void {
    if (typeof given === 'string') this[kModel].builder.mixins.applyMixin(this, given, options)
    else applyTo(this, given, options)
  },

  getDataSource(): unknown {
    return this.dataSource
  },

  getConnector(): unknown {
    return this[kModel].dataSource?.connector
  },

  getIdName(): string | undefined {
    return this[kModel].definition.idName()
  },

  toString(): string {
    return `[Model ${this.modelName}]`
  },
}

const prototype: ThisType<ModelInstance> & Record<string, unknown> = {
  toObject(onlySchema?: boolean, removeHidden?: boolean, removeProtected?: boolean): PlainObject {
    return toObject(this, { onlySchema, removeHidden, removeProtected })
  },

  toJSON(): PlainObject {
    return toObject(this, { onlySchema: false, removeHidden: true })
  },

  fromObject(data: PlainObject): void {
    for (const key of Object.keys(data)) assign(this, key, data[key])
  },

  setAttribute(name: string, value: unknown): void {
    assign(this, name, value)
  },

  setAttributes(data: PlainObject): void {
    if (typeof data !== 'object' || data === null) return
    for (const key of Object.keys(data)) assign(this, key, data[key])
    ;(this[kModel].ctor.emit as (event: string, instance: unknown) => void)('set', this)
  },

  unsetAttribute(name: string, nullify?: boolean): void {
    if (nullify || this[kModel].compiled.persistUndefinedAsNull) setProperty(this, name, null)
    else {
      delete own(this)[name]
      if (Object.hasOwn(this, name)) delete this[name]
    }
  },

  reset(): void {
    for (const key of Object.keys(this)) if (!this[kModel].compiled.byName.has(key)) delete this[key]
  },

  inspect(): PlainObject {
    return toObject(this, { onlySchema: false, removeHidden: true })
  },

  [Symbol.for('nodejs.util.inspect.custom')](): PlainObject {
    return toObject(this, { onlySchema: false, removeHidden: true })
  },

  getDataSource(): unknown {
    return this[kExtra]?.dataSource ?? this[kModel].ctor.dataSource
  },

  getConnector(): unknown {
    return this[kModel].dataSource?.connector
  },

  getPropertyType(name: string): string | null {
    return (this[kModel].ctor.getPropertyType as (name: string) => string | null)(name)
  },

  setStrict(strict: unknown): void {
    extra(this).strict = strictMode(strict, this[kModel].flags, false)
  },

  getId(): unknown {
    return this.id
  },

  isNewRecord(): boolean {
    return !this[kPersisted]
  },
}

function assign(instance: ModelInstance, key: string, value: unknown): void {
  if (isUnsafeKey(key)) return
  const model = instance[kModel]
  if (model.compiled.byName.has(key)) instance[key] = value
  else if (model.relation(key)) setUnknown(instance, key, value)
  else if (Object.hasOwn(instance, key) || !(key in instance)) instance[key] = value
}

const observers = observerMethods((self) => {
  const model = modelOf(self)
  return { own: model.observers, all: (operation) => model.hooks(operation), changed: () => model.invalidate() }
})

function hidden(members: Record<string | symbol, unknown>): PropertyDescriptorMap {
  const descriptors: PropertyDescriptorMap = {}
  for (const key of Reflect.ownKeys(members))
    descriptors[key as string] = { value: members[key], writable: true, configurable: true, enumerable: false }
  return descriptors
}

Object.defineProperties(
  ModelBaseClass,
  hidden({ ...statics, ...emitting, ...observers, ...validationStatics, ...relationStatics, ...scopeStatics }),
)
Object.defineProperties(ModelBaseClass.prototype, { ...hidden({ ...prototype, ...validationPrototype }), ...slots })
for (const [name, view] of Object.entries(views)) {
  Object.defineProperty(ModelBaseClass, name, {
    configurable: true,
    get(this: ModelConstructor) {
      return view(this)
    },
    set(this: ModelConstructor, value: unknown) {
      Object.defineProperty(this, name, { value, writable: true, configurable: true, enumerable: true })
      this[kModel]?.invalidate()
    },
  })
}
installModelHooks(ModelBaseClass)
