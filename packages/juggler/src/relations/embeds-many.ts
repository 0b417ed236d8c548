import { compileMatch, compileOrder } from '@reloop/connector'
import { errors } from '../errors'
import type { Filter } from '../filter/filter'
import { walkOrder } from '../filter/order'
import { pageOf } from '../filter/page'
import { planWhere } from '../filter/plan'
import { Walk } from '../filter/walk'
import { includeInto } from '../include/include-into'
import { rememberNames, writtenBy } from '../guard/guard-write'
import { toldOver } from '../guard/over-relation'
import type { JugglerOptions } from '../model/options'
import { toStore } from '../model/to-object'
import type { ModelInstance } from '../model/types'
import { create } from '../operations/create'
import { destroyById } from '../operations/destroy-by-id'
import { idOf, sameId } from '../operations/ids'
import { assign } from '../operations/update-attributes'
import { kData, kGuard, kModel } from '../symbols'
import type { PlainObject } from '../value/plain'
import { guardEmbedded } from './embedded-read'
import { assignId, removeEmbedded, saveEmbedded, writeOwner } from './embedded-write'
import { targetOf, type Held } from './held'
import type { ManyOperations } from './operations'

function list({ instance, relation }: Held): readonly ModelInstance[] {
  const items = instance[relation.keyFrom]
  return Array.isArray(items) ? Array.from(items as ModelInstance[]) : []
}

/** The embedded instances that match, ordered and cut as the filter says. */
function filtered(held: Held, filter: Filter): ModelInstance[] {
  const target = targetOf(held)
  const scoped = held.relation.applyScope(held.instance, filter)
  const where = planWhere(target, scoped.where)
  const test = where && compileMatch(target.entity, where)
  const order = walkOrder(scoped.order, { model: target, walk: new Walk(target, { build: true, literal: true }), depth: 1 })
  const page = pageOf(scoped, target.flags)
  const found = list(held).map((item) => ({ item, row: toStore(item) }))
  const kept = test ? found.filter(({ row }) => test(row)) : found
  if (order) {
    const compare = compileOrder(target.entity, order)
    kept.sort((a, b) => compare(a.row, b.row))
  }
  const skip = page.skip ?? 0
  return kept.slice(skip, page.limit === undefined ? undefined : skip + page.limit).map(({ item }) => item)
}

function byId(held: Held, id: unknown): ModelInstance | undefined {
  const target = targetOf(held)
  return list(held).find((item) => sameId(idOf(target, item[kData]), id))
}

function mustFind(held: Held, id: unknown): ModelInstance {
  const found = byId(held, id)
  if (!found) throw errors.NOT_FOUND({ model: targetOf(held).name, id })
  return found
}

function make(held: Held, data: PlainObject): ModelInstance {
  const item = new (targetOf(held).ctor)(data)
  assignId(held, item, list(held))
  held.relation.applyProperties(held.instance, item)
  return item
}

function withItem(held: Held, item: ModelInstance): readonly ModelInstance[] {
  return held.relation.options.prepend ? [item, ...list(held)] : [...list(held), item]
}

async function createOne(held: Held, data: PlainObject, options: JugglerOptions): Promise<ModelInstance> {
  const { relation } = held
  const built = make(held, data)
  if (options[kGuard]) rememberNames(built, writtenBy(data))
  const item = relation.options.persistent ? await create(targetOf(held), built, options) : built
  const change = () => ({ [relation.keyFrom]: withItem(held, item) })
  return saveEmbedded(held, { item, isNewInstance: true, change }, options)
}

/** The belongsTo of the embedded model that add and remove go by. */
function reference(held: Held): { readonly key: string; readonly to: string } {
  const name = held.relation.options.belongsTo
  const relation = typeof name === 'string' ? targetOf(held).relation(name) : undefined
  if (!relation) throw errors.REFERENCE_INVALID({ reference: String(name ?? '') })
  return { key: relation.keyFrom, to: relation.keyTo }
}

function keyOf(item: unknown, to: string): unknown {
  return typeof item === 'object' && item !== null && (item as Partial<ModelInstance>)[kModel] ? (item as ModelInstance)[kData][to] : item
}

export const embedsMany: ManyOperations = toldOver<ManyOperations>(
  {
    value: (held) => held.instance[held.relation.keyFrom],

    async get(held, filter, options) {
      const show = await guardEmbedded(held, filter, options)
      const found = await show(filtered(held, filter))
      if (filter.include && found.length) await includeInto(targetOf(held), { objects: found, include: filter.include }, options)
      return found
    },

    build(held, data) {
      const item = make(held, data)
      held.instance[held.relation.keyFrom] = withItem(held, item)
      return item
    },

    async create(held, data, options) {
      if (!Array.isArray(data)) return createOne(held, (data ?? {}) as PlainObject, options)
      const made: ModelInstance[] = []
      for (const item of data as readonly PlainObject[]) made.push(await createOne(held, item, options))
      return made
    },

    async findById(held, { id }, options) {
      const show = await guardEmbedded(held, {}, options)
      const item = byId(held, id)
      return (item && (await show([item]))[0]) ?? null
    },

    exists: async (held, id) => byId(held, id) !== undefined,

    async updateById(held, { id, data }, options) {
      const item = mustFind(held, id)
      assign(item, data)
      return saveEmbedded(held, { item, isNewInstance: false, data, change: () => ({ [held.relation.keyFrom]: list(held) }) }, options)
    },

    async destroyById(held, id, options) {
      const item = mustFind(held, id)
      await removeEmbedded(
        held,
        { item, change: () => ({ [held.relation.keyFrom]: list(held).filter((other) => other !== item) }) },
        options,
      )
      if (held.relation.options.persistent) await destroyById(targetOf(held), id, options)
    },

    async count(held, where, options) {
      const show = await guardEmbedded(held, { where }, options)
      return (await show(filtered(held, { where }))).length
    },

    async updateAll(held, { where, data }, options) {
      const found = filtered(held, { where })
      for (const item of found) assign(item, data)
      if (found.length) await writeOwner(held, { [held.relation.keyFrom]: list(held) }, options)
      return { count: found.length }
    },

    async destroyAll(held, where, options) {
      const found = new Set(filtered(held, { where }))
      if (found.size) await writeOwner(held, { [held.relation.keyFrom]: list(held).filter((item) => !found.has(item)) }, options)
      return { count: found.size }
    },

    async add(held, { item, data }, options) {
      const { key, to } = reference(held)
      return createOne(held, { ...data, [key]: keyOf(item, to) }, options)
    },

    async remove(held, item, options) {
      const { key, to } = reference(held)
      const found = list(held).filter((own) => sameId(own[kData][key], keyOf(item, to)))
      if (found.length) await writeOwner(held, { [held.relation.keyFrom]: list(held).filter((own) => !found.includes(own)) }, options)
    },

    at: async (held, index) => list(held)[index] ?? null,
  },
  ['build', 'value'],
)
