import { errors } from '../errors'
import type { JugglerOptions } from '../model/options'
import type { ModelInstance } from '../model/types'
import { kData, kModel } from '../symbols'
import { findById } from './find-by-id'
import { idOf } from './ids'

/** The row of an instance, read anew into a new instance; null when it is gone. */
export async function reload(instance: ModelInstance, options: JugglerOptions): Promise<ModelInstance | null> {
  const model = instance[kModel]
  if (model.compiled.ids.length === 0) throw errors.PRIMARY_KEY_MISSING({ model: model.name })
  return findById(model, { id: idOf(model, instance[kData]) }, options)
}
