import { kModel } from '../symbols'
import { isPlainObject, type PlainObject } from '../value/plain'
import type { ModelConstructor } from './types'

/** A mixin: a function of the class and options, or a class whose members are copied. */
export type Mixin = ((Model: ModelConstructor, options: PlainObject) => void) | ModelConstructor

/** Options of a mixed-in class. */
export interface MixinOptions {
  readonly override?: boolean
  readonly staticProperties?: boolean
  readonly instanceProperties?: boolean
}

/** Applies a mixin that is at hand. */
export function applyTo(Model: ModelConstructor, mixin: Mixin, options: unknown): void {
  if (isModel(mixin)) return mixinClass(Model, mixin, isPlainObject(options) ? options : {})
  for (const given of Array.isArray(options) ? options : [options]) mixin(Model, isPlainObject(given) ? given : {})
}

function isModel(mixin: Mixin): mixin is ModelConstructor {
  return (mixin as Partial<ModelConstructor>)[kModel] !== undefined
}

const applied = new WeakMap<object, Set<unknown>>()

/** Copies the properties that the target lacks, then own statics and prototype members that it does not define itself. */
function mixinClass(Model: ModelConstructor, from: ModelConstructor, options: MixinOptions): void {
  const done = applied.get(Model) ?? new Set()
  if (done.has(from)) return
  applied.set(Model, done.add(from))
  const { definition, builder } = Model[kModel]
  for (const [name, property] of Object.entries(from[kModel].definition.properties)) {
    if (!definition.properties[name]) builder.defineProperty(Model.modelName, name, property)
  }
  if (options.staticProperties !== false) copyMembers(from, Model, options.override)
  if (options.instanceProperties !== false) copyMembers(from.prototype, Model.prototype, options.override)
}

const kept = new Set(['length', 'name', 'prototype', 'constructor', 'getter', 'setter'])

function copyMembers(from: object, to: object, override = false): void {
  for (const [key, descriptor] of Object.entries(Object.getOwnPropertyDescriptors(from))) {
    if (kept.has(key) || key.startsWith('_') || (!override && Object.hasOwn(to, key))) continue
    Object.defineProperty(to, key, { ...descriptor, configurable: true })
  }
}
