import { errors } from '../errors'
import type { JugglerOptions } from '../model/options'
import type { ModelRuntime } from '../model/runtime'
import type { ModelInstance } from '../model/types'
import { isPlainObject, type PlainObject } from '../value/plain'
import { splitOperators } from './change'
import { create } from './create'
import { find } from './find'
import { runsHooksFirst } from './hooks-first'
import { updateAttributes } from './update-attributes'
import { upsertWithWhereHooksFirst } from './upsert-with-where-hooks-first'

/** Changes the one row that matches a where, or creates one; more than one is an error. */
export async function upsertWithWhere(
  model: ModelRuntime,
  asked: { where: PlainObject; data: PlainObject },
  options: JugglerOptions,
): Promise<ModelInstance> {
  if (!isPlainObject(asked.where)) throw errors.WHERE_INVALID({ value: asked.where })
  if (!isPlainObject(asked.data)) throw errors.ARGUMENT_INVALID({ argument: 'data', expected: 'an object' })
  if (Object.keys(asked.data).length === 0) throw errors.DATA_EMPTY()
  if (runsHooksFirst(model, 'upsertWithWhere') && !splitOperators(model, asked.data, options).operators)
    return upsertWithWhereHooksFirst(model, asked, options)
  const found = await find(model, { where: asked.where, limit: 2 }, options)
  if (found.length > 1) throw errors.UPSERT_AMBIGUOUS()
  return found[0] ? updateAttributes(found[0], asked.data, options) : create(model, asked.data, options)
}
