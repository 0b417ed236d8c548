import { errors } from '../errors'
import { kModel } from '../symbols'
import { copy } from '../definition/inherit'
import type { ModelRuntime } from '../model/runtime'
import type { ModelConstructor } from '../model/types'
import { isPlainObject, type PlainObject } from '../value/plain'
import { defineRelation } from './definers'
import { lookUp } from './look-up'

/** Defines the relations of a model's settings: at once where the other models are attached, else when they are. */
export function defineRelations(Model: ModelConstructor, given?: unknown): void {
  const runtime = Model[kModel]
  const relations = given ?? runtime.settings.relationships ?? runtime.settings.relations
  if (!isPlainObject(relations)) return
  for (const [name, form] of Object.entries(copy(relations) as PlainObject)) {
    if (isPlainObject(form)) defineWhenReady(Model, name, form)
  }
}

function defineWhenReady(Model: ModelConstructor, name: string, form: PlainObject): void {
  const runtime = Model[kModel]
  const type = String(form.type)
  const polymorphic = type === 'belongsTo' && Boolean(form.polymorphic)
  if (!polymorphic && !form.model && form.polymorphic) throw errors.POLYMORPHIC_MODEL_MISSING({ type, relation: name })
  const others = [polymorphic ? undefined : (form.model ?? name), form.through, form.throughModel].filter((other) => other !== undefined)
  const waitsFor = others.map((other) => pending(runtime, other)).find((other) => other !== undefined)
  if (waitsFor) {
    ;(waitsFor.once as (event: string, listener: () => void) => void)('dataAccessConfigured', () => defineWhenReady(Model, name, form))
    return
  }
  const { type: _, model, ...params } = form
  defineRelation(Model, type, { target: polymorphic ? undefined : (model ?? name), params: { ...params, as: name } })
}

/** The class that must be attached first, or undefined when it is. */
function pending(from: ModelRuntime, other: unknown): ModelConstructor | undefined {
  const builder = from.dataSource?.modelBuilder ?? from.builder
  const found = lookUp(from, other) ?? builder.getModel(String(other), true)!
  return found[kModel].dataSource || found === from.ctor ? undefined : found
}
