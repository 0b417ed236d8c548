import { rememberNames, writtenBy } from '../guard/guard-write'
import { toldOver } from '../guard/over-relation'
import type { ModelInstance } from '../model/types'
import { create } from '../operations/create'
import { destroyById } from '../operations/destroy-by-id'
import { assign } from '../operations/update-attributes'
import { errors } from '../errors'
import { idOf } from '../operations/ids'
import { kData, kGuard } from '../symbols'
import type { PlainObject } from '../value/plain'
import { guardEmbedded } from './embedded-read'
import { assignId, removeEmbedded, saveEmbedded } from './embedded-write'
import { targetOf, type Held } from './held'
import type { SingleOperations } from './operations'

function value({ instance, relation }: Held): ModelInstance | null {
  return (instance[relation.keyFrom] as ModelInstance | null | undefined) ?? null
}

function make(held: Held, data: PlainObject): ModelInstance {
  const item = new (targetOf(held).ctor)(data)
  assignId(held, item, [])
  held.relation.applyProperties(held.instance, item)
  return item
}

export const embedsOne: SingleOperations = toldOver<SingleOperations>(
  {
    value,
    async get(held, _filter, options) {
      const show = await guardEmbedded(held, {}, options)
      const item = value(held)
      return (item && (await show([item]))[0]) ?? null
    },

    set({ instance, relation }, item) {
      instance[relation.keyFrom] = item
      if (item) relation.applyProperties(instance, item)
    },

    build(held, data) {
      const item = make(held, data)
      held.instance[held.relation.keyFrom] = item
      return item
    },

    async create(held, data, options) {
      const { relation } = held
      const built = make(held, data)
      if (options[kGuard]) rememberNames(built, writtenBy(data))
      const item = relation.options.persistent ? await create(targetOf(held), built, options) : built
      return saveEmbedded(held, { item, isNewInstance: true, change: () => ({ [relation.keyFrom]: item }) }, options)
    },

    async update(held, data, options) {
      const item = value(held)
      if (!item) return embedsOne.create(held, data, options)
      assign(item, data)
      return saveEmbedded(held, { item, isNewInstance: false, data, change: () => ({ [held.relation.keyFrom]: item }) }, options)
    },

    async destroy(held, options) {
      const item = value(held)
      if (!item) throw errors.RELATION_EMPTY({ type: 'EmbedsOne', relation: held.relation.name })
      await removeEmbedded(held, { item, change: () => ({ [held.relation.keyFrom]: null }) }, options)
      if (held.relation.options.persistent) await destroyById(targetOf(held), idOf(targetOf(held), item[kData]), options)
      return undefined
    },
  },
  ['set', 'build', 'value'],
)
