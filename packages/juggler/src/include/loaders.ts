import type { Row } from '@reloop/connector'
import { errors } from '../errors'
import type { Filter } from '../filter/filter'
import { pageOf } from '../filter/page'
import { ours } from '../guard/ours'
import { hopOver } from '../guard/over-relation'
import type { GuardHop } from '../model/options'
import type { ModelRuntime } from '../model/runtime'
import type { ModelConstructor } from '../model/types'
import type { RelationDefinition, RelationKind } from '../relations/relation-definition'
import { kModel } from '../symbols'
import { embedded } from './embedded'
import { keyText, distinct, groupBy } from './group'
import type { LoadingAgain } from './load'
import type { IncludeStep } from './plan'
import { loadRelated, type Related } from './related'

/** One value per row: what stands under the relation's name. */
export type Loader = (rows: readonly Row[], step: IncludeStep, loading: LoadingAgain) => Promise<readonly unknown[]>

/** The caller's scope with the relation's own over it. */
function filterOf({ relation, scope }: IncludeStep): Filter {
  return relation.applyScope(null, scope)
}

function target(relation: RelationDefinition): ModelRuntime {
  const model = relation.target()
  if (!model) throw errors.RELATION_TARGET_UNKNOWN({ target: relation.name, model: String(relation.modelFrom) })
  return model
}

/** What stands for nobody under the relation's name. */
function nobodyOf(relation: RelationDefinition): null | undefined {
  return (relation.modelFrom as ModelConstructor)[kModel].flags.emptyInclude === 'null' ? null : undefined
}

/** Values by key, the first one of each. */
function firstBy(related: Related, key: string): Map<string, unknown> {
  const found = new Map<string, unknown>()
  related.rows.forEach((row, index) => {
    const text = keyText(row[key])
    if (!found.has(text)) found.set(text, related.values[index])
  })
  return found
}

const one: Loader = async (rows, step, loading) => {
  const { relation } = step
  const { limit: _limit, skip: _skip, offset: _offset, ...filter } = filterOf(step)
  const related = await loadRelated(
    { model: target(relation), filter, key: relation.keyTo, hop: hopOver(relation), keys: distinct(rows, relation.keyFrom) },
    loading,
  )
  const found = firstBy(related, relation.keyTo)
  const none = nobodyOf(relation)
  return rows.map((row) => found.get(keyText(row[relation.keyFrom])) ?? none)
}

const many: Loader = async (rows, step, loading) => {
  const { relation } = step
  const model = target(relation)
  const related = await loadPaged(
    { model, filter: filterOf(step), key: relation.keyTo, hop: hopOver(relation), keys: distinct(rows, relation.keyFrom) },
    loading,
  )
  return rows.map((row) => related.get(keyText(row[relation.keyFrom])) ?? [])
}

interface Paged {
  readonly model: ModelRuntime
  readonly filter: Filter
  readonly key: string
  readonly keys: readonly unknown[]
  readonly hop?: GuardHop
}

/** Related values by key; limit and skip count for each key. */
async function loadPaged(asked: Paged, loading: LoadingAgain): Promise<Map<string, unknown[]>> {
  const page = pageOf(asked.filter, asked.model.flags)
  const paged = page.limit !== undefined || page.skip !== undefined
  if (!paged) return groupBy(await loadRelated(asked, loading), asked.key)
  if (asked.model.connector.capabilities.perParent) return groupBy(await loadRelated({ ...asked, perParent: true }, loading), asked.key)
  const { limit: _limit, skip: _skip, offset: _offset, ...filter } = asked.filter
  const grouped = groupBy(await loadRelated({ ...asked, filter }, loading), asked.key)
  const skip = page.skip ?? 0
  for (const [key, values] of grouped) grouped.set(key, values.slice(skip, page.limit === undefined ? undefined : skip + page.limit))
  return grouped
}

/** Two queries: the rows in between, then the targets; the caller's filter is the targets'. */
const through: Loader = async (rows, step, loading) => {
  const { relation } = step
  const between = relation.throughTarget!()!
  const links = await loadRelated(
    {
      model: between.model,
      filter: { where: between.where && ours(between.where) },
      key: between.from,
      hop: hopOver(relation),
      keys: distinct(rows, relation.keyFrom),
    },
    { ...loading, mode: 'rows' },
  )
  const page = pageOf(step.scope, target(relation).flags)
  const { limit: _limit, skip: _skip, offset: _offset, ...filter } = filterOf(step)
  const related = await loadRelated(
    { model: target(relation), filter, key: relation.keyTo, hop: hopOver(relation), keys: distinct(links.rows, between.to) },
    loading,
  )
  const places = new Map(related.rows.map((row, index) => [keyText(row[relation.keyTo]), index]))
  const linked = groupBy({ rows: links.rows, values: links.rows.map((row) => keyText(row[between.to])) }, between.from)
  const skip = page.skip ?? 0
  return rows.map((row) => {
    const keys = new Set(linked.get(keyText(row[relation.keyFrom])) as string[] | undefined)
    const indexes = [...keys].flatMap((key) => places.get(key) ?? []).sort((a, b) => a - b)
    return indexes.slice(skip, page.limit === undefined ? undefined : skip + page.limit).map((index) => related.values[index])
  })
}

/** The targets whose ids a list of the parent holds, in the order of that list. */
const references: Loader = async (rows, step, loading) => {
  const { relation } = step
  const ids = (row: Row) => listIn(row[relation.keyFrom])
  const keys = [...new Map(rows.flatMap(ids).map((id) => [keyText(id), id])).values()]
  const { limit: _limit, skip: _skip, offset: _offset, ...filter } = filterOf(step)
  const found = firstBy(
    await loadRelated({ model: target(relation), filter, key: relation.keyTo, hop: hopOver(relation), keys }, loading),
    relation.keyTo,
  )
  return rows.map((row) => ids(row).flatMap((id) => found.get(keyText(id)) ?? []))
}

function listIn(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value.filter((item) => item !== null && item !== undefined)
  if (typeof value !== 'string' || !value.startsWith('[')) return []
  return listIn(JSON.parse(value))
}

/** One query for each type of target that the parents name. */
const polymorphic: Loader = async (rows, step, loading) => {
  const { relation } = step
  const { discriminator } = relation.polymorphic!
  const byType = new Map<string, Row[]>()
  for (const row of rows) {
    const type = row[discriminator]
    if (typeof type === 'string' && row[relation.keyFrom] !== null && row[relation.keyFrom] !== undefined)
      byType.set(type, [...(byType.get(type) ?? []), row])
  }
  const found = new Map<string, Map<string, unknown>>()
  for (const [type, parents] of byType) {
    const model = relation.targetOfType!(type)
    if (!model) throw errors.DISCRIMINATOR_UNKNOWN({ type })
    const key = relation.keyTo || model.compiled.id!.name
    found.set(
      type,
      firstBy(
        await loadRelated(
          { model, filter: filterOf(step), key, hop: hopOver(relation), keys: distinct(parents, relation.keyFrom) },
          loading,
        ),
        key,
      ),
    )
  }
  const none = nobodyOf(relation)
  return rows.map((row) => found.get(String(row[discriminator]))?.get(keyText(row[relation.keyFrom])) ?? none)
}

export const loaders: Readonly<Record<RelationKind, Loader>> = Object.freeze({
  one,
  many,
  through,
  references,
  polymorphic,
  embedsOne: embedded,
  embedsMany: embedded,
})
