import { kModel } from '../symbols'
import { services } from './services'
import { ModelRuntime } from './runtime'
import type { ModelConstructor } from './types'

/** Puts a runtime into the hidden slots of a class and of its prototype. */
export function attachRuntime(Model: ModelConstructor, runtime: ModelRuntime): void {
  Object.defineProperty(Model, kModel, { value: runtime, configurable: true })
  Object.defineProperty(Model.prototype, kModel, { value: runtime, configurable: true })
}

/**
 * The runtime of the class that a static was called on. A subclass that user code made by `class X extends Product` or
 * `util.inherits` gets its own at the first call.
 */
export function modelOf(self: unknown): ModelRuntime {
  const model = (self as ModelConstructor)[kModel]
  return model.ctor === self ? model : adopt(self as ModelConstructor, model)
}

function adopt(ctor: ModelConstructor, parent: ModelRuntime): ModelRuntime {
  const runtime = new ModelRuntime({
    name: ctor.name || parent.name,
    ctor,
    definition: parent.definition,
    builder: parent.builder,
    base: parent,
    ...services,
  })
  runtime.dataSource = parent.dataSource
  Object.assign(runtime.relations, parent.relations)
  attachRuntime(ctor, runtime)
  return runtime
}
