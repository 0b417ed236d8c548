import type { Row } from '@reloop/connector'
import { inOneTransaction } from '../data-source/one-transaction'
import { mergeWhere } from '../filter/merge'
import { planWhere } from '../filter/plan'
import { relationNames } from '../mixins/cascade'
import { ours } from '../guard/ours'
import { overRelation } from '../guard/over-relation'
import type { JugglerOptions } from '../model/options'
import type { ModelRuntime } from '../model/runtime'
import type { PlainObject } from '../value/plain'

const kDeletedAt = Symbol('deletedAt')

type Timed = JugglerOptions & { readonly [kDeletedAt]?: Date }
type DestroyAll = (where: object, options: JugglerOptions) => Promise<unknown>

/** Marks rows as deleted, with those that go with them, all at the same time. */
export async function softRemove(model: ModelRuntime, where: PlainObject, options: Timed): Promise<number> {
  const { property } = model.compiled.softDelete!
  const at = options[kDeletedAt] ?? new Date()
  const living = planWhere(model, mergeWhere(where, { [property]: null }))
  const mark = async (inside: JugglerOptions) => {
    const { count } = await model.connector.update(
      { entity: model.entity, where: living, change: { set: { [property]: at } } },
      model.call(inside),
    )
    return count
  }
  const names = relationNames(model)
  if (names.length === 0) return mark(options)
  return inOneTransaction(model, options, async (inside) => {
    const rows = await model.connector.find({ entity: model.entity, query: { ...(living && { where: living }) } }, model.call(inside))
    for (const name of names) await removeRelated(model, { name, rows }, { ...inside, [kDeletedAt]: at })
    return mark(inside)
  })
}

async function removeRelated(model: ModelRuntime, { name, rows }: { name: string; rows: readonly Row[] }, options: Timed): Promise<void> {
  const relation = model.relation(name)!
  const target = relation.target()
  const keys = rows.map((row) => row[relation.keyFrom]).filter((key) => key !== null && key !== undefined)
  if (!target || keys.length === 0) return
  const where = mergeWhere({ [relation.keyTo]: { inq: keys } }, relation.applyScope(null, {}).where)!
  await (target.ctor.destroyAll as DestroyAll).call(target.ctor, ours(where), overRelation(relation, options))
}
