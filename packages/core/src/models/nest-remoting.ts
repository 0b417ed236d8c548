import type { ArgumentOptions, DirectCall, SharedMethod } from '@reloop/remoting'
import { errors } from '../errors'
import { awaited, callable } from '../legacy'
import type { SharedModel } from '../types'
import { requestOptions } from './request-options'

/** How the methods of a related model are offered below its owner. */
export interface NestingOptions {
  /** Segment of the path. @default the relation's option `path`, else its name */
  readonly pathName?: string
  /** Parameter of the record in between, for relations to many. @default 'nk' */
  readonly paramName?: string
  /** Method of the owner that reaches the related record. @default `__findById__rel`, or `__get__rel` for relations to one */
  readonly getterName?: string
  /** Gives the name of a nested method, or nothing to leave the method out. @default `__verb__rel__other` for `__verb__other` */
  readonly filterMethod?: NestingFilter
  /** Whether the hooks of the related method run as well. @default true */
  readonly hooks?: boolean
}

/** `(sharedMethod, relation) → name`, or nothing. */
export type NestingFilter = (method: SharedMethod, relation: NestedRelation) => string | false | null | undefined

/** A relation as nesting needs it. */
export interface NestedRelation {
  readonly name: string
  readonly multiple: boolean
  readonly modelTo?: SharedModel | null
  readonly options?: { readonly path?: string; readonly nestRemoting?: unknown }
}

/** What all nested methods of one relation have in common. */
interface Nest {
  readonly Model: SharedModel
  readonly relation: NestedRelation
  readonly options: NestingOptions
  readonly getter: string
  /** The argument that names the record in between. */
  readonly key: readonly ArgumentOptions[]
  readonly path: string
}

const nested = new WeakMap<object, Set<string>>()

/** Whether the relation is nested for the first time; it counts as nested from now on. */
export function isFirstNesting(Model: SharedModel, name: string): boolean {
  const names = nested.get(Model) ?? new Set()
  nested.set(Model, names)
  return names.size < names.add(name).size
}

/**
 * Offers the instance methods that a related model has now below the owner: `/Authors/:id/books/:nk/chapters`.
 *
 * @param Model the owner
 * @param name of the relation
 * @param given options, or the filter alone
 * @throws REGISTRY_RELATION_UNKNOWN, REGISTRY_NESTED_METHOD
 */
export function nestRemoting(Model: SharedModel, name: string, given: NestingOptions = {}): void {
  const relations = (Model.relations ?? {}) as Record<string, NestedRelation | undefined>
  const relation = Object.hasOwn(relations, name) ? relations[name] : undefined
  if (!relation?.modelTo) throw errors.REGISTRY_RELATION_UNKNOWN({ relation: name, model: Model.modelName })
  const key = given.paramName ?? 'nk'
  const segment = given.pathName ?? relation.options?.path ?? name
  const nest: Nest = {
    Model,
    relation,
    options: given,
    getter: given.getterName ?? (relation.multiple ? `__findById__${name}` : `__get__${name}`),
    key: relation.multiple
      ? [{ arg: key, type: 'any', required: true, http: { source: 'path' }, description: `Id of one of the ${name}` }]
      : [],
    path: `/${segment}${relation.multiple ? `/:${key}` : ''}`,
  }
  const filter = given.filterMethod ?? usualName
  for (const method of relation.modelTo.sharedClass.methods()) {
    const nestedName = method.isStatic ? undefined : filter(method, relation)
    if (nestedName) define(nest, method, nestedName)
  }
}

/** `__get__chapters` of the related model is `__get__books__chapters` of the owner; no name with further underlines nests. */
function usualName(method: SharedMethod, relation: NestedRelation): string | undefined {
  const matched = /^__([^_]+)__([^_]+)$/.exec(method.name)
  return matched ? `__${matched[1]}__${relation.name}__${matched[2]}` : undefined
}

function define(nest: Nest, method: SharedMethod, name: string): void {
  const { Model, getter, options, path, key } = nest
  const holder = Model.prototype as Record<string, unknown>
  const target = nest.relation.modelTo!.prototype as Record<string, unknown>
  if (typeof holder[getter] !== 'function') throw errors.REGISTRY_NESTED_METHOD({ method: getter })
  if (typeof target[method.name] !== 'function') throw errors.REGISTRY_NESTED_METHOD({ method: method.name })
  const fn = callable(nestedFunction(nest, method))
  const call = nestedCall(nest, method)
  holder[name] = fn
  Model.sharedClass.defineMethod(name, {
    isStatic: false,
    accepts: [...key, ...method.accepts],
    returns: method.returns,
    description: method.description,
    accessType: method.accessType,
    http: method.routes().map((route) => ({ ...route, path: route.path === '/' ? path : path + route.path })),
    rest: { ...method.rest, delegateTo: method, ...(options.hooks !== false && { hooksOf: method.stringName }) },
    direct: { replaces: fn, call, whole: call },
  })
  Model.emit('remoteMethodAdded', Model.sharedClass)
}

/** The nested method in JavaScript: `(nk, ...arguments of the method)`. */
function nestedFunction({ getter, key }: Nest, method: SharedMethod) {
  return async function (this: object, ...args: unknown[]): Promise<unknown> {
    const related = await awaited(this, getter, args.slice(0, key.length))
    return related ? awaited(related, method.name, args.slice(key.length)) : null
  }
}

/** Reaches the related record with the options of the request, and calls its method; one of a relation takes them as well. */
function nestedCall({ Model, getter, key }: Nest, method: SharedMethod): DirectCall['call'] {
  const names = method.accepts.map(({ arg }) => arg)
  const takesOptions = !names.includes('options') && method.name.startsWith('__')
  return async (args, context) => {
    const options = args.options ?? requestOptions(Model, context)
    const place = key.length > 0 ? args[key[0]!.arg!] : undefined
    const related = await awaited(context.instance as object, getter, [place, options])
    const values = names.map((name) => args[name])
    return related ? awaited(related, method.name, takesOptions ? [...values, options] : values) : null
  }
}
