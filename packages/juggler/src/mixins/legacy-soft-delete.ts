import { acceptCallback } from '@reloop/callback'
import { inOneTransaction } from '../data-source/one-transaction'
import { errors } from '../errors'
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
  /** How long rows stay once they are marked, in milliseconds: what `purge` removes. @default 30 days */
  readonly purgeAfter?: number
}

/** What `Model.purge` removes, beside options of the call. */
interface PurgeOptions extends JugglerOptions {
  /** Rows that were marked before. @default now − `purgeAfter` */
  readonly before?: Date
}

const month = 30 * 24 * 60 * 60_000

type Static = (this: ModelConstructor, ...args: never[]) => Promise<unknown>

/**
 * Marks rows as deleted instead of removing them. No query, count, change, include or condition across a relation sees them, unless the
 * call has `options.withDeleted`; `unique` properties and indexes are so among the living. `options.hardDelete` removes rows for good, and
 * `Model.purge()` those that were marked long enough ago.
 *
 * @param Model class that gets the property, `purge`, `restoreAll`, `restoreById` and `restore` of its instances
 * @param options name of the property, and what goes with a row
 * @example dataSource.define('Product', { name: String }, { mixins: { SoftDelete: { cascade: ['reviews'] } } })
 */
export function softDelete(Model: ModelConstructor, options: PlainObject): void {
  const { deletedAt = 'deletedAt', cascade = false, purgeAfter = month } = options as SoftDeleteOptions
  if (!(typeof purgeAfter === 'number' && purgeAfter >= 0))
    throw errors.ARGUMENT_INVALID({ argument: 'purgeAfter', expected: 'milliseconds, not negative' })
  const runtime = Model[kModel]
  runtime.builder.defineProperty(Model.modelName, deletedAt, { type: Date, index: true })
  runtime.definition.settings.softDelete = { property: deletedAt, cascade, purgeAfter }

  const restoreAll: Static = acceptCallback(async function (this: ModelConstructor, where: unknown, call: unknown) {
    return restore(this, where as PlainObject | undefined, (call ?? {}) as JugglerOptions)
  })
  Object.assign(Model, {
    purge: acceptCallback(async function (this: ModelConstructor, call: unknown) {
      return purge(this, (call ?? {}) as PurgeOptions)
    }),
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

/** Removes rows for good that were marked long enough ago, with those that went with them. */
async function purge(Model: ModelConstructor, { before, ...call }: PurgeOptions): Promise<{ count: number }> {
  const { property, purgeAfter } = Model[kModel].compiled.softDelete!
  const limit = before ?? new Date(Date.now() - purgeAfter)
  if (!(limit instanceof Date) || Number.isNaN(limit.getTime())) throw errors.ARGUMENT_INVALID({ argument: 'before', expected: 'a date' })
  const options = { ...call, withDeleted: true, hardDelete: true }
  return inOneTransaction(Model[kModel], options, (inside) => purgeWhere(Model, { [property]: { lt: limit } }, inside))
}

async function purgeWhere(Model: ModelConstructor, where: PlainObject, options: JugglerOptions): Promise<{ count: number }> {
  const model = Model[kModel]
  const relations = relationNames(model).map((name) => model.relation(name)!)
  const rows = relations.length ? await (Model.find as Find).call(Model, { where }, options) : []
  for (const relation of relations) {
    const target = relation.target()
    const soft = target?.compiled.softDelete
    if (!target || !soft || rows.length === 0) continue
    const keys = { [relation.keyTo]: { inq: rows.map((row) => row[relation.keyFrom]) } }
    const theirs = { and: [keys, relation.applyScope(null, {}).where ?? {}, { [soft.property]: { neq: null } }] }
    await purgeWhere(target.ctor, theirs, options)
  }
  return (Model.destroyAll as DestroyAll).call(Model, where, options)
}

type DestroyAll = (where: object, options: JugglerOptions) => Promise<{ count: number }>

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
