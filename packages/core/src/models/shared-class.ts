import { runtimeOf } from '@reloop/juggler'
import { SharedClass, type ArgumentOptions, type DirectCall } from '@reloop/remoting'
import type { CoreFlags } from '../compat'
import { errors } from '../errors'
import { awaited } from '../legacy'
import type { SharedModel } from '../types'
import { keyValueMethods } from './key-value-model.methods'
import { persistedMethods, type MethodTable } from './persisted-model.methods'
import { isFirstNesting, nestRemoting, type NestedRelation } from './nest-remoting'
import { shareChanges } from '../replication/methods'
import { optionsArgument, requestOptions } from './request-options'
import { collection, relationMethods, type RemoteRelation } from './relation-methods'

/** Which built-in class a model descends from, and so which methods it shares by itself. */
export type BuiltIn = 'PersistedModel' | 'KeyValueModel' | undefined

/** What the sharing of a class is made from. */
export interface Sharing {
  readonly Model: SharedModel
  readonly flags: CoreFlags
  readonly builtIn: BuiltIn
}

/** Makes the shared class of a model, with its built-in methods. */
export function makeSharedClass(sharing: Sharing): SharedClass {
  const { Model, builtIn, flags } = sharing
  const settings = Model.settings
  const remoting = (settings.remoting ?? {}) as { normalizeHttpPath?: boolean }
  if (builtIn !== 'KeyValueModel' && !isReplaced(Model))
    Object.defineProperty(Model, 'sharedCtor', { value: sharedCtor(Model), configurable: true, writable: true })
  const shared = new SharedClass(Model.modelName, Model, { normalizeHttpPath: remoting.normalizeHttpPath })
  shared.http = { ...shared.http, ...(Model.http as { path: string }) }
  shared.description = typeof settings.description === 'string' ? settings.description : undefined
  if (builtIn === 'PersistedModel') define(sharing, shared, persistedMethods(Model, flags))
  if (builtIn === 'KeyValueModel') define(sharing, shared, keyValueMethods(Model, flags))
  return shared
}

/** Defines methods of a table; each gets the argument `options` where the profile or the model wants it. */
function define({ Model, flags }: Sharing, shared: SharedClass, table: MethodTable): void {
  const withOptions = flags.injectOptions || Model.settings.injectOptionsFromRemoteContext === true
  for (const [fullName, options] of Object.entries(table)) {
    const isStatic = !fullName.startsWith('prototype.')
    const name = isStatic ? fullName : fullName.slice('prototype.'.length)
    const accepts = (options.accepts ?? []) as readonly ArgumentOptions[]
    shared.defineMethod(name, {
      ...options,
      isStatic,
      accepts: withOptions ? [...accepts, optionsArgument(Model)] : accepts,
      direct: options.direct ?? (withOptions ? undefined : fromOutside(Model, { name, isStatic, accepts })),
    })
  }
}

/**
 * LB2: methods of relations and scopes take no options, yet the data layer must know that a request stands behind the call, and whose:
 * hidden properties could be guessed otherwise, and row rules be passed by.
 */
function fromOutside(
  Model: SharedModel,
  { name, isStatic, accepts }: { name: string; isStatic: boolean; accepts: readonly ArgumentOptions[] },
): DirectCall | undefined {
  const holder = (isStatic ? Model : Model.prototype) as Record<string, unknown>
  const method = holder[name]
  if (typeof method !== 'function') return undefined
  const call: DirectCall['call'] = async (args, context) => {
    const values = accepts.map(({ arg }) => args[arg!])
    const given: unknown = await (method as (...given: unknown[]) => unknown).call(context.scope, ...values, requestOptions(Model, context))
    // LoopBack's methods call back without a value where there is no related record.
    return given === undefined ? {} : given
  }
  return { replaces: method, call, whole: call }
}

const ours = new WeakSet<object>()

/** Whether a user has put a function of the class (or of one that it extends) in the place of ours. */
function isReplaced(Model: SharedModel): boolean {
  return typeof Model.sharedCtor === 'function' && !ours.has(Model.sharedCtor)
}

/** Finds the record of `/:id`. What a user put in the place of findById, or later in the place of this function, is honoured. */
function sharedCtor(Model: SharedModel) {
  const find = async (id: unknown, options: object): Promise<unknown> => {
    if (Model.sharedCtor !== made) return awaited(Model, 'sharedCtor', [id, options])
    if (typeof Model.findById !== 'function') throw errors.MODEL_NOT_FOUND({ pathId: id })
    const found: unknown = await (Model.findById as (id: unknown, filter: unknown, options: unknown) => unknown)(id, {}, options)
    if (found) return found
    throw errors.MODEL_NOT_FOUND({ pathId: id })
  }
  const id = { arg: 'id', type: 'any', required: true, http: { source: 'path' as const }, description: `${Model.modelName} id` }
  const made = Object.assign(find, { shared: true, accepts: [id, optionsArgument(Model)], http: { path: '/:id' }, returns: { root: true } })
  ours.add(made)
  return made
}

/** Relations, scopes and the recording of changes may come at any time; their endpoints follow. */
export function followRelations(sharing: Sharing, shared: SharedClass): void {
  const known = new Map<string, unknown>()
  const follow = () => {
    shareChanges(sharing.Model, shared)
    const { relations, scopes } = sharing.Model as unknown as Record<'relations' | 'scopes', Record<string, unknown> | undefined>
    for (const [name, relation] of Object.entries(relations ?? {})) {
      if (known.get(`relation ${name}`) === relation) continue
      known.set(`relation ${name}`, relation)
      define(sharing, shared, relationMethods(remoteRelation(sharing.Model, name, relation as RelationLike), sharing.flags))
    }
    for (const [name, scope] of Object.entries(scopes ?? {})) {
      if (known.has(`scope ${name}`)) continue
      known.set(`scope ${name}`, scope)
      define(sharing, shared, scopeMethods(sharing, name))
    }
    if (sharing.flags.nestByOption) nestDeclared(sharing.Model, relations ?? {})
  }
  runtimeOf(sharing.Model).on('changed', follow)
  follow()
}

/** Relations whose option `nestRemoting` is set offer the methods of the related model, also those that come later. */
function nestDeclared(Model: SharedModel, relations: Record<string, unknown>): void {
  for (const [name, relation] of Object.entries(relations as Record<string, NestedRelation>)) {
    const { options, modelTo } = relation
    if (!options?.nestRemoting || !modelTo || !isFirstNesting(Model, name)) continue
    const nest = () => nestRemoting(Model, name)
    // First, so that the related class follows its own relations before this one follows it.
    nest()
    runtimeOf(modelTo).on('changed', nest)
  }
}

/** What a relation shows to the outside, as far as its endpoints need it. */
interface RelationLike {
  readonly type: string
  readonly multiple: boolean
  readonly keyFrom?: string
  readonly modelTo?: { readonly modelName: string }
  readonly modelThrough?: unknown
  readonly options?: { readonly http?: { readonly path?: string }; readonly pathName?: string; readonly nestRemoting?: unknown }
}

function remoteRelation(owner: SharedModel, name: string, relation: RelationLike): RemoteRelation {
  const { options } = relation
  return {
    owner,
    name,
    type: relation.type,
    multiple: relation.multiple,
    through: relation.modelThrough !== undefined && relation.modelThrough !== null,
    target: relation.modelTo?.modelName ?? 'object',
    property: relation.keyFrom,
    segment: (options?.http?.path ?? options?.pathName ?? name).replace(/^\/+/, ''),
  }
}

/** A scope of the class has the statics `__get__name` and so on. */
function scopeMethods({ Model, flags }: Sharing, name: string): MethodTable {
  const { scopes } = Model.settings as { scopes?: Record<string, { options?: { http?: { path?: string } } }> }
  const segment = (scopes?.[name]?.options?.http?.path ?? name).replace(/^\/+/, '')
  return collection({
    owner: Model,
    name,
    target: Model.modelName,
    path: `/${segment}`,
    list: flags.arrayCreate,
    method: (verb) => `__${verb}__${name}`,
  })
}
