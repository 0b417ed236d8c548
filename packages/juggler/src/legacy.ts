import { acceptCallback, results } from '@reloop/callback'
import { migrate } from './data-source/migrate'
import { beginTransaction, type BeginOptions } from './data-source/transaction'
import { errors } from './errors'
import { withInvalid } from './legacy-invalid'
import { semiPublicStatics } from './legacy-members'
import { modelOf } from './model/class-slots'
import { noOptions, type JugglerOptions } from './model/options'
import type { ModelRuntime } from './model/runtime'
import type { ModelConstructor, ModelInstance } from './model/types'
import { aggregate, distinct } from './operations/aggregate'
import { count } from './operations/count'
import { destroy } from './operations/destroy'
import { destroyAll } from './operations/destroy-all'
import { destroyById } from './operations/destroy-by-id'
import { exists } from './operations/exists'
import { find } from './operations/find'
import { findById } from './operations/find-by-id'
import { findByIds } from './operations/find-by-ids'
import { findOne } from './operations/find-one'
import { includeInto } from './include/include-into'
import { page } from './operations/page'
import { reload } from './operations/reload'
import { stream } from './operations/stream'
import { updateAll } from './operations/update-all'
import { idOf } from './operations/ids'
import {
  createAllNested,
  findOrCreateNested,
  replaceNested,
  replaceOrCreateNested,
  saveNested,
  upsertNested,
  upsertWithWhereNested,
} from './relations/nested-operations'
import { createNested, updateNested } from './relations/nested-write'
import { kData, kModel } from './symbols'
import { isPlainObject, type PlainObject } from './value/plain'
import type { AggregateRequest } from './filter/aggregate'
import type { Filter } from './filter/filter'

type Static = (this: ModelConstructor, ...args: never[]) => unknown

/** The options of a call; anything but an object is a mistake of the caller. */
function optionsOf(given: unknown): JugglerOptions {
  if (given === undefined || given === null) return noOptions
  if (typeof given !== 'object') throw errors.ARGUMENT_INVALID({ argument: 'options', expected: 'an object' })
  return given as JugglerOptions
}

/** Where one object stands between id and callback: options, unless it says what a filter says. */
function filterAndOptions(first: unknown, second: unknown): [Filter | undefined, JugglerOptions] {
  const isFilter = second !== undefined || !isPlainObject(first) || 'include' in first || 'fields' in first
  return isFilter ? [(first ?? undefined) as Filter | undefined, optionsOf(second)] : [undefined, optionsOf(first)]
}

const createDoor = acceptCallback(async function (this: ModelConstructor, data: unknown, options: unknown) {
  const model = modelOf(this)
  return Array.isArray(data) ? createAllNested(model, data, optionsOf(options)) : createNested(model, data, optionsOf(options))
})

/** A bulk create that fails in part tells both: the errors by index, and what became of every item. */
function createStatic(this: ModelConstructor, ...args: unknown[]): unknown {
  const callback = args.at(-1)
  if (!Array.isArray(args[0]) || typeof callback !== 'function') return (createDoor as (...args: unknown[]) => unknown).apply(this, args)
  const [data, options] = args.slice(0, -1)
  createAllNested(modelOf(this), data as unknown[], optionsOf(options)).then(
    (instances) => process.nextTick(callback as () => void, null, instances),
    (error: unknown) => process.nextTick(callback as () => void, error, (error as { instances?: unknown }).instances),
  )
  return undefined
}

const replaceOrCreateDoor = acceptCallback(async function (this: ModelConstructor, data: unknown, options?: unknown) {
  let info: unknown
  const told = (given: unknown) => void (info = given)
  const instance = await replaceOrCreateNested(modelOf(this), { data: data as PlainObject, told }, optionsOf(options))
  return info ? results(instance, info) : results(instance)
}) as (...args: unknown[]) => unknown

/** Callbacks are told whether the row is new; a promise gives the instance alone. */
function replaceOrCreateStatic(this: ModelConstructor, ...args: unknown[]): unknown {
  const answer = replaceOrCreateDoor.apply(this, args)
  return answer instanceof Promise ? answer.then(([instance]: ModelInstance[]) => instance) : answer
}

const findOrCreateDoor = acceptCallback(async function (this: ModelConstructor, ...args: unknown[]) {
  const model = modelOf(this)
  const oneArgument = args.length === 1
  const data = (oneArgument ? args[0] : args[1]) as PlainObject
  const filter = oneArgument ? { where: { ...data } } : (args[0] as Filter)
  const { instance, created } = await findOrCreateNested(model, { filter, data }, optionsOf(args[2]))
  return results(instance, created)
})

const methods = {
  create: createStatic as Static,

  find: acceptCallback(async function (this: ModelConstructor, filter?: unknown, options?: unknown) {
    return find(modelOf(this), filter as Filter, optionsOf(options))
  }),

  findOne: acceptCallback(async function (this: ModelConstructor, filter?: unknown, options?: unknown) {
    return findOne(modelOf(this), filter as Filter, optionsOf(options))
  }),

  findById: acceptCallback(async function (this: ModelConstructor, id: unknown, first?: unknown, second?: unknown) {
    if (first === undefined && second === undefined) return findById(modelOf(this), { id }, noOptions)
    const [filter, options] = filterAndOptions(first, second)
    return findById(modelOf(this), { id, filter }, options)
  }),

  findByIds: acceptCallback(async function (this: ModelConstructor, ids: unknown, filter?: unknown, options?: unknown) {
    return findByIds(modelOf(this), { ids: ids as unknown[], filter: filter as Filter }, optionsOf(options))
  }),

  exists: acceptCallback(async function (this: ModelConstructor, id: unknown, options?: unknown) {
    return exists(modelOf(this), id, optionsOf(options))
  }),

  count: acceptCallback(async function (this: ModelConstructor, where?: unknown, options?: unknown) {
    return count(modelOf(this), where, optionsOf(options))
  }),

  page: acceptCallback(async function (this: ModelConstructor, filter?: unknown, options?: unknown) {
    return page(modelOf(this), filter as Filter, optionsOf(options))
  }),

  aggregate: acceptCallback(async function (this: ModelConstructor, request: unknown, options?: unknown) {
    return aggregate(modelOf(this), request as AggregateRequest, optionsOf(options))
  }),

  distinct: acceptCallback(async function (this: ModelConstructor, property: unknown, where?: unknown, options?: unknown) {
    return distinct(modelOf(this), { property, where }, optionsOf(options))
  }),

  stream: function (this: ModelConstructor, filter?: unknown, options?: unknown) {
    return stream(modelOf(this), filter as Filter, optionsOf(options))
  },

  updateOrCreate: acceptCallback(async function (this: ModelConstructor, data: unknown, options?: unknown) {
    return upsertNested(modelOf(this), data as PlainObject, optionsOf(options))
  }),

  upsertWithWhere: acceptCallback(async function (this: ModelConstructor, where: unknown, data: unknown, options?: unknown) {
    return upsertWithWhereNested(modelOf(this), { where: where as PlainObject, data: data as PlainObject }, optionsOf(options))
  }),

  replaceOrCreate: replaceOrCreateStatic as Static,

  findOrCreate: findOrCreateDoor as Static,

  updateAll: acceptCallback(async function (this: ModelConstructor, ...args: unknown[]) {
    const [where, data, options] = args.length === 1 ? [undefined, args[0], undefined] : args
    return updateAll(modelOf(this), { where, data: data as PlainObject }, optionsOf(options))
  }),

  destroyAll: acceptCallback(async function (this: ModelConstructor, where?: unknown, options?: unknown) {
    return destroyAll(modelOf(this), where, optionsOf(options))
  }),

  destroyById: acceptCallback(async function (this: ModelConstructor, id: unknown, options?: unknown) {
    return destroyById(modelOf(this), id, optionsOf(options))
  }),

  replaceById: acceptCallback(async function (this: ModelConstructor, id: unknown, data: unknown, options?: unknown) {
    return replaceNested(modelOf(this), { id, data: data as PlainObject }, optionsOf(options))
  }),

  beginTransaction: acceptCallback(async function (this: ModelConstructor, options?: unknown) {
    return beginTransaction(modelOf(this).source('beginTransaction'), options as BeginOptions)
  }),

  automigrate: acceptCallback(async function (this: ModelConstructor) {
    const model = modelOf(this)
    await migrate(model.source('automigrate'), { models: [model.name], mode: 'recreate' })
  }),

  autoupdate: acceptCallback(async function (this: ModelConstructor) {
    const model = modelOf(this)
    await migrate(model.source('autoupdate'), { models: [model.name], mode: 'alter' })
  }),

  include: acceptCallback(async function (this: ModelConstructor, objects: unknown, include: unknown, options?: unknown) {
    return includeInto(modelOf(this), { objects, include }, optionsOf(options))
  }),
} satisfies Record<string, Static>

const aliases: Readonly<Record<string, keyof typeof methods>> = {
  upsert: 'updateOrCreate',
  patchOrCreate: 'updateOrCreate',
  patchOrCreateWithWhere: 'upsertWithWhere',
  all: 'find',
  update: 'updateAll',
  deleteAll: 'destroyAll',
  remove: 'destroyAll',
  deleteById: 'destroyById',
  removeById: 'destroyById',
}

/** Methods whose callbacks get the instance that is not valid. */
const validating = ['create', 'updateOrCreate', 'upsertWithWhere', 'replaceOrCreate', 'replaceById', 'findOrCreate'] as const

const doors: Readonly<Record<string, Function>> = {
  ...methods,
  ...Object.fromEntries(validating.map((name) => [name, withInvalid(methods[name])])),
}

/**
 * The statics that every model stored in rows gets, by name: `find`, `create`, …; aliases are the same functions. Frozen; what a class
 * has under a name is ours while it is the function that stands here.
 *
 * @example const isOurs = Product.find === persistedStatics.find
 */
export const persistedStatics: Readonly<Record<string, Function>> = Object.freeze({
  ...semiPublicStatics,
  ...doors,
  ...Object.fromEntries(Object.entries(aliases).map(([alias, name]) => [alias, doors[name]!])),
})

const instanceMethods = {
  save: acceptCallback(async function (this: ModelInstance, options?: unknown) {
    return saveNested(this, optionsOf(options))
  }),

  updateAttributes: acceptCallback(async function (this: ModelInstance, data: unknown, options?: unknown) {
    return updateNested(this, data as PlainObject, optionsOf(options))
  }),

  updateAttribute: acceptCallback(async function (this: ModelInstance, name: string, value: unknown, options?: unknown) {
    return updateNested(this, { [name]: value }, optionsOf(options))
  }),

  replaceAttributes: acceptCallback(async function (this: ModelInstance, data: unknown, options?: unknown) {
    const model: ModelRuntime = this[kModel]
    return replaceNested(model, { id: idOf(model, this[kData]), data: data as PlainObject, instance: this }, optionsOf(options))
  }),

  destroy: acceptCallback(async function (this: ModelInstance, options?: unknown) {
    return destroy(this, optionsOf(options))
  }),

  reload: acceptCallback(async function (this: ModelInstance, options?: unknown) {
    return reload(this, optionsOf(options))
  }),
}

const instanceDoors = {
  save: withInvalid(instanceMethods.save),
  updateAttributes: withInvalid(instanceMethods.updateAttributes),
  updateAttribute: withInvalid(instanceMethods.updateAttribute),
  replaceAttributes: withInvalid(instanceMethods.replaceAttributes),
}

/**
 * The methods that every instance of such a model gets, by name: `save`, `destroy`, …. Frozen.
 *
 * @example const isOurs = Product.prototype.save === persistedPrototype.save
 */
export const persistedPrototype: Readonly<Record<string, Function>> = Object.freeze({
  ...instanceMethods,
  ...instanceDoors,
  patchAttributes: instanceDoors.updateAttributes,
  delete: instanceMethods.destroy,
  remove: instanceMethods.destroy,
})
