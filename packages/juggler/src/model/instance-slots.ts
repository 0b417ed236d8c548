import { kData, kExtra, kModel, kOwned, kPersisted } from '../symbols'
import type { PlainObject } from '../value/plain'
import { extra, initialize, own } from './instance'
import type { InstanceOptions, ModelInstance } from './types'

/** The semi-public members that mixins and connectors of LoopBack touch. */
export const slots: PropertyDescriptorMap & ThisType<ModelInstance> = {
  errors: {
    get() {
      return this[kExtra]?.errors
    },
    set(value: unknown) {
      extra(this).errors = value
    },
    configurable: true,
  },
  _initProperties: {
    value(this: ModelInstance, data?: unknown, options?: InstanceOptions) {
      initialize(this, data, options)
    },
    writable: true,
    configurable: true,
  },
  __data: {
    get() {
      return own(this)
    },
    set(data: PlainObject) {
      this[kData] = data
      this[kOwned] = true
    },
    configurable: true,
  },
  __cachedRelations: {
    get() {
      return (extra(this).cachedRelations ??= {})
    },
    set(relations: PlainObject) {
      extra(this).cachedRelations = relations
    },
    configurable: true,
  },
  __persisted: {
    get() {
      return this[kPersisted]
    },
    set(value: boolean) {
      this[kPersisted] = value
    },
    configurable: true,
  },
  __strict: {
    get() {
      return this[kExtra]?.strict ?? this[kModel].compiled.strict
    },
    set(value: unknown) {
      extra(this).strict = value as never
    },
    configurable: true,
  },
  __dataSource: {
    get() {
      return this[kExtra]?.dataSource
    },
    set(value: unknown) {
      extra(this).dataSource = value
    },
    configurable: true,
  },
  __unknownProperties: {
    get() {
      return this[kExtra]?.unknownProperties ?? []
    },
    configurable: true,
  },
  __parent: {
    get() {
      return this[kExtra]?.parent
    },
    set(value: unknown) {
      extra(this).parent = value
    },
    configurable: true,
  },
}
