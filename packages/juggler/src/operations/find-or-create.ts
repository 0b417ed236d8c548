import { errors } from '../errors'
import type { Filter } from '../filter/filter'
import type { JugglerOptions } from '../model/options'
import type { ModelRuntime } from '../model/runtime'
import type { ModelInstance } from '../model/types'
import { isPlainObject, type PlainObject } from '../value/plain'
import { create } from './create'
import { findOne } from './find-one'
import { findOrCreateHooksFirst } from './find-or-create-hooks-first'
import { runsHooksFirst } from './hooks-first'
import { oneAtATime } from './one-at-a-time'
import { isDuplicate } from './store-errors'

export interface FoundOrCreated {
  readonly instance: ModelInstance
  readonly created: boolean
}

/** The first instance that matches a filter, or a new one of the data. */
export async function findOrCreate(
  model: ModelRuntime,
  asked: { filter: Filter; data: PlainObject; nested?: boolean; make?: typeof create },
  options: JugglerOptions,
): Promise<FoundOrCreated> {
  if (!model.ready) await model.whenReady('findOrCreate')
  if (!isPlainObject(asked.data) && typeof asked.data !== 'object')
    throw errors.ARGUMENT_INVALID({ argument: 'data', expected: 'an object' })
  const { make = create } = asked
  const key = keyOf(asked.filter)
  if (!asked.nested && runsHooksFirst(model, 'findOrCreate')) return findOrCreateHooksFirst(model, { ...asked, key }, options)
  return oneAtATime(model, key, async () => {
    const found = await findOne(model, asked.filter, options)
    if (found) return { instance: found, created: false }
    try {
      return { instance: await make(model, asked.data, options), created: true }
    } catch (error) {
      const other = isDuplicate(error) ? await findOne(model, asked.filter, options) : null
      if (!other) throw error
      return { instance: other, created: false }
    }
  })
}

function keyOf(filter: Filter): string {
  return JSON.stringify(filter?.where ?? {}, (_key, value: unknown) => (value instanceof RegExp ? String(value) : value))
}
