import { resolveProfile, type Profile } from '@reloop/compat'
import { flags, type RemotingFlags } from '../compat'
import { Dynamic } from '../args/dynamic'
import { TypeRegistry, type CustomType } from '../args/type-registry'
import { connectionOf, type ClientAuth, type ClientOptions } from '../client/connection'
import { invokeWith } from '../client/legacy'
import { RemoteInvoke } from '../client/remote-invoke'
import { errors } from '../errors'
import { handlerOf, type AdapterClass, type RemoteHandler } from '../handler/handler-of'
import type { JsonRpcAdapter } from '../handler/json-rpc-adapter'
import type { RestAdapter } from '../handler/rest-adapter'
import type { RequestView } from '../http/request-view'
import { Hooks } from '../invoke/hooks'
import { hookPattern, type Pattern } from '../invoke/pattern'
import { stepFromHook, type Step, type UserFunction } from '../legacy'
import { limitsOf, type Limits } from '../limits'
import type { RemotingOptions } from '../options'
import { compileSerializer, type Serializer } from '../serialize/compile-serializer'
import type { Contract, JsonSchema } from './contract'
import { describeContract, type DescribeOptions } from './describe'
import { SharedClass } from './shared-class'
import type { SharedMethod } from './shared-method'

/** Says who sends a request: `(req)`. */
export type Identify = (req: RequestView) => void | Promise<void>

/** Gives the step that decides access to a method. */
export type AuthorizationOf = (method: SharedMethod) => Step | undefined

/** A handler of a phase, with the methods that it is for. */
interface PhaseHandler {
  readonly phase: string
  readonly pattern: Pattern
  readonly step: Step
}

/**
 * All classes whose methods clients may call, with hooks, types and settings: what a door (HTTP and others) serves.
 *
 * @example
 * const remotes = RemoteObjects.create()
 * remotes.addClass(shared)
 * remotes.before('Greeter.*', (ctx) => console.log(ctx.methodString))
 */
export class RemoteObjects {
  /** Objects of functions that carry `shared: true`, the way of LoopBack 1. */
  readonly exports: Record<string, object> = {}
  readonly options: RemotingOptions
  readonly flags: RemotingFlags
  readonly limits: Limits
  readonly types: TypeRegistry
  readonly hooks = new Hooks()
  /** Names of the phases of a call, in order; names may be added around `auth` and `invoke`. */
  readonly phases: string[] = ['auth', 'invoke']
  /** Counts changes; compiled methods compare it. */
  version = 0
  /**
   * Whether the sender of a request may still hold what it opened: asked every `limits.stream.recheck` for every open stream and
   * socket; `false`, or an error, closes it. `(req)`; `authorization` is asked as well.
   */
  recheck: ((req: RequestView) => unknown) | undefined
  /** Who `connect` is to the server, unless the URL says it. */
  auth: ClientAuth | undefined
  #client: RemoteInvoke | undefined
  readonly #classes = new Map<string, SharedClass>()
  readonly #handlers: PhaseHandler[] = []
  readonly #schemas = new Map<string, () => JsonSchema>()
  readonly #serializers = new Map<string, Serializer>()
  #authorization: UserFunction | undefined
  #identify: Identify | undefined
  #authorizationOf: AuthorizationOf | undefined

  /**
   * @param options the `remoting` settings of LoopBack, and `limits`
   * @param profile which LoopBack to answer like. @default that of the process: RELOOP_COMPAT, the alias package loaded, `modern`
   */
  constructor(options: RemotingOptions = {}, profile: Profile = resolveProfile()) {
    this.options = options
    this.flags = flags.of(profile)
    this.limits = limitsOf(options.limits, options.json?.limit)
    this.types = new TypeRegistry(this.flags, options.rest?.arrayItemDelimiters)
  }

  /**
   * Makes the set of shared classes.
   *
   * @param options the `remoting` settings
   * @param profile `modern`, `3.x` or `2.x`. @default that of the process: RELOOP_COMPAT, the alias package loaded, `modern`
   */
  static create(options: RemotingOptions = {}, profile?: Profile): RemoteObjects {
    return new RemoteObjects(options, profile)
  }

  /** Defines a type for the whole process, as LoopBack 2 does; see `Dynamic.define`. */
  static defineType(name: string, converter: (value: unknown) => unknown): void {
    Dynamic.define(name, converter)
  }

  /** Another name of the static `defineType`. */
  static convert(name: string, converter: (value: unknown) => unknown): void {
    Dynamic.define(name, converter)
  }

  /** Shares a class; one of the same name is replaced. */
  addClass(sharedClass: SharedClass): void {
    sharedClass.normalizeHttpPath ??= this.options.rest?.normalizeHttpPath
    sharedClass.normalizesMethods = this.flags.dashedMethods
    this.#classes.set(sharedClass.name, sharedClass)
    this.version++
  }

  /** Forgets a class and the type of its name. */
  deleteClassByName(name: string): void {
    this.#classes.delete(name)
    this.deleteTypeByName(name)
    this.version++
  }

  /** The shared classes, in order of registration. */
  classes(): SharedClass[] {
    const exported = Object.entries(this.exports).filter(([name]) => !this.#classes.has(name))
    for (const [name, holder] of exported) this.#classes.set(name, new SharedClass(name, holder as Function))
    return [...this.#classes.values()]
  }

  /** The shared methods of all classes. */
  methods(): SharedMethod[] {
    return this.classes().flatMap((sharedClass) => sharedClass.methods())
  }

  /** The method of a name such as `Product.find`, or undefined. */
  findMethod(stringName: string): SharedMethod | undefined {
    return this.methods().find((method) => method.stringName === stringName)
  }

  /** Adds a hook before methods: `(ctx, next)` or `async (ctx)`. */
  before(name: string, fn: UserFunction): this {
    return this.#hook('before', name, fn)
  }

  /** Adds a hook after methods; `ctx.result` may be changed. */
  after(name: string, fn: UserFunction): this {
    return this.#hook('after', name, fn)
  }

  /** Adds a hook after failed methods; the error is `ctx.error`, another one thrown replaces it. */
  afterError(name: string, fn: UserFunction): this {
    return this.#hook('afterError', name, fn)
  }

  /** Decides whether a call is allowed: throws (or calls back with) an error when not. Runs in the phase `auth`. */
  get authorization(): UserFunction | undefined {
    return this.#authorization
  }

  set authorization(fn: UserFunction | undefined) {
    this.#authorization = fn
    this.version++
  }

  /** Says who sends a request, before its arguments are read: puts `accessToken` on it, or throws. Every transport asks it. */
  get identify(): Identify | undefined {
    return this.#identify
  }

  set identify(identify: Identify | undefined) {
    this.#identify = identify
    this.version++
  }

  /** Decides access like `authorization`, but is asked once per method for the step to take; undefined where anybody may call. */
  get authorizationOf(): AuthorizationOf | undefined {
    return this.#authorizationOf
  }

  set authorizationOf(authorizationOf: AuthorizationOf | undefined) {
    this.#authorizationOf = authorizationOf
    this.version++
  }

  /**
   * Adds a handler to a phase.
   *
   * @param phase name of the phase, optionally with `:before` or `:after`
   * @param name the methods that it is for, as in hooks
   * @param fn `(ctx, next)` or `async (ctx)`
   * @throws REMOTING_PHASE_UNKNOWN
   */
  registerPhaseHandler(phase: string, name: string, fn: UserFunction): this {
    if (!this.phases.includes(phase.replace(/:(before|after)$/, ''))) throw errors.REMOTING_PHASE_UNKNOWN({ phase })
    this.#handlers.push({ phase, pattern: hookPattern(name), step: stepFromHook(fn) })
    this.version++
    return this
  }

  /** The handlers of a phase that are for a method, in order of registration. */
  phaseSteps(phase: string, methodString: string): Step[] {
    return this.#handlers
      .filter((handler) => handler.phase === phase && handler.pattern.matches(methodString))
      .map((handler) => handler.step)
  }

  /** Defines a type of arguments; see `TypeRegistry.define`. */
  defineType(name: string, type: CustomType | ((value: unknown) => unknown)): void {
    this.types.define(name, type)
    this.version++
  }

  /** Another name of `defineType`. */
  convert(name: string, fn: (value: unknown) => unknown): void {
    this.defineType(name, fn)
  }

  /** Defines a type of objects; the factory makes them from plain data. */
  defineObjectType(name: string, factory: (data: unknown) => unknown): void {
    this.types.defineObject(name, factory)
    this.version++
  }

  /** Forgets a type. */
  deleteTypeByName(name: string): void {
    this.types.delete(name)
    this.#schemas.delete(name)
    this.invalidateType(name)
  }

  /** Another name of `deleteTypeByName`. */
  deleteType(name: string): void {
    this.deleteTypeByName(name)
  }

  /**
   * Says what values of a type look like on the wire; replies are then written by a compiled serializer.
   *
   * @param name as in `returns: { type: name }`
   * @param schema gives the JSON Schema; asked on first use
   */
  defineTypeSchema(name: string, schema: () => JsonSchema): void {
    this.#schemas.set(name, schema)
    this.invalidateType(name)
  }

  /** Drops what was compiled for a type whose schema has changed. */
  invalidateType(name: string): void {
    this.#serializers.delete(name)
    this.version++
  }

  /** The serializer of a type, or undefined when nothing is known of it. Compiled on first use. */
  serializer(name: string): Serializer | undefined {
    const known = this.#serializers.get(name)
    const schema = known ? undefined : this.#schemas.get(name)
    if (!schema) return known
    const made = compileSerializer(schema())
    this.#serializers.set(name, made)
    return made
  }

  /** The schemas of all types, by name. */
  typeSchemas(): Record<string, JsonSchema> {
    return Object.fromEntries([...this.#schemas].map(([name, schema]) => [name, schema()]))
  }

  /**
   * Makes this the client of a server that shares the same classes; `invoke` calls them there.
   *
   * @param url of the API, such as `http://localhost:3000/api`; credentials in it, or in `auth`, are sent along
   * @param adapter only 'rest'. @default 'rest'
   * @param options headers, time-out, retries
   * @throws CLIENT_ADAPTER_UNKNOWN
   */
  connect(url: string, adapter = 'rest', options: ClientOptions = {}): void {
    if (adapter !== 'rest') throw errors.CLIENT_ADAPTER_UNKNOWN({ name: adapter })
    this.#client = new RemoteInvoke(this, connectionOf(url, { auth: this.auth, ...options }))
  }

  /**
   * Calls a method of the server: `(name[, ctorArgs], args[, callback])`, arguments by position.
   *
   * @returns a promise of the result, or of the list of several; undefined with a callback, which gets them one by one
   * @throws CLIENT_NOT_CONNECTED; rejects with the error that the server replied with
   * @example
   * remotes.connect('http://localhost:3000/api', 'rest')
   * const greeting = await remotes.invoke('Greeter.hello', ['Ada'])
   */
  invoke(name: string, ...rest: readonly unknown[]): unknown {
    const client = this.#client
    if (!client) throw errors.CLIENT_NOT_CONNECTED()
    return invokeWith((method, ctorArgs, args) => client.invoke(method, ctorArgs, args), [name, ...rest])
  }

  /**
   * Everything that is offered, as plain JSON.
   *
   * @param options base path, title and version for documents
   */
  contract(options: DescribeOptions = {}): Contract {
    return describeContract(this, options)
  }

  /**
   * Makes a function that serves what is shared, for programs with a server of their own: `http.createServer(remotes.handler('rest'))`,
   * or `app.use('/api', remotes.handler('rest'))` in Express. Its `adapter` lists classes and routes.
   *
   * @param type `rest`, `jsonrpc`, or a class of adapters with `createHandler()`
   * @param options given to the adapter
   * @throws REMOTING_ADAPTER_UNKNOWN
   * @example http.createServer(remotes.handler('rest')).listen(3000)
   */
  handler(type: 'rest', options?: object): RemoteHandler<RestAdapter>
  handler(type: 'jsonrpc', options?: object): RemoteHandler<JsonRpcAdapter>
  handler<A extends object>(type: AdapterClass<A>, options?: object): RemoteHandler<A>
  handler(type: string, options?: object): RemoteHandler<RestAdapter | JsonRpcAdapter>
  handler(type: string | AdapterClass<object>, options?: object): RemoteHandler<object> {
    return handlerOf(this, type, options)
  }

  /** The methods by name with what they accept and return, for old code. */
  toJSON(): Record<string, unknown> {
    const entries = this.methods().map(({ stringName, http, accepts, returns, errors: told }) => [
      stringName,
      { http, accepts, returns, errors: told },
    ])
    return Object.fromEntries(entries) as Record<string, unknown>
  }

  #hook(kind: 'before' | 'after' | 'afterError', name: string, fn: UserFunction): this {
    this.hooks.add(kind, name, fn)
    this.version++
    return this
  }
}
