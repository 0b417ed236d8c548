import { runtimeOf } from '@reloop/juggler'
import { SharedClass, type ArgumentOptions, type DirectCall } from '@reloop/remoting'
import type { CoreFlags } from '../compat'
import { errors } from '../errors'
import type { SharedModel } from '../types'
import { keyValueMethods } from './key-value-model.methods'
import { persistedMethods, type MethodTable } from './persisted-model.methods'
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

/** Makes the shared class of a model: its built-in methods, and those of its relations and scopes as they come. */
export function makeSharedClass(sharing: Sharing): SharedClass {
  const { Model, builtIn, flags } = sharing
  const settings = Model.settings
  const remoting = (settings.remoting ?? {}) as { normalizeHttpPath?: boolean }
  if (builtIn === 'PersistedModel')
    Object.defineProperty(Model, 'sharedCtor', { value: sharedCtor(Model), configurable: true, writable: true })
  const shared = new SharedClass(Model.modelName, Model, { normalizeHttpPath: remoting.normalizeHttpPath })
  shared.http = { ...shared.http, ...(Model.http as { path: string }) }
  shared.description = typeof settings.description === 'string' ? settings.description : undefined
  if (builtIn === 'PersistedModel') define(sharing, shared, persistedMethods(Model, flags))
  if (builtIn === 'KeyValueModel') define(sharing, shared, keyValueMethods(flags))
  if (builtIn === 'PersistedModel') followRelations(sharing, shared)
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
 * LB2: methods of relations and scopes take no options, yet a filter that a client sends must be known to be one, or hidden
 * properties could be guessed through it.
 */
function fromOutside(
  Model: SharedModel,
  { name, isStatic, accepts }: { name: string; isStatic: boolean; accepts: readonly ArgumentOptions[] },
): DirectCall | undefined {
  const holder = (isStatic ? Model : Model.prototype) as Record<string, unknown>
  const method = holder[name]
  if (typeof method !== 'function' || !accepts.some(({ arg }) => arg === 'filter' || arg === 'where')) return undefined
  const call: DirectCall['call'] = (args, context) => {
    const values = accepts.map(({ arg }) => args[arg!])
    return (method as (...given: unknown[]) => unknown).call(context.scope, ...values, requestOptions(Model, context))
  }
  return { replaces: method, call, whole: call }
}

/** Finds the record of `/:id`. What a user put in the place of findById is honoured. */
function sharedCtor(Model: SharedModel) {
  const find = async (id: unknown, options: object): Promise<unknown> => {
    const found: unknown = await (Model.findById as (id: unknown, filter: unknown, options: unknown) => unknown)(id, {}, options)
    if (found) return found
    throw errors.MODEL_NOT_FOUND({ pathId: id })
  }
  const id = { arg: 'id', type: 'any', required: true, http: { source: 'path' as const }, description: `${Model.modelName} id` }
  return Object.assign(find, { shared: true, accepts: [id, optionsArgument(Model)], http: { path: '/:id' }, returns: { root: true } })
}

/** Relations and scopes may come at any time; their endpoints follow. */
function followRelations(sharing: Sharing, shared: SharedClass): void {
  const known = new Map<string, unknown>()
  const follow = () => {
    const { relations, scopes } = sharing.Model as unknown as Record<'relations' | 'scopes', Record<string, unknown> | undefined>
    for (const [name, relation] of Object.entries(relations ?? {})) {
      if (known.get(name) === relation) continue
      known.set(name, relation)
      define(sharing, shared, relationMethods(remoteRelation(name, relation as RelationLike), sharing.flags))
    }
    for (const [name, scope] of Object.entries(scopes ?? {})) {
      if (known.has(`scope ${name}`)) continue
      known.set(`scope ${name}`, scope)
      define(sharing, shared, scopeMethods(sharing, name))
    }
  }
  runtimeOf(sharing.Model).on('changed', follow)
  follow()
}

/** What a relation shows to the outside, as far as its endpoints need it. */
interface RelationLike {
  readonly type: string
  readonly multiple: boolean
  readonly modelTo?: { readonly modelName: string }
  readonly modelThrough?: unknown
  readonly options?: { readonly http?: { readonly path?: string }; readonly pathName?: string }
}

function remoteRelation(name: string, relation: RelationLike): RemoteRelation {
  const { options } = relation
  return {
    name,
    type: relation.type,
    multiple: relation.multiple,
    through: relation.modelThrough !== undefined && relation.modelThrough !== null,
    target: relation.modelTo?.modelName ?? 'object',
    segment: (options?.http?.path ?? options?.pathName ?? name).replace(/^\/+/, ''),
  }
}

/** A scope of the class has the statics `__get__name` and so on. */
function scopeMethods({ Model, flags }: Sharing, name: string): MethodTable {
  const { scopes } = Model.settings as { scopes?: Record<string, { options?: { http?: { path?: string } } }> }
  const segment = (scopes?.[name]?.options?.http?.path ?? name).replace(/^\/+/, '')
  return collection({ name, target: Model.modelName, path: `/${segment}`, list: flags.arrayCreate, method: (verb) => `__${verb}__${name}` })
}
