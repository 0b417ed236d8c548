import type { SharedModel } from '../types'
import { callUsers, withCallbacks, type UserFunction } from './legacy-statics'
import type { Stored } from './stored'
import { findTracking } from './tracking'

/** Names that a record does not fill in. */
const own: ReadonlySet<string> = new Set(['id', 'rev', 'prev', 'checkpoint', 'modelName', 'modelId'])

/** What LoopBack's extension point does by itself: copies the additional properties of changes from the record. */
export const { fillCustomChangeProperties } = withCallbacks({
  async fillCustomChangeProperties(this: Stored, change: Record<string, unknown>) {
    const Model = this.constructor as unknown as SharedModel
    for (const name of findTracking(Model)?.further ?? []) change[name] = this[name]
  },
}) as { fillCustomChangeProperties: UserFunction }

/** The additional properties of a record's change. */
export async function customProperties(Model: SharedModel, record: Stored): Promise<Record<string, unknown>> {
  const { further, Change } = findTracking(Model)!
  const fill = record.fillCustomChangeProperties as UserFunction
  if (fill === fillCustomChangeProperties)
    return further.length === 0 ? {} : Object.fromEntries(further.map((name) => [name, record[name] ?? null]))
  const change = new Change({}, { applyDefaultValues: false }) as unknown as Stored
  await callUsers(fill, record, [change])
  return Object.fromEntries(Object.entries(change.toObject()).filter(([name, value]) => !own.has(name) && value !== undefined))
}
