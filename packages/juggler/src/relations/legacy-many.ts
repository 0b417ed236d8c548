import { acceptCallback } from '@reloop/callback'
import type { Filter } from '../filter/filter'
import { noOptions, type JugglerOptions } from '../model/options'
import type { ModelInstance } from '../model/types'
import type { PlainObject } from '../value/plain'
import { cache, cached, type Held } from './held'
import { customMethods, readArguments, type Accessor } from './legacy-single'
import type { ManyOperations } from './operations'
import { chainScopes } from './legacy-scope'

const noFilter: Filter = Object.freeze({})

async function read(held: Held, operations: ManyOperations, args: readonly unknown[]): Promise<ModelInstance[]> {
  const { refresh, filter, options } = readArguments(args)
  const known = cached(held)
  if (Array.isArray(known) && !refresh) return known as ModelInstance[]
  const found = await operations.get(held, filter ?? noFilter, options)
  if (!filter) cache(held, found)
  return found
}

function optionsOf(given: unknown): JugglerOptions {
  return (given ?? noOptions) as JugglerOptions
}

/** The accessor of a relation to many rows: a scope with methods. */
export function manyAccessor(held: Held, operations: ManyOperations): Accessor {
  const door = acceptCallback((...args: unknown[]) => read(held, operations, args)) as (...args: unknown[]) => unknown
  const accessor = ((...args: unknown[]) =>
    args.length === 0 ? (operations.value ? operations.value(held) : cached(held)) : door(...args)) as Accessor
  Object.assign(accessor, { relation: held.relation }, manyMethods(held, operations), customMethods(held))
  Object.defineProperties(accessor, { _targetClass: { value: held.relation.modelTo?.modelName }, _receiver: { value: held.instance } })
  const target = held.relation.target()
  if (target && !held.relation.embed) chainScopes(accessor, { target, find: (filter, options) => operations.get(held, filter, options) })
  return accessor
}

/** The methods of a relation to many rows, each with a promise or a callback. */
function manyMethods(held: Held, operations: ManyOperations): Record<string, unknown> {
  const fresh = acceptCallback(async (filter?: unknown, options?: unknown) =>
    operations.get(held, (typeof filter === 'object' && filter ? filter : noFilter) as Filter, optionsOf(options)),
  )
  const updateById = acceptCallback(async (id: unknown, data: unknown, options?: unknown) =>
    operations.updateById(held, { id, data: data as PlainObject }, optionsOf(options)),
  )
  const destroyById = acceptCallback(async (id: unknown, options?: unknown) => operations.destroyById(held, id, optionsOf(options)))
  const destroyAll = acceptCallback(async (where?: unknown, options?: unknown) =>
    operations.destroyAll(held, where ?? undefined, optionsOf(options)),
  )
  return {
    getAsync: fresh,
    find: fresh,
    findOne: acceptCallback(
      async (filter?: unknown, options?: unknown) =>
        (await operations.get(held, { ...(filter as Filter), limit: 1 }, optionsOf(options)))[0] ?? null,
    ),
    build: (data: PlainObject = {}) => operations.build(held, data),
    create: acceptCallback(async (data?: unknown, options?: unknown) => operations.create(held, data as PlainObject, optionsOf(options))),
    findById: acceptCallback(async (id: unknown, first?: unknown, second?: unknown) => {
      const hasFilter = second !== undefined || (typeof first === 'object' && first !== null && 'include' in first)
      return operations.findById(held, { id, filter: hasFilter ? (first as Filter) : undefined }, optionsOf(hasFilter ? second : first))
    }),
    exists: acceptCallback(async (id: unknown, options?: unknown) => operations.exists(held, id, optionsOf(options))),
    updateById,
    destroyById,
    destroy: destroyById,
    count: acceptCallback(async (where?: unknown, options?: unknown) => operations.count(held, where ?? undefined, optionsOf(options))),
    updateAll: acceptCallback(async (...args: unknown[]) => {
      const [where, data, options] = args.length === 1 ? [undefined, args[0], undefined] : args
      return operations.updateAll(held, { where, data: data as PlainObject }, optionsOf(options))
    }),
    destroyAll,
    deleteAll: destroyAll,
    ...optionalMethods(held, operations),
  }
}

function optionalMethods(held: Held, operations: ManyOperations): Record<string, unknown> {
  const { add, remove, at, value } = operations
  return {
    ...(add && {
      add: acceptCallback(async (item: unknown, data?: unknown, options?: unknown) =>
        add(held, { item, data: data as PlainObject }, optionsOf(options)),
      ),
    }),
    ...(remove && { remove: acceptCallback(async (item: unknown, options?: unknown) => remove(held, item, optionsOf(options))) }),
    ...(at && { at: acceptCallback(async (index: number, options?: unknown) => at(held, index, optionsOf(options))) }),
    ...(value && {
      value: () => value(held),
      get: acceptCallback(async (id: unknown, options?: unknown) => operations.findById(held, { id }, optionsOf(options))),
      set: acceptCallback(async (id: unknown, data: unknown, options?: unknown) =>
        operations.updateById(held, { id, data: data as PlainObject }, optionsOf(options)),
      ),
      unset: acceptCallback(async (id: unknown, options?: unknown) => operations.destroyById(held, id, optionsOf(options))),
    }),
  }
}
