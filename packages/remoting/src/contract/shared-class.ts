import { hookPattern, type Pattern } from '../invoke/pattern'
import { SharedMethod } from './shared-method'
import type { MethodOptions, RouteOptions } from './method-options'

/** What a class may say about itself. */
export interface ClassOptions {
  /** Underscores and dashes instead of camel case in paths. @default false */
  readonly normalizeHttpPath?: boolean
}

/** A constructor with the marks of LoopBack that say how it is shared. */
type Constructor = Function & { http?: RouteOptions; sharedCtor?: Function & MethodOptions; description?: string }

/**
 * A class whose methods clients may call.
 *
 * @example
 * class Greeter { static hello(name) { return `Hello ${name}` } }
 * const shared = new SharedClass('Greeter', Greeter)
 * shared.defineMethod('hello', { isStatic: true, accepts: { arg: 'name', type: 'string' }, returns: { arg: 'text', type: 'string' } })
 */
export class SharedClass {
  readonly name: string
  readonly ctor: Function
  readonly options: ClassOptions
  /** Underscores and dashes instead of camel case in paths; undefined: as `RemoteObjects` says. */
  normalizeHttpPath: boolean | undefined
  /** Path of the class and, for old code, its options. */
  http: { path: string; [further: string]: unknown }
  description: string | undefined
  /** Whether `normalizeHttpPath` holds for paths of methods as well; `RemoteObjects.addClass` says it. */
  normalizesMethods = true
  /** Makes the instance for methods of instances. */
  readonly sharedCtor: SharedMethod | undefined
  /** Counts changes; compiled tables compare it. */
  version = 0
  readonly #methods: SharedMethod[] = []
  readonly #resolvers: ((define: (name: string, options: MethodOptions, fn?: Function) => void) => void)[] = []
  readonly #disabled: { readonly text: string; readonly pattern: Pattern }[] = []

  /**
   * @param name as in hook names and documents
   * @param ctor the constructor; its `sharedCtor` (a function with `accepts` and `http`) makes instances
   * @param options how paths are written
   */
  constructor(name: string, ctor: Function = function () {}, options: ClassOptions = {}) {
    const given = ctor as Constructor
    this.name = name
    this.ctor = ctor
    this.options = options
    this.normalizeHttpPath = options.normalizeHttpPath
    this.http = { path: `/${name}`, ...given.http }
    this.description = given.description
    if (typeof given.sharedCtor === 'function') this.sharedCtor = constructorMethod(given.sharedCtor, this)
  }

  /** Path of the class below the base path, with a leading slash and none at the end. */
  get path(): string {
    const path = this.normalized(this.http.path.startsWith('/') ? this.http.path : `/${this.http.path}`)
    return path.length > 1 ? path.replace(/\/+$/, '') : path
  }

  /** Path of a method below that of the class, as the class writes it. */
  normalizedMethod(path: string): string {
    return this.normalizesMethods ? this.normalized(path) : path
  }

  /** A path as this class writes it; parameters stay as they are. */
  normalized(path: string): string {
    if (!this.normalizeHttpPath) return path
    const write = (segment: string) => (segment.startsWith(':') ? segment : dashed(segment))
    return path.split('/').map(write).join('/')
  }

  /**
   * Shares a method.
   *
   * @param name without `prototype.`; `options.isStatic` says which one is meant
   * @param options how it is shared
   * @param fn the function; left out, it is looked up on the class when called
   * @returns the shared method; one of the same name is replaced
   */
  defineMethod(name: string, options: MethodOptions = {}, fn?: Function): SharedMethod {
    const method = new SharedMethod(fn, name, this, options)
    const before = this.#methods.findIndex((known) => known.name === name && known.isStatic === method.isStatic)
    if (before === -1) this.#methods.push(method)
    else this.#methods[before] = method
    this.changed()
    return method
  }

  /** Registers a function that shares methods when they are asked for; it gets `define(name, options, fn)`. */
  resolve(resolver: (define: (name: string, options: MethodOptions, fn?: Function) => void) => void): void {
    this.#resolvers.push(resolver)
    this.changed()
  }

  /**
   * The shared methods, in order of definition.
   *
   * @param options `includeDisabled` lists disabled ones as well; default false
   */
  methods(options: { readonly includeDisabled?: boolean } = {}): SharedMethod[] {
    const all = [...this.#methods, ...this.#marked(), ...this.#resolved()]
    return options.includeDisabled ? all : all.filter((method) => this.isMethodEnabled(method))
  }

  /** The method that a function or a name means, or null. */
  find(suspect: Function | string, isStatic = false): SharedMethod | null {
    return this.methods().find((method) => method.isDelegateFor(suspect, isStatic)) ?? null
  }

  /** The method of a name or alias such as `find` or `prototype.patchAttributes`, or null. */
  findMethodByName(name: string): SharedMethod | null {
    const isStatic = !name.startsWith('prototype.')
    return this.find(isStatic ? name : name.slice('prototype.'.length), isStatic)
  }

  /** Whether clients may call the method. */
  isMethodEnabled(method: SharedMethod): boolean {
    if (!method.shared) return false
    if (this.#disabled.length === 0) return true
    const prefix = method.isStatic ? '' : 'prototype.'
    const names = [method.name, ...method.aliases].map((name) => prefix + name)
    return !this.#disabled.some(({ pattern }) => names.some((name) => pattern.matches(name)))
  }

  /** Disables a method given as function or name. */
  disableMethod(suspect: Function | string, isStatic = false): void {
    const name = typeof suspect === 'function' ? this.find(suspect, isStatic)?.name : suspect
    if (name) this.disableMethodByName(isStatic ? name : `prototype.${name}`)
  }

  /**
   * Disables a method for clients; it stays callable in JavaScript. A name that means no method yet takes effect when one is defined.
   *
   * @param name name or alias, `prototype.` before methods of instances; `*` stands for any characters: `prototype.__get__*`
   */
  disableMethodByName(name: string): void {
    this.#disabled.push({ text: name, pattern: hookPattern(name, 'glob') })
    this.changed()
  }

  /** Says that something about the class has changed, so that compiled tables are made anew. */
  changed(): void {
    this.version++
  }

  /** Functions of the class that carry `shared: true` and their options themselves, the way of LoopBack 1. */
  #marked(): SharedMethod[] {
    const known = new Set(this.#methods.map((method) => method.fullName))
    const found: SharedMethod[] = []
    const collect = (holder: object, isStatic: boolean) => {
      for (const name of Object.keys(holder)) {
        const fn: unknown = Object.getOwnPropertyDescriptor(holder, name)?.value
        if (typeof fn !== 'function' || name === 'sharedCtor' || (fn as { shared?: unknown }).shared !== true) continue
        const method = new SharedMethod(fn, name, this, { ...(fn as unknown as MethodOptions), isStatic })
        if (!known.has(method.fullName)) found.push(method)
      }
    }
    collect(this.ctor, true)
    collect((this.ctor.prototype as object | undefined) ?? {}, false)
    return found
  }

  #resolved(): SharedMethod[] {
    const found: SharedMethod[] = []
    for (const resolver of this.#resolvers) {
      resolver((name, options, fn) => found.push(new SharedMethod(fn, name, this, options)))
    }
    return found
  }
}

function constructorMethod(fn: Function & MethodOptions, sharedClass: SharedClass): SharedMethod {
  const { accepts, returns, http, description, direct } = fn
  const method = new SharedMethod(fn, 'sharedCtor', sharedClass, { accepts, returns, http, description, direct, isStatic: true })
  method.isSharedCtor = true
  return method
}

/** `FooBar_baz` becomes `foo-bar-baz`, and `getHTTPStatus` `get-h-t-t-p-status`: as LoopBack writes paths. */
function dashed(segment: string): string {
  return segment.replaceAll('_', '-').replace(/[A-Z]/g, (letter, index) => (index === 0 ? '' : '-') + letter.toLowerCase())
}
