import { runtimeOf } from '@reloop/juggler'
import type { HttpContext, SharedMethod } from '@reloop/remoting'
import { accessTypeOf } from '../models/access-type'
import type { Registry } from '../registry/registry'
import type { SharedModel } from '../types'
import type { Subject } from './rules-of'
import { descends } from './user-class'

/**
 * The rows that a method touches: `one` of a known id, `many`, or `none`. `named` is a row whose id is known to a method of which
 * nobody knows what it does: then no condition would be held.
 */
export type Rows = 'one' | 'many' | 'named' | 'none'

/** Statics of stored models that touch one row, by its id. */
const byId: ReadonlySet<string> = new Set(['findById', 'exists', 'replaceById', 'deleteById'])
/** Statics of stored models that touch many rows, or a row that the caller describes. */
const onMany: ReadonlySet<string> = new Set([
  'find',
  'findOne',
  'count',
  'create',
  'createMany',
  'patchOrCreate',
  'upsert',
  'replaceOrCreate',
  'upsertWithWhere',
  'updateAll',
  'destroyAll',
  'aggregate',
  'stream',
  'createChangeStream',
  'changes',
  'diff',
  'createUpdates',
  'bulkUpdate',
  'findLastChange',
  'updateLastChange',
  'checkpoint',
  'currentCheckpoint',
])

/** The class of a method, where it is a model. */
export function modelOf(method: SharedMethod): SharedModel | undefined {
  const ctor: unknown = method.ctor
  return typeof ctor === 'function' && runtimeOf(ctor as never) ? (ctor as unknown as SharedModel) : undefined
}

/** A shared method, as rules speak of it. */
export function subjectOf(Model: SharedModel, method: SharedMethod): Subject {
  const { name, accessType, http, aliases } = method
  return { Model, property: name, accessType: accessTypeOf({ name, accessType, http }), aliases }
}

/** A method by its name, as rules speak of it; one that nobody shares has the access type that is given. */
export function subjectNamed(Model: SharedModel, name: string, accessType: string): Subject {
  const [isInstance, plain] = name.startsWith('prototype.') ? [true, name.slice('prototype.'.length)] : [false, name]
  // Models that the data layer makes by itself, such as those between two others, are shared by nobody.
  const method = Model.sharedClass?.methods({ includeDisabled: true }).find((known) => known.isDelegateFor(plain, !isInstance))
  return method ? subjectOf(Model, method) : { Model, property: plain, accessType, aliases: [] }
}

/**
 * Whether a method is one of those whose rows the data layer holds to conditions: of a stored model, by its name, and given the options in which
 * the guard stands.
 */
export function isDataMethod(registry: Registry, method: SharedMethod): boolean {
  const { isStatic, name, accepts, direct } = method
  if (!method.ctor || !descends(method.ctor, registry.PersistedModel)) return false
  if (!isStatic) return true
  const given = direct !== undefined || accepts.some(({ arg, http }) => arg === 'options' && typeof http === 'function')
  return given && (byId.has(name) || onMany.has(name) || name.startsWith('__'))
}

/** The rows that a call touches. */
export function rowsOf(registry: Registry, { method, params }: HttpContext): Rows {
  if (isDataMethod(registry, method)) return !method.isStatic || byId.has(method.name) ? 'one' : 'many'
  return method.isStatic && params.id === undefined ? 'none' : 'named'
}

/** The id of the row that a call names in its path, or in the arguments that stand for it. */
export function modelIdOf(context: HttpContext, loose: boolean): unknown {
  const { method, params, instance, args, ctorArgs } = context
  const loaded = (instance as { id?: unknown } | null | undefined)?.id
  if (loaded !== undefined && loaded !== null) return loaded
  if (params.id !== undefined) return params.id
  if (!method.isStatic) return ctorArgs.id
  if (byId.has(method.name)) return args.id
  if (!loose) return undefined
  const body = context.body as { id?: unknown } | null | undefined
  return (body && typeof body === 'object' ? body.id : undefined) || context.query.id
}
