import { errors } from '../errors'
import type { Filter } from '../filter/filter'
import { mergeWhere } from '../filter/merge'
import { ours } from '../guard/ours'
import type { JugglerOptions } from '../model/options'
import type { ModelRuntime } from '../model/runtime'
import type { ModelInstance } from '../model/types'
import { kData } from '../symbols'
import { checkFilter } from './begin'
import { find } from './find'
import { readId } from './ids'

/** The instances of ids, in the order of the ids unless the filter orders; ids without a row are skipped. */
export async function findByIds(
  model: ModelRuntime,
  asked: { ids: readonly unknown[]; filter?: Filter },
  options: JugglerOptions,
): Promise<ModelInstance[]> {
  if (!Array.isArray(asked.ids)) throw errors.ARGUMENT_INVALID({ argument: 'ids', expected: 'an array' })
  const { id } = model.compiled
  if (!id) throw errors.PRIMARY_KEY_MISSING({ model: model.name })
  const ids = asked.ids.map((value) => readId(model, id, value)).filter((value) => value !== undefined && value !== null)
  if (ids.length === 0) return []
  const given = checkFilter(asked.filter)
  const filter = { ...given, where: mergeWhere(ours({ [id.name]: { inq: ids } }), given.where) }
  const found = await find(model, filter, options)
  return given.order ? found : inOrder(found, { ids, name: id.name })
}

function inOrder(found: readonly ModelInstance[], by: { ids: readonly unknown[]; name: string }): ModelInstance[] {
  const places = new Map(by.ids.map((id, index) => [String(id), index]))
  const place = (instance: ModelInstance) => places.get(String(instance[kData][by.name])) ?? Infinity
  return [...found].sort((a, b) => place(a) - place(b))
}
