import { errors } from '../errors'
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
import { findById, type ById } from '../operations/find-by-id'
import { findByIds } from '../operations/find-by-ids'
import { sameId } from '../operations/ids'
import { updateAll } from '../operations/update-all'
import { updateAttributes } from '../operations/update-attributes'
import { kData, kGuard, kModel } from '../symbols'
import type { PlainObject } from '../value/plain'
import { addToCache, removeFromCache } from './has-many'
import { cache, cached, targetOf, type Held } from './held'
import type { ManyOperations } from './operations'

function idsOf({ instance, relation }: Held): readonly unknown[] {
  const ids = instance[kData][relation.keyFrom]
  if (typeof ids === 'string') return JSON.parse(ids) as unknown[]
  return Array.isArray(ids) ? (ids as unknown[]) : []
}

function saveIds(held: Held, ids: readonly unknown[], options: JugglerOptions): Promise<ModelInstance> {
  return updateAttributes(held.instance, { [held.relation.keyFrom]: [...ids] }, options)
}

function keyOf(held: Held, item: unknown): unknown {
  return typeof item === 'object' && item !== null && (item as Partial<ModelInstance>)[kModel]
    ? (item as ModelInstance)[kData][held.relation.keyTo]
    : item
}

async function append(held: Held, items: readonly ModelInstance[], options: JugglerOptions): Promise<void> {
  const added = items.map((item) => item[kData][held.relation.keyTo])
  await saveIds(held, held.relation.options.prepend ? [...added, ...idsOf(held)] : [...idsOf(held), ...added], options)
  addToCache(held, items)
}

async function findRelated(held: Held, { id, filter }: ById, options: JugglerOptions): Promise<ModelInstance> {
  const target = targetOf(held)
  const found = await findById(target, { id, filter: filter && { include: filter.include } }, options)
  if (!found) throw errors.NOT_FOUND({ model: target.name, id })
  if (!idsOf(held).some((own) => sameId(own, found[kData][held.relation.keyTo]))) {
    const { instance, relation } = held
    throw errors.KEY_MISMATCH({
      text: `${instance[kModel].name}.${relation.keyFrom}: ${JSON.stringify(idsOf(held))}, ${target.name}.${relation.keyTo}: ${String(id)}`,
    })
  }
  return found
}

function named(built: ModelInstance, data: PlainObject, options: JugglerOptions): ModelInstance {
  if (options[kGuard]) rememberNames(built, writtenBy(data))
  return built
}

async function removeId(held: Held, id: unknown, options: JugglerOptions): Promise<readonly unknown[]> {
  const rest = idsOf(held).filter((own) => !sameId(own, id))
  if (rest.length !== idsOf(held).length) await saveIds(held, rest, options)
  removeFromCache(held, id)
  return rest
}

/** The caller's where on the referenced rows. */
function ownWhere(held: Held, where: unknown): unknown {
  return mergeWhere(ours({ [held.relation.keyTo]: { inq: [...idsOf(held)] } }), held.relation.applyScope(held.instance, { where }).where)
}

export const referencesMany: ManyOperations = toldOver<ManyOperations>(
  {
    async get(held, filter, options) {
      const scoped = held.relation.applyScope(held.instance, filter)
      return findByIds(targetOf(held), { ids: [...idsOf(held)], filter: scoped }, options)
    },

    build(held, data) {
      const built = new (targetOf(held).ctor)(data)
      held.relation.applyProperties(held.instance, built)
      return built
    },

    async create(held, data, options) {
      const target = targetOf(held)
      const items = Array.isArray(data) ? (data as readonly PlainObject[]) : [(data ?? {}) as PlainObject]
      const made: ModelInstance[] = []
      for (const item of items) made.push(await create(target, named(referencesMany.build(held, item), item, options), options))
      await append(held, made, options)
      return Array.isArray(data) ? made : made[0]!
    },

    findById: findRelated,
    exists: async (held, id) => idsOf(held).some((own) => sameId(own, keyOf(held, id))),

    async updateById(held, { id, data }, options) {
      return updateAttributes(await findRelated(held, { id }, options), data, options)
    },

    async destroyById(held, id, options) {
      const found = await findRelated(held, { id }, options)
      await removeId(held, id, options)
      return destroy(found, options)
    },

    count: (held, where, options) => count(targetOf(held), ownWhere(held, where), options),
    updateAll: (held, { where, data }, options) => updateAll(targetOf(held), { where: ownWhere(held, where), data }, options),

    async destroyAll(held, where, options) {
      const result = await destroyAll(targetOf(held), ownWhere(held, where), options)
      const left = await findByIds(targetOf(held), { ids: [...idsOf(held)] }, options)
      await saveIds(
        held,
        left.map((item) => item[kData][held.relation.keyTo]),
        options,
      )
      if (cached(held)) cache(held, undefined)
      return result
    },

    async add(held, { item }, options) {
      const isInstance = typeof item === 'object' && item !== null
      const found = isInstance ? (item as ModelInstance) : await findById(targetOf(held), { id: item }, options)
      if (!found) return null
      await append(held, [found], options)
      return found
    },

    remove: (held, item, options) => removeId(held, keyOf(held, item), options),

    async at(held, index, options) {
      const id = idsOf(held)[index]
      return id === undefined ? null : findById(targetOf(held), { id }, options)
    },
  },
  ['build', 'value'],
)
