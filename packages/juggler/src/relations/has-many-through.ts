import { errors } from '../errors'
import type { Filter } from '../filter/filter'
import { mergeWhere } from '../filter/merge'
import { rememberNames, writtenBy } from '../guard/guard-write'
import { ours } from '../guard/ours'
import { toldOver } from '../guard/over-relation'
import type { JugglerOptions } from '../model/options'
import type { ModelInstance } from '../model/types'
import { count } from '../operations/count'
import { create } from '../operations/create'
import { destroy } from '../operations/destroy'
import { destroyAll } from '../operations/destroy-all'
import { find } from '../operations/find'
import { findById, type ById } from '../operations/find-by-id'
import { findOrCreate } from '../operations/find-or-create'
import { updateAll } from '../operations/update-all'
import { updateAttributes } from '../operations/update-attributes'
import { readColumn } from '../operations/read-column'
import { kData, kGuard, kModel } from '../symbols'
import type { PlainObject } from '../value/plain'
import { addToCache, removeFromCache } from './has-many'
import { cache, cached, ownKey, targetOf, type Held } from './held'
import type { ManyOperations } from './operations'
import type { ThroughTarget } from './relation-definition'

function between(held: Held): ThroughTarget {
  return held.relation.throughTarget()!
}

/** The where of the owner's rows in between, and of one target among them. */
function linkWhere(held: Held, targetKey?: unknown): PlainObject {
  const { from, to, where } = between(held)
  return ours({ ...where, [from]: ownKey(held), ...(targetKey !== undefined && { [to]: targetKey }) })
}

async function linkedKeys(held: Held, options: JugglerOptions): Promise<unknown[]> {
  if (ownKey(held) === undefined) return []
  const { model, to } = between(held)
  const filter = { where: linkWhere(held), fields: [to] }
  if (options[kGuard]) return readColumn(model, { where: filter.where, column: to }, options)
  const links = await find(model, filter, options)
  return [...new Set(links.map((link) => link[kData][to]).filter((key) => key !== undefined && key !== null))]
}

/** The caller's filter on the targets that are linked; undefined when none is. */
async function targetFilter(held: Held, filter: Filter, options: JugglerOptions): Promise<Filter | undefined> {
  const keys = await linkedKeys(held, options)
  if (keys.length === 0) return undefined
  const scoped = held.relation.applyScope(held.instance, filter)
  return { ...scoped, where: mergeWhere(ours({ [held.relation.keyTo]: { inq: keys } }), scoped.where) }
}

async function get(held: Held, filter: Filter, options: JugglerOptions): Promise<ModelInstance[]> {
  const own = await targetFilter(held, filter, options)
  return own ? find(targetOf(held), own, options) : []
}

function keyOf(held: Held, item: unknown): unknown {
  return typeof item === 'object' && item !== null && (item as Partial<ModelInstance>)[kModel]
    ? (item as ModelInstance)[kData][held.relation.keyTo]
    : item
}

async function link(held: Held, asked: { key: unknown; data?: PlainObject }, options: JugglerOptions): Promise<ModelInstance> {
  const where = linkWhere(held, asked.key)
  const { model } = between(held)
  const data = new model.ctor({ ...asked.data, ...where })
  if (options[kGuard]) rememberNames(data, [...writtenBy(asked.data), ...Object.keys(where)])
  const { instance } = await findOrCreate(model, { filter: { where }, data: data }, options)
  return instance
}

async function isLinked(held: Held, key: unknown, options: JugglerOptions): Promise<boolean> {
  return (await count(between(held).model, linkWhere(held, key), options)) > 0
}

async function findRelated(held: Held, { id, filter }: ById, options: JugglerOptions): Promise<ModelInstance> {
  const target = targetOf(held)
  if (!(await isLinked(held, id, options))) {
    const { from, to, model } = between(held)
    throw errors.LINK_NOT_FOUND(
      { text: `${model.name} for (${held.instance[kModel].name}.${String(ownKey(held))},${target.name}.${String(id)})` },
      { details: { from, to } },
    )
  }
  const found = await findById(target, { id, filter: filter && { include: filter.include } }, options)
  if (!found) throw errors.NOT_FOUND({ model: target.name, id })
  return found
}

async function createOne(held: Held, data: PlainObject, options: JugglerOptions): Promise<ModelInstance> {
  const target = targetOf(held)
  const built = hasManyThrough.build(held, data)
  if (options[kGuard]) rememberNames(built, writtenBy(data))
  const made = await create(target, built, options)
  try {
    await link(held, { key: made[kData][held.relation.keyTo] }, options)
  } catch (error) {
    await destroy(made, options)
    throw error
  }
  return made
}

export const hasManyThrough: ManyOperations = toldOver<ManyOperations>(
  {
    get,

    build(held, data) {
      const built = new (targetOf(held).ctor)(data)
      held.relation.applyProperties(held.instance, built)
      return built
    },

    async create(held, data, options) {
      if (ownKey(held) === undefined)
        throw errors.ID_REQUIRED({ model: held.instance[kModel].name, method: `${held.relation.name}.create` })
      if (!Array.isArray(data)) {
        const made = await createOne(held, (data ?? {}) as PlainObject, options)
        addToCache(held, [made])
        return made
      }
      const all: ModelInstance[] = []
      for (const item of data as readonly PlainObject[]) all.push(await createOne(held, item, options))
      addToCache(held, all)
      return all
    },

    findById: findRelated,
    exists: (held, id, options) => isLinked(held, keyOf(held, id), options),

    async updateById(held, { id, data }, options) {
      return updateAttributes(await findRelated(held, { id }, options), data, options)
    },

    async destroyById(held, id, options) {
      const found = await findRelated(held, { id }, options)
      await destroyAll(between(held).model, linkWhere(held, id), options)
      const result = await destroy(found, options)
      removeFromCache(held, id)
      return result
    },

    async count(held, where, options) {
      const own = await targetFilter(held, { where }, options)
      return own ? count(targetOf(held), own.where, options) : 0
    },

    async updateAll(held, { where, data }, options) {
      const own = await targetFilter(held, { where }, options)
      return own ? updateAll(targetOf(held), { where: own.where, data }, options) : { count: 0 }
    },

    /** Unlinks; the targets stay. */
    async destroyAll(held, where, options) {
      const own = await targetFilter(held, { where }, options)
      if (!own) return { count: 0 }
      const filter = { where: own.where, fields: [held.relation.keyTo] }
      const { to } = between(held)
      const keys = options[kGuard]
        ? await readColumn(targetOf(held), { where: own.where, column: held.relation.keyTo }, options)
        : (await find(targetOf(held), filter, options)).map((target) => target[kData][held.relation.keyTo])
      const result = await destroyAll(between(held).model, ours({ ...linkWhere(held), [to]: { inq: keys } }), options)
      if (cached(held)) cache(held, undefined)
      return result
    },

    async add(held, { item, data }, options) {
      if (ownKey(held) === undefined) throw errors.ID_REQUIRED({ model: held.instance[kModel].name, method: `${held.relation.name}.add` })
      const made = await link(held, { key: keyOf(held, item), data }, options)
      if (typeof item === 'object') addToCache(held, [item as ModelInstance])
      return made
    },

    async remove(held, item, options) {
      const key = keyOf(held, item)
      const result = await destroyAll(between(held).model, linkWhere(held, key), options)
      removeFromCache(held, key)
      return result
    },
  },
  ['build', 'value'],
)
