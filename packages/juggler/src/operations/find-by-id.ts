import type { Awaitable, Row } from '@reloop/connector'
import type { Filter } from '../filter/filter'
import type { JugglerOptions } from '../model/options'
import type { ModelRuntime } from '../model/runtime'
import type { ModelInstance } from '../model/types'
import { kGuard } from '../symbols'
import { checkFilter, isPromise } from './begin'
import { find } from './find'
import { idWhere } from './ids'
import { toInstance } from './instances'

/** Which row, and what of a filter counts: `include` and `fields`. */
export interface ById {
  readonly id: unknown
  readonly filter?: Filter
}

/** The instance of an id, or null. Of a filter, only `include` and `fields` count. */
export async function findById(model: ModelRuntime, asked: ById, options: JugglerOptions): Promise<ModelInstance | null> {
  const { id, filter } = asked
  if (!model.ready) await model.whenReady('findById')
  if (isPlain(model, filter, options)) {
    const found = findPlainly(model, id, options)
    return isPromise(found) ? await found : found
  }
  const { include, fields } = checkFilter(filter)
  const where = idWhere(model, id, 'findById')
  if (!where) return null
  const found = await find(model, { where, limit: 1, include, fields }, options)
  return found[0] ?? null
}

/** Whether nothing but the id decides. */
function isPlain(model: ModelRuntime, filter: Filter | undefined, options: JugglerOptions): boolean {
  const { has, compiled } = model
  return (
    !has.access &&
    !has.loaded &&
    compiled.scope === undefined &&
    compiled.softDelete === undefined &&
    compiled.id !== undefined &&
    !filter?.include &&
    !filter?.fields &&
    !options[kGuard]
  )
}

/** At once when the store answers at once. */
function findPlainly(model: ModelRuntime, id: unknown, options: JugglerOptions): Awaitable<ModelInstance | null> {
  const where = idWhere(model, id, 'findById')
  if (!where) return null
  const { plan, id: property } = model.byId
  const rows = plan.run([where[property.name]], model.call(options))
  return isPromise(rows) ? rows.then((found) => firstOf(model, found)) : firstOf(model, rows)
}

function firstOf(model: ModelRuntime, rows: readonly Row[]): ModelInstance | null {
  return rows.length ? toInstance(model, rows[0]!) : null
}
