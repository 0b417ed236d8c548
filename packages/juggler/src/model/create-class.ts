import type { ModelDefinition } from '../definition/model-definition'
import { kModel } from '../symbols'
import { attachRuntime } from './class-slots'
import { initialize } from './instance'
import type { ModelBuilderCore } from './registry'
import { services } from './services'
import { ModelRuntime } from './runtime'
import type { InstanceOptions, ModelConstructor, ModelInstance } from './types'

/** What a class is made from. */
export interface ClassParts {
  readonly name: string
  readonly base: ModelConstructor
  readonly definition: ModelDefinition
  readonly builder: ModelBuilderCore
}

/** Makes the constructor function of a model: callable without `new`, extendable by `class` and by `util.inherits`. */
export function createClass({ name, base, definition, builder }: ClassParts): ModelConstructor {
  const Model = makeConstructor()
  Object.setPrototypeOf(Model, base)
  Object.defineProperty(Model, 'name', { value: name, configurable: true })
  Object.defineProperty(Model, 'prototype', {
    value: Object.create(base.prototype as object, { constructor: { value: Model, writable: true, configurable: true } }) as object,
    writable: false,
  })
  attachRuntime(Model, new ModelRuntime({ name, ctor: Model, definition, builder, base: base[kModel], ...services }))
  return Model
}

function makeConstructor(): ModelConstructor {
  function Model(this: unknown, data?: unknown, options?: InstanceOptions): ModelInstance | undefined {
    if (!(this instanceof Model)) return new (Model as unknown as ModelConstructor)(data, options)
    initialize(this as unknown as ModelInstance, data, options)
    return undefined
  }
  return Model as unknown as ModelConstructor
}
