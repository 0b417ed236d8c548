import { acceptCallback } from '@reloop/callback'
import { kModel } from '../symbols'
import { relationNames } from './cascade'
import type { JugglerOptions } from '../model/options'
import type { ModelConstructor, ModelInstance } from '../model/types'
import type { PlainObject } from '../value/plain'

/** How rows are marked as deleted. */
export interface SoftDeleteOptions {
  /** Name of the property that says when. @default 'deletedAt' */
  readonly deletedAt?: string
  /** Relations whose rows go and come back with their owner, or true for every hasMany and hasOne. @default false */
  readonly cascade?: boolean | readonly string[]
}

type Static = (this: ModelConstructor, ...args: never[]) => Promise<unknown>

/**
 * Marks rows as deleted instead of removing them. No query, count, change, include or condition across a relation sees them, unless the
 * call has `options.withDeleted`; uniqueness is among the living. `options.hardDelete` removes rows for good.
 *
 * @param Model class that gets the property, `restoreAll`, `restoreById` and `restore` of its instances
 * @param options name of the property, and what goes with a row
 * @example dataSource.define('Product', { name: String }, { mixins: { SoftDelete: { cascade: ['reviews'] } } })
 */
export function softDelete(Model: ModelConstructor, options: PlainObject): void {
  const { deletedAt = 'deletedAt', cascade = false } = options as SoftDeleteOptions
  const runtime = Model[kModel]
  runtime.builder.defineProperty(Model.modelName, deletedAt, { type: Date, index: true })
  runtime.definition.settings.softDelete = { property: deletedAt, cascade }

  const restoreAll: Static = acceptCallback(async function (this: ModelConstructor, where: unknown, call: unknown) {
    return restore(this, where as PlainObject | undefined, (call ?? {}) as JugglerOptions)
  })
  Object.assign(Model, {
    restoreAll,
    restoreById: acceptCallback(async function (this: ModelConstructor, id: unknown, call: unknown) {
      return restore(this, whereOf(this, id), (call ?? {}) as JugglerOptions)
    }),
  })
  Object.defineProperty(Model.prototype, 'restore', {
    configurable: true,
    writable: true,
    value: acceptCallback(async function (this: ModelInstance, call: unknown) {
      const ids = this[kModel].compiled.ids.map(({ name }) => [name, this[name]] as const)
      await restore(this[kModel].ctor, Object.fromEntries(ids), (call ?? {}) as JugglerOptions)
      this[deletedAt] = null
      return this
    }),
  })
}

function whereOf(Model: ModelConstructor, id: unknown): PlainObject {
  const [first, ...others] = Model[kModel].compiled.ids
  return others.length ? (id as PlainObject) : { [first!.name]: id }
}

type Find = (filter: object, options: JugglerOptions) => Promise<ModelInstance[]>
type UpdateAll = (where: object, data: object, options: JugglerOptions) => Promise<{ count: number }>

/** Brings rows back, and those that went with them. */
async function restore(Model: ModelConstructor, where: PlainObject | undefined, given: JugglerOptions): Promise<{ count: number }> {
  const model = Model[kModel]
  const options = { ...given, withDeleted: true }
  const { property } = model.compiled.softDelete!
  const gone = { and: [where ?? {}, { [property]: { neq: null } }] }
  for (const relation of relationNames(model).map((name) => model.relation(name)!)) {
    const target = relation.target()
    const soft = target?.compiled.softDelete
    if (!target || !soft) continue
    const rows = await (Model.find as Find).call(Model, { where: gone }, options)
    for (const row of rows) {
      const together = {
        ...(relation.applyScope(null, {}).where as object),
        [relation.keyTo]: row[relation.keyFrom],
        [soft.property]: row[property],
      }
      await restore(target.ctor, together, given)
    }
  }
  return (Model.updateAll as UpdateAll).call(Model, gone, { [property]: null }, options)
}
