import { acceptCallback } from '@reloop/callback'
import { errors } from '../errors'
import type { Filter } from '../filter/filter'
import { mergeFilters, mergeWhere } from '../filter/merge'
import { equalities } from '../filter/scope'
import { extra } from '../model/instance'
import { noOptions, type JugglerOptions } from '../model/options'
import type { ModelRuntime } from '../model/runtime'
import { modelOf } from '../model/class-slots'
import type { ModelConstructor, ModelInstance } from '../model/types'
import { count } from '../operations/count'
import { create } from '../operations/create'
import { destroyAll } from '../operations/destroy-all'
import { find } from '../operations/find'
import { findOne } from '../operations/find-one'
import { idWhere } from '../operations/ids'
import { updateAll } from '../operations/update-all'
import { kExtra, kModel } from '../symbols'
import { isPlainObject, type PlainObject } from '../value/plain'

type ScopeFunction = (this: unknown, ...args: unknown[]) => Filter | undefined

/** A named scope of a class or of its instances. */
export interface ScopeDefinition {
  readonly name: string
  readonly filter: Filter | ScopeFunction
  readonly methods: PlainObject
  readonly isStatic: boolean
  readonly modelTo?: (receiver: unknown) => unknown
  defineMethod(name: string, fn: Function): void
}

type Find = (filter: Filter, options: JugglerOptions) => Promise<ModelInstance[]>

const noFilter: Filter = Object.freeze({})

function optionsOf(given: unknown): JugglerOptions {
  return (given ?? noOptions) as JugglerOptions
}

/** Lets scopes of the target be read off an accessor: `Station.active.subway(cb)`. */
export function chainScopes(accessor: object, { target, find: read }: { target: ModelRuntime; find: Find }): void {
  for (const name of Object.keys(target.scopes)) {
    if (name in accessor) continue
    Object.defineProperty(accessor, name, {
      configurable: true,
      get: () => {
        const inner = filterOf(target.scopes[name] as ScopeDefinition, target.ctor)
        return acceptCallback(async (filter?: unknown, options?: unknown) =>
          read(mergeFilters(inner, isPlainObject(filter) ? filter : noFilter), optionsOf(options)),
        )
      },
    })
  }
}

function filterOf(scope: ScopeDefinition, receiver: unknown): Filter {
  const filter = typeof scope.filter === 'function' ? scope.filter.call(receiver) : scope.filter
  return filter ?? noFilter
}

/** Where a scope's rows are: the class itself, a given one, or what a function says. */
function targetOf(scope: ScopeDefinition, receiver: ModelConstructor | ModelInstance, own: ModelRuntime): ModelRuntime {
  if (!scope.modelTo) return own
  const found = (scope.modelTo(receiver) as Partial<ModelConstructor> | undefined)?.[kModel]
  if (!found) throw errors.SCOPE_TARGET_INVALID({ scope: `${own.name}.${scope.name}` })
  return found
}

/** What is read off a class or instance under a scope's name: a function with methods. */
function scopeAccessor(
  scope: ScopeDefinition,
  at: { receiver: ModelConstructor | ModelInstance; own: ModelRuntime; base: Filter },
): Function {
  const target = targetOf(scope, at.receiver, at.own)
  const filter = mergeFilters(at.base, filterOf(scope, at.receiver))
  const merged = (given: unknown): Filter => (isPlainObject(given) ? mergeFilters(filter, given, { order: false }) : filter)
  const where = (given: unknown) => mergeWhere(filter.where, given) ?? {}
  const instance =
    (at.receiver as Partial<ModelInstance>)[kExtra] !== undefined || typeof at.receiver !== 'function'
      ? (at.receiver as ModelInstance)
      : undefined
  const read = acceptCallback(async (given?: unknown, options?: unknown) => {
    const found = await find(target, merged(given), optionsOf(options))
    if (instance && !isPlainObject(given)) (extra(instance).cachedRelations ??= {})[scope.name] = found
    return found
  }) as (...args: unknown[]) => unknown
  const accessor = (...args: unknown[]) => (args.length === 0 && instance ? instance[kExtra]?.cachedRelations?.[scope.name] : read(...args))
  Object.assign(accessor, scopeMethods({ target, filter, merged, where, read }), bound(scope.methods, at.receiver))
  Object.defineProperties(accessor, {
    _scope: { value: filter },
    _targetClass: { value: target.name },
    _receiver: { value: at.receiver },
  })
  for (const name of Object.keys(target.scopes)) {
    if (name in accessor) continue
    Object.defineProperty(accessor, name, {
      configurable: true,
      get: () => scopeAccessor(target.scopes[name] as ScopeDefinition, { receiver: target.ctor, own: target, base: filter }),
    })
  }
  return accessor
}

interface Scoped {
  readonly target: ModelRuntime
  readonly filter: Filter
  readonly merged: (given: unknown) => Filter
  readonly where: (given: unknown) => unknown
  readonly read: (...args: unknown[]) => unknown
}

function scopeMethods({ target, filter, merged, where, read }: Scoped): Record<string, unknown> {
  const values = () => (isPlainObject(filter.where) ? equalities(target, filter.where) : {})
  return {
    getAsync: read,
    find: read,
    build: (data: PlainObject = {}) => new target.ctor({ ...values(), ...data }),
    create: acceptCallback(async (data?: unknown, options?: unknown) =>
      create(target, { ...values(), ...(data as PlainObject) }, optionsOf(options)),
    ),
    findOne: acceptCallback(async (given?: unknown, options?: unknown) => findOne(target, merged(given), optionsOf(options))),
    findById: acceptCallback(async (id: unknown, given?: unknown, options?: unknown) => {
      const own = idWhere(target, id, 'findById')
      return own ? findOne(target, mergeFilters(merged(given), { where: own }), optionsOf(options)) : null
    }),
    count: acceptCallback(async (given?: unknown, options?: unknown) => count(target, where(given), optionsOf(options))),
    updateAll: acceptCallback(async (...args: unknown[]) => {
      const [given, data, options] = args.length === 1 ? [undefined, args[0], undefined] : args
      return updateAll(target, { where: where(given), data: data as PlainObject }, optionsOf(options))
    }),
    destroyAll: acceptCallback(async (given?: unknown, options?: unknown) => destroyAll(target, where(given), optionsOf(options))),
  }
}

function bound(methods: PlainObject, receiver: unknown): PlainObject {
  return Object.fromEntries(Object.entries(methods).flatMap(([name, fn]) => (typeof fn === 'function' ? [[name, fn.bind(receiver)]] : [])))
}

/** Defines a scope on a class. */
export function defineScope(
  Model: ModelConstructor,
  given: { name: string; filter: unknown; methods?: unknown; options?: PlainObject },
): ScopeDefinition {
  const { name, options = {} } = given
  const methods: Record<string, unknown> = isPlainObject(given.methods) ? { ...given.methods } : {}
  const scope: ScopeDefinition = {
    name,
    filter: (given.filter ?? noFilter) as Filter,
    methods,
    isStatic: options.isStatic !== false,
    modelTo: typeof options.modelTo === 'function' ? (options.modelTo as (receiver: unknown) => unknown) : undefined,
    defineMethod: (method, fn) => void (methods[method] = fn),
  }
  Model[kModel].scopes[name] = scope
  const on = scope.isStatic ? Model : Model.prototype
  Object.defineProperty(on, name, {
    configurable: true,
    enumerable: true,
    get(this: ModelConstructor | ModelInstance) {
      const own = typeof this === 'function' ? modelOf(this) : this[kModel]
      return scopeAccessor(scope, { receiver: this, own, base: noFilter })
    },
    set(this: object, value: unknown) {
      Object.defineProperty(this, name, { value, writable: true, configurable: true, enumerable: true })
    },
  })
  defineRemoteMethods(on, scope)
  return scope
}

/** The methods that remoting calls. */
function defineRemoteMethods(on: object, { name }: ScopeDefinition): void {
  const call = (method: string) =>
    function (this: Record<string, Record<string, (...args: unknown[]) => unknown>>, ...args: unknown[]) {
      return this[name]![method]!(...args)
    }
  const methods = {
    get: 'find',
    create: 'create',
    delete: 'destroyAll',
    update: 'updateAll',
    findById: 'findById',
    findOne: 'findOne',
    count: 'count',
  }
  for (const [prefix, method] of Object.entries(methods)) {
    Object.defineProperty(on, `__${prefix}__${name}`, { value: call(method), writable: true, configurable: true, enumerable: false })
  }
}

export const scopeStatics = {
  scope(
    this: ModelConstructor,
    name: string,
    filter?: unknown,
    target?: unknown,
    methods?: unknown,
    options?: PlainObject,
  ): ScopeDefinition {
    const hasTarget = typeof target === 'function' && (target as unknown as Partial<ModelConstructor>)[kModel] !== undefined
    const given = hasTarget
      ? { methods, options: { modelTo: () => target, ...options } }
      : { methods: target ?? methods, options: options ?? (methods as PlainObject | undefined) }
    return defineScope(this, { name, filter, ...given })
  },
}
