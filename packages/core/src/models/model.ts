import type { MethodOptions, SharedClass } from '@reloop/remoting'
import type { CoreFlags } from '../compat'
import { errors } from '../errors'
import { modelErrorHook, modelHook, type UserFunction } from '../legacy'
import type { Application } from '../app/application'
import type { SharedModel } from '../types'
import { accessTypeOf, type AccessType, type MethodAccess } from './access-type'
import { isFirstNesting, nestRemoting, type NestingFilter, type NestingOptions } from './nest-remoting'
import { usualOptions, withComputedOptions } from './request-options'
import { followRelations, makeSharedClass, type BuiltIn } from './shared-class'

/** Adds hooks of a class to an application; kept, so that a class may join several. */
type Joining = (app: Application) => void

/** What is known of a class beside its own members. */
interface ClassState {
  sharedClass?: SharedClass
  app?: Application
  shared?: boolean
  readonly joinings: Joining[]
}

const states = new WeakMap<object, ClassState>()

/** What is known of a class, made when first asked for. */
export function stateOf(Model: object): ClassState {
  let state = states.get(Model)
  if (!state) states.set(Model, (state = { joinings: [] }))
  return state
}

/** What the members of model classes need to know: the profile, and what a class descends from. */
export interface ModelMembersOptions {
  readonly flags: CoreFlags
  readonly builtInOf: (Model: SharedModel) => BuiltIn
}

/** Gives the base class of all models the statics of LoopBack that share it. */
export function addModelMembers(Base: SharedModel, options: ModelMembersOptions): void {
  Object.defineProperties(Base, { ...views(options), ...hidden(statics(options)), ...hidden(hookMembers) })
}

function views({ flags, builtInOf }: ModelMembersOptions): PropertyDescriptorMap & ThisType<SharedModel> {
  return {
    sharedClass: {
      configurable: true,
      get() {
        const state = stateOf(this)
        if (state.sharedClass) return state.sharedClass
        const sharing = { Model: this, flags, builtIn: builtInOf(this) }
        state.sharedClass = makeSharedClass(sharing)
        // Known before relations are followed: they may lead back here.
        if (sharing.builtIn === 'PersistedModel') followRelations(sharing, state.sharedClass)
        return state.sharedClass
      },
    },
    app: {
      configurable: true,
      get() {
        return stateOf(this).app
      },
      set(app: Application) {
        stateOf(this).app = app
      },
    },
    shared: {
      configurable: true,
      get() {
        return stateOf(this).shared ?? false
      },
      set(shared: boolean) {
        stateOf(this).shared = shared
      },
    },
  }
}

function statics({ flags }: ModelMembersOptions): Record<string, unknown> & ThisType<SharedModel> {
  return {
    /** Called on every class that `extend` makes; a subclass may put its own in this place. */
    setup(): void {
      // The shared class is made when somebody asks for it.
    },

    remoteMethod(name: string, given: MethodOptions = {}): void {
      const { method, isStatic } = methodName(name, given, { Model: this, prefixDecides: flags.prototypePrefix })
      const accessType = accessTypeOf({ name: method, accessType: given.accessType, http: given.http })
      this.sharedClass.defineMethod(method, { ...given, isStatic, accessType, accepts: withComputedOptions(this, given.accepts) })
      this.emit('remoteMethodAdded', this.sharedClass)
    },

    disableRemoteMethodByName(name: string): void {
      this.sharedClass.disableMethodByName(name)
      this.emit('remoteMethodDisabled', this.sharedClass, name)
    },

    disableRemoteMethod(name: string, isStatic: boolean): void {
      this.disableRemoteMethodByName(isStatic ? name : `prototype.${name}`)
    },

    getApp(callback: (error: Error | null, app: unknown) => void): void {
      const { app } = stateOf(this)
      if (app) callback(null, app)
      else this.once('attached', (attached: unknown) => callback(null, attached))
    },

    nestRemoting(name: string, given?: NestingOptions | NestingFilter, filter?: NestingFilter): void {
      const options = typeof given === 'function' ? { filterMethod: given } : { ...given, ...(filter && { filterMethod: filter }) }
      // LB3: a relation is nested once; LB2: again, with what there is by then.
      if (isFirstNesting(this, name) || !flags.nestByOption) nestRemoting(this, name, options)
    },

    /** The kind of access that a shared method, or one of this name, is. */
    _getAccessTypeForMethod(method: string | MethodAccess): AccessType {
      return accessTypeOf(typeof method === 'string' ? { name: method } : method)
    },

    /** What built-in methods get as `options`; replaced by who wants to add to it. */
    createOptionsFromRemotingContext: usualOptions,
  }
}

/** Hooks around the remote methods of the class. */
const hookMembers: Record<string, unknown> & ThisType<SharedModel> = {
  beforeRemote(name: string, fn: UserFunction): void {
    join(this, (app) =>
      app.remotes().before(
        hookName(this, name),
        modelHook(fn, (context) => context.instance ?? {}),
      ),
    )
  },

  afterRemote(name: string, fn: UserFunction): void {
    join(this, (app) =>
      app.remotes().after(
        hookName(this, name),
        modelHook(fn, (context) => context.result),
      ),
    )
  },

  afterRemoteError(name: string, fn: UserFunction): void {
    join(this, (app) => app.remotes().afterError(hookName(this, name), modelErrorHook(fn)))
  },
}

/** Runs for the application that the class belongs to, and for each that it joins later. */
function join(Model: SharedModel, joining: Joining): void {
  const state = stateOf(Model)
  state.joinings.push(joining)
  if (state.app) joining(state.app)
}

function hookName(Model: SharedModel, name: string): string {
  return `${Model.sharedClass.name}.${name}`
}

/** `prototype.x` or `isStatic`: which of them decides belongs to the profile. */
function methodName(name: string, given: MethodOptions, { Model, prefixDecides }: { Model: SharedModel; prefixDecides: boolean }) {
  const prefixed = name.startsWith('prototype.')
  const method = prefixed ? name.slice('prototype.'.length) : name
  const contradicts = given.isStatic !== undefined && given.isStatic === prefixed
  if (prefixDecides && prefixed && contradicts) throw errors.REGISTRY_METHOD_STATIC({ method, model: Model.modelName })
  return { method, isStatic: given.isStatic ?? !prefixed }
}

function hidden(members: Record<string, unknown>): PropertyDescriptorMap {
  return Object.fromEntries(
    Object.entries(members).map(([name, value]) => [name, { value, writable: true, configurable: true, enumerable: false }]),
  )
}
