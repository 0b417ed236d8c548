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
import { createAll } from '../operations/create-all'
import { destroy } from '../operations/destroy'
import { destroyAll } from '../operations/destroy-all'
import { find } from '../operations/find'
import { findById, type ById } from '../operations/find-by-id'
import { findOne } from '../operations/find-one'
import { idOf, idWhere, sameId } from '../operations/ids'
import { updateAll } from '../operations/update-all'
import { updateAttributes } from '../operations/update-attributes'
import { kData, kGuard, kModel } from '../symbols'
import { isPlainObject, type PlainObject } from '../value/plain'
import { cache, cached, ownKey, targetOf, type Held } from './held'
import type { ManyOperations } from './operations'

/** The caller's filter with the foreign key and the relation's scope; undefined while the owner has no key. */
export function ownFilter(held: Held, filter: Filter): Filter | undefined {
  const key = ownKey(held)
  if (key === undefined) return undefined
  const scoped = held.relation.applyScope(held.instance, filter)
  return { ...scoped, where: mergeWhere(ours({ [held.relation.keyTo]: key }), scoped.where) }
}

async function get(held: Held, filter: Filter, options: JugglerOptions): Promise<ModelInstance[]> {
  const own = ownFilter(held, filter)
  return own ? find(targetOf(held), own, options) : []
}

/** Data of a related row: the foreign key is the owner's, whatever was given. */
function withKey(held: Held, data: PlainObject): ModelInstance {
  const target = targetOf(held)
  const { relation, instance } = held
  const given = (data as Partial<ModelInstance>)[kModel] ? (data as unknown as ModelInstance) : new target.ctor(data)
  given[relation.keyTo] = ownKey(held)
  relation.applyProperties(instance, given)
  return given
}

async function createRelated(
  held: Held,
  data: PlainObject | readonly PlainObject[],
  options: JugglerOptions,
): Promise<ModelInstance | ModelInstance[]> {
  if (ownKey(held) === undefined) throw errors.ID_REQUIRED({ model: held.instance[kModel].name, method: `${held.relation.name}.create` })
  const target = targetOf(held)
  const build = (item: PlainObject) => {
    const built = withKey(held, item)
    if (options[kGuard]) rememberNames(built, [...writtenBy(item), held.relation.keyTo])
    return built
  }
  const made = Array.isArray(data)
    ? await createAll(target, (data as readonly PlainObject[]).map(build), options)
    : await create(target, build((data ?? {}) as PlainObject), options)
  addToCache(held, Array.isArray(made) ? made : [made])
  return made
}

/** Adds to a list that was loaded; none is begun, for it would look complete. */
export function addToCache(held: Held, items: readonly ModelInstance[]): void {
  const list = cached(held)
  if (Array.isArray(list)) cache(held, [...(list as unknown[]), ...items])
}

export function removeFromCache(held: Held, id: unknown): void {
  const list = cached(held)
  if (!Array.isArray(list)) return
  const target = targetOf(held)
  cache(
    held,
    (list as ModelInstance[]).filter((item) => !sameId(idOf(target, item[kData]), id)),
  )
}

async function findRelated(held: Held, { id, filter }: ById, options: JugglerOptions): Promise<ModelInstance> {
  const target = targetOf(held)
  if (options[kGuard]) return findGuarded(held, { id, filter }, options)
  const found = await findById(target, { id, filter: filter && { include: filter.include } }, options)
  if (!found) throw errors.NOT_FOUND({ model: target.name, id })
  // Another owner's row is not told from none.
  if (!sameId(found[kData][held.relation.keyTo], ownKey(held))) throw errors.NOT_FOUND({ model: target.name, id })
  return found
}

/** The same where a guard may hide the key: the store compares it. */
async function findGuarded(held: Held, { id, filter }: ById, options: JugglerOptions): Promise<ModelInstance> {
  const target = targetOf(held)
  const own = idWhere(target, id, 'findById')
  const where = own && mergeWhere(own, ours({ [held.relation.keyTo]: ownKey(held) ?? null }))
  const found = where && (await findOne(target, { where, include: filter?.include }, options))
  if (!found) throw errors.NOT_FOUND({ model: target.name, id })
  return found
}

/** Refuses data that would move a row to another owner. */
export function checkKey(held: Held, data: PlainObject): void {
  const key = held.relation.keyTo
  const from = ownKey(held)
  if (isPlainObject(data) && data[key] !== undefined && !sameId(data[key], from))
    throw errors.FOREIGN_KEY_FIXED({ key, from, to: data[key] })
}

export const hasMany: ManyOperations = toldOver<ManyOperations>(
  {
    get,
    build: (held, data) => withKey(held, data),
    create: createRelated,
    findById: findRelated,

    async exists(held, id, options) {
      await findRelated(held, { id }, options)
      return true
    },

    async updateById(held, { id, data }, options) {
      checkKey(held, data)
      return updateAttributes(await findRelated(held, { id }, options), data, options)
    },

    async destroyById(held, id, options) {
      const result = await destroy(await findRelated(held, { id }, options), options)
      removeFromCache(held, id)
      return result
    },

    async count(held, where, options) {
      const own = ownFilter(held, { where })
      return own ? count(targetOf(held), own.where, options) : 0
    },

    async updateAll(held, { where, data }, options) {
      checkKey(held, data)
      const own = ownFilter(held, { where })
      return own ? updateAll(targetOf(held), { where: own.where, data }, options) : { count: 0 }
    },

    async destroyAll(held, where, options) {
      const own = ownFilter(held, { where })
      const result = own ? await destroyAll(targetOf(held), own.where, options) : { count: 0 }
      if (cached(held)) cache(held, undefined)
      return result
    },
  },
  ['build', 'value'],
)
