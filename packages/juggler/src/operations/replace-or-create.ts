import { errors } from '../errors'
import { unguarded } from '../guard/ask'
import type { JugglerOptions } from '../model/options'
import type { ModelRuntime } from '../model/runtime'
import type { ModelInstance } from '../model/types'
import { isPlainObject, type PlainObject } from '../value/plain'
import { writeWhere } from './begin'
import { create } from './create'
import { findOne } from './find-one'
import { idOf, idWhere } from './ids'
import { kData } from '../symbols'
import { replaceById } from './replace-by-id'

/** What is written, and who is told whether the row is new. */
export interface ReplaceOrCreate {
  readonly data: PlainObject
  readonly told?: (info: { readonly isNewInstance: boolean }) => void
}

/** Replaces the row whose id is in the data, or creates one. */
export async function replaceOrCreate(
  model: ModelRuntime,
  { data, told }: ReplaceOrCreate,
  options: JugglerOptions,
): Promise<ModelInstance> {
  if (!model.ready) await model.whenReady('replaceOrCreate')
  const { toObject } = (data ?? {}) as { toObject?: (onlySchema: boolean) => PlainObject }
  const given = typeof toObject === 'function' ? toObject.call(data, false) : data
  if (!isPlainObject(given)) throw errors.ARGUMENT_INVALID({ argument: 'data', expected: 'an object' })
  const id = idOf(model, given)
  if (id === undefined) return create(model, given, options)
  if (model.compiled.forceId) return replaceById(model, { id, data: given }, options)
  const where = idWhere(model, id, 'replaceOrCreate')
  if (!where) throw errors.ID_INVALID({ model: model.name, value: id })
  const reached = await writeWhere(model, { where, action: 'update' }, unguarded(options))
  const found = await findOne(model, { where: reached }, { ...unguarded(options), notify: false })
  told?.({ isNewInstance: !found })
  if (!found) return create(model, given, options)
  const foundId = idOf(model, found[kData])
  return replaceById(model, { id: foundId, data: { ...given, ...idWhere(model, foundId, 'replaceOrCreate') } }, options)
}
