import { errors } from '../errors'
import type { Filter } from '../filter/filter'
import { rememberNames, writtenBy } from '../guard/guard-write'
import { toldOver } from '../guard/over-relation'
import type { JugglerOptions } from '../model/options'
import type { ModelInstance } from '../model/types'
import { destroy } from '../operations/destroy'
import { findOne } from '../operations/find-one'
import { findOrCreate } from '../operations/find-or-create'
import { updateAttributes } from '../operations/update-attributes'
import { kGuard, kModel } from '../symbols'
import type { PlainObject } from '../value/plain'
import { checkKey, ownFilter } from './has-many'
import { cache, ownKey, targetOf, uncache, type Held } from './held'
import type { SingleOperations } from './operations'

async function get(held: Held, filter: Filter, options: JugglerOptions): Promise<ModelInstance | null | undefined> {
  const own = ownFilter(held, filter)
  return own ? findOne(targetOf(held), own, options) : undefined
}

function build(held: Held, data: PlainObject): ModelInstance {
  const made = new (targetOf(held).ctor)(data)
  made[held.relation.keyTo] = ownKey(held)
  held.relation.applyProperties(held.instance, made)
  return made
}

async function existing(held: Held, options: JugglerOptions): Promise<ModelInstance> {
  const found = await get(held, {}, options)
  if (!found) throw errors.RELATION_EMPTY({ type: 'HasOne', relation: held.relation.name })
  return found
}

export const hasOne: SingleOperations = toldOver<SingleOperations>(
  {
    get,
    build,

    set(held, value) {
      if (value === null) return uncache(held)
      value[held.relation.keyTo] = ownKey(held)
      held.relation.applyProperties(held.instance, value)
      cache(held, value)
    },

    async create(held, data, options) {
      const own = ownFilter(held, {})
      if (!own) throw errors.ID_REQUIRED({ model: held.instance[kModel].name, method: `${held.relation.name}.create` })
      const target = targetOf(held)
      const built = build(held, data)
      if (options[kGuard]) rememberNames(built, [...writtenBy(data), held.relation.keyTo])
      const { instance, created } = await findOrCreate(target, { filter: own, data: built }, options)
      if (!created) throw errors.HAS_ONE_EXISTS({ model: target.name })
      cache(held, instance)
      return instance
    },

    async update(held, data, options) {
      checkKey(held, data)
      return updateAttributes(await existing(held, options), data, options)
    },

    async destroy(held, options) {
      const result = await destroy(await existing(held, options), options)
      uncache(held)
      return result
    },
  },
  ['set', 'build', 'value'],
)
