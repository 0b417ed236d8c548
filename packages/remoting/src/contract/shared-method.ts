import { errors } from '../errors'
import { typeName, type TypeName } from './type-name'
import type { ArgumentOptions, DirectCall, MethodOptions, RestOptions, ReturnOptions, RouteOptions } from './method-options'
import type { SharedClass } from './shared-class'

/** An entry of `accepts` or `returns` with its name and type filled in. */
export type NamedOptions<T> = T & { readonly arg: string; readonly type: TypeName; readonly untyped: boolean }

/** An endpoint with verb and path filled in. */
export interface Route {
  readonly verb: string
  readonly path: string
  readonly status?: number
  readonly errorStatus?: number
  readonly pipe?: { readonly dest?: 'res' }
}

/**
 * A method that clients may call: its function, what it accepts and returns, and where it is reached.
 *
 * @example
 * sharedClass.defineMethod('greet', {
 *   isStatic: true,
 *   accepts: { arg: 'name', type: 'string', required: true },
 *   returns: { arg: 'greeting', type: 'string' },
 *   http: { verb: 'get' },
 * })
 */
export class SharedMethod {
  readonly name: string
  readonly aliases: string[]
  readonly isStatic: boolean
  readonly sharedClass: SharedClass | undefined
  accepts: NamedOptions<ArgumentOptions>[]
  returns: NamedOptions<ReturnOptions>[]
  http: RouteOptions | RouteOptions[]
  rest: RestOptions
  direct: DirectCall | undefined
  accessType: MethodOptions['accessType']
  accessScopes: readonly string[] | undefined
  description: MethodOptions['description']
  notes: MethodOptions['notes']
  documented: boolean
  errors: unknown
  isSharedCtor = false
  readonly #given: Function | undefined
  #shared: boolean

  /**
   * @param fn the function, or undefined to look it up on the class when it is called
   * @param name without `prototype.`
   * @param sharedClass the class that the method belongs to
   * @param options how the method is shared
   * @throws REMOTING_METHOD_NAME when the name begins with `prototype.`
   */
  // eslint-disable-next-line @typescript-eslint/max-params -- LoopBack's signature
  constructor(fn: Function | undefined, name: string, sharedClass?: SharedClass, options: MethodOptions = {}) {
    if (name.startsWith('prototype.')) throw errors.REMOTING_METHOD_NAME({ name })
    this.#given = fn
    this.name = name
    this.sharedClass = sharedClass
    this.isStatic = options.isStatic ?? false
    this.aliases = [...(options.aliases ?? [])]
    this.accepts = list(options.accepts).map(named)
    this.returns = list(options.returns).map(named)
    this.http = Array.isArray(options.http)
      ? [...(options.http as readonly RouteOptions[])]
      : ((options.http as RouteOptions | undefined) ?? [])
    this.rest = options.rest ?? {}
    this.direct = options.direct
    this.accessType = options.accessType
    this.accessScopes = options.accessScopes
    this.description = options.description
    this.notes = options.notes
    this.documented = options.documented !== false
    this.errors = options.errors ?? []
    this.#shared = options.shared ?? (fn as { shared?: boolean } | undefined)?.shared !== false
  }

  /** Whether clients may call the method; a write is honoured at once. */
  get shared(): boolean {
    return this.#shared
  }

  set shared(value: boolean) {
    this.#shared = value
    this.sharedClass?.changed()
  }

  /** The constructor that the method belongs to. */
  get ctor(): Function | undefined {
    return this.sharedClass?.ctor
  }

  /** The method that makes the instance, for methods of instances. */
  get sharedCtor(): SharedMethod | undefined {
    return this.isStatic ? undefined : this.sharedClass?.sharedCtor
  }

  /** `Class.method` or `Class.prototype.method`. */
  get stringName(): string {
    return `${this.sharedClass?.name ?? ''}.${this.fullName}`
  }

  /** `method` or `prototype.method`. */
  get fullName(): string {
    return this.isStatic ? this.name : `prototype.${this.name}`
  }

  /**
   * The function as it is now: what the class (or its prototype) holds under the name, so that a later replacement is honoured.
   * Falls back on aliases and on the function given to the constructor.
   */
  get fn(): Function | undefined {
    const holder = (this.isStatic ? this.ctor : this.ctor?.prototype) as Record<string, unknown> | undefined
    if (this.isSharedCtor) return this.#given
    for (const name of [this.name, ...this.aliases]) {
      const found = holder?.[name]
      if (typeof found === 'function') return found
    }
    return this.#given
  }

  /** The function as it is now; see `fn`. */
  getFunction(): Function | undefined {
    return this.fn
  }

  /**
   * The entry of `returns` of a name, or undefined.
   *
   * @param name its `arg`
   */
  getReturnArgDescByName(name: string): NamedOptions<ReturnOptions> | undefined {
    return this.returns.find((entry) => entry.arg === name)
  }

  /** The endpoints with every default filled in, without the path of the constructor. */
  routes(): readonly Route[] {
    const given = list(this.http)
    return (given.length === 0 ? [{}] : given).map((route) => ({
      ...route,
      verb: verbOf(route.verb),
      path: route.path ?? `/${this.name}`,
    }))
  }

  /** The endpoints as clients see them below the path of the class. */
  endpoints(): readonly Route[] {
    const constructorPath = this.isStatic ? '' : (this.sharedCtor?.routes()[0]?.path ?? '/:id')
    const written = (path: string) => this.sharedClass?.normalizedMethod(path) ?? path
    return this.routes().map((route) => ({ ...route, path: written(join(constructorPath, route.path)) }))
  }

  /**
   * Whether the given function or name means this method.
   *
   * @param suspect a function, or a name or alias without `prototype.`
   * @param isStatic whether a static method is meant
   */
  isDelegateFor(suspect: Function | string, isStatic = false): boolean {
    if (typeof suspect === 'function') return suspect === this.fn
    return isStatic === this.isStatic && (suspect === this.name || this.aliases.includes(suspect))
  }

  /** Adds another name under which the method can be disabled and looked up. */
  addAlias(alias: string): void {
    if (!this.aliases.includes(alias)) this.aliases.push(alias)
  }
}

function named<T extends ArgumentOptions | ReturnOptions>(options: T): NamedOptions<T> {
  return { ...options, arg: options.arg ?? options.name ?? '', type: typeName(options.type), untyped: options.type === undefined }
}

function list<T>(given: T | readonly T[] | undefined): readonly T[] {
  if (given === undefined || given === null) return []
  return Array.isArray(given) ? given : [given as T]
}

function verbOf(verb = 'all'): string {
  const lower = verb.toLowerCase()
  return lower === 'del' ? 'delete' : lower
}

function join(head: string, tail: string): string {
  const path = `${head}${tail.startsWith('/') ? '' : '/'}${tail}`
  return path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path
}
