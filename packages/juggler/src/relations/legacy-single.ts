import { acceptCallback, type UserFunction } from '@reloop/callback'
import type { Filter } from '../filter/filter'
import { noOptions, type JugglerOptions } from '../model/options'
import type { ModelInstance } from '../model/types'
import { kModel } from '../symbols'
import { isPlainObject, type PlainObject } from '../value/plain'
import { cache, cached, type Held } from './held'
import type { SingleOperations } from './operations'
import type { Relation } from './relation'

/** What stands under a relation's name on an instance: a function with methods. */
export interface Accessor {
  (...args: unknown[]): unknown
  readonly relation: Relation
  [method: string]: unknown
}

const noFilter: Filter = Object.freeze({})

/** What the arguments of a read mean: refresh, filter, options, in any order of leaving out. */
export function readArguments(args: readonly unknown[]): { refresh: boolean; filter?: Filter; options: JugglerOptions } {
  const [first, second] = args
  if (typeof first === 'boolean' || first === undefined || first === null)
    return { refresh: first === true, options: (second ?? noOptions) as JugglerOptions }
  return { refresh: true, filter: first as Filter, options: (second ?? noOptions) as JugglerOptions }
}

async function read(held: Held, operations: SingleOperations, args: readonly unknown[]): Promise<ModelInstance | null | undefined> {
  const { refresh, filter, options } = readArguments(args)
  const known = cached(held) as ModelInstance | undefined
  if (known !== undefined && !refresh && (known as Partial<ModelInstance>)?.[kModel]) return known
  const found = await operations.get(held, filter ?? noFilter, options)
  if (!filter && found !== undefined) cache(held, found)
  return found
}

/** The accessor of a relation to one row. */
export function singleAccessor(held: Held, operations: SingleOperations): Accessor {
  const door = acceptCallback((...args: unknown[]) => read(held, operations, args))
  const accessor = ((...args: unknown[]) => {
    if (args.length === 0) return operations.value ? operations.value(held) : cached(held)
    const [first] = args
    if (first === null || isInstance(first)) return operations.set(held, first as ModelInstance | null)
    return (door as (...args: unknown[]) => unknown)(...args)
  }) as Accessor
  const fresh = acceptCallback(async (first?: unknown, second?: unknown) => {
    const options = second ?? (isPlainObject(first) && !isFilter(first) ? first : undefined)
    return read(held, operations, [options === first ? true : (first ?? true), options])
  })
  return Object.assign(accessor, {
    relation: held.relation,
    getAsync: fresh,
    get: fresh,
    build: (data: PlainObject = {}) => operations.build(held, data),
    create: acceptCallback(async (data?: unknown, options?: unknown) =>
      operations.create(held, (data ?? {}) as PlainObject, (options ?? noOptions) as JugglerOptions),
    ),
    update: acceptCallback(async (data: unknown, options?: unknown) =>
      operations.update(held, data as PlainObject, (options ?? noOptions) as JugglerOptions),
    ),
    destroy: acceptCallback(async (options?: unknown) => operations.destroy(held, (options ?? noOptions) as JugglerOptions)),
    ...(operations.value && { value: () => operations.value!(held) }),
    ...customMethods(held),
  })
}

function isInstance(value: unknown): boolean {
  return typeof value === 'object' && value !== null && (value as Partial<ModelInstance>)[kModel] !== undefined
}

function isFilter(value: PlainObject): boolean {
  return ['where', 'include', 'fields', 'order', 'limit', 'skip', 'offset'].some((key) => key in value)
}

/** Methods that the relation's definition adds; `this` is the relation as the instance holds it. */
export function customMethods(held: Held): Record<string, unknown> {
  const { methods } = held.relation
  if (!isPlainObject(methods)) return {}
  const self = Object.assign(Object.create(held.relation) as object, { definition: held.relation, modelInstance: held.instance })
  const entries = Object.entries(methods).filter((entry): entry is [string, UserFunction] => typeof entry[1] === 'function')
  return Object.fromEntries(entries.map(([name, fn]) => [name, fn.bind(self)]))
}
