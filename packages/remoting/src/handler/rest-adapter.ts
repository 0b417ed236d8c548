import type { ClientOptions } from '../client/connection'
import type { RemoteObjects } from '../contract/remote-objects'
import { SharedClass } from '../contract/shared-class'
import type { Route, SharedMethod } from '../contract/shared-method'
import { httpPlugin } from '../http/plugin'
import { joined } from './joined'
import { makeListener, type Listener } from './listener'
import { RestClass, type RestMethod } from './rest-method'

/** A route of an API with the method that answers it. */
export interface AdapterRoute {
  readonly verb: string
  /** Path below the API. */
  readonly path: string
  /** `Class.method` */
  readonly method: string
  readonly description?: SharedMethod['description']
  readonly notes?: SharedMethod['notes']
  readonly documented: boolean
  readonly accepts?: SharedMethod['accepts']
  readonly returns?: SharedMethod['returns']
  readonly errors?: readonly unknown[]
  readonly http: SharedMethod['http']
}

/** LoopBack's REST adapter: what is served over REST as old code walks it, and the function that serves it. */
export class RestAdapter {
  readonly name = 'rest'
  readonly remotes: RemoteObjects
  readonly options: object

  /**
   * @param remotes what is shared
   * @param options further options of the handler
   */
  constructor(remotes: RemoteObjects, options: object = {}) {
    this.remotes = remotes
    this.options = { ...remotes.options.rest, ...options }
  }

  /** The shared classes with their methods. */
  getClasses(): RestClass[] {
    return this.remotes.classes().map((sharedClass) => new RestClass(sharedClass))
  }

  /**
   * The routes of a class (one: its path) or of a method, below that of the class.
   *
   * @param shared a shared class or method
   */
  getRoutes(shared: SharedClass | SharedMethod): readonly Pick<Route, 'verb' | 'path'>[] {
    return shared instanceof SharedClass ? [{ path: shared.path, verb: 'all' }] : shared.routes()
  }

  /** Every route of the API, those that make instances among them. */
  allRoutes(): AdapterRoute[] {
    return this.getClasses().flatMap(({ ctor, methods }) => (ctor ? [ctor, ...methods] : methods).flatMap(routesOf))
  }

  /**
   * The method of a name, or undefined.
   *
   * @param name `Note.find`, `Note.prototype.read`
   */
  getRestMethodByName(name: string): RestMethod | undefined {
    const known = this.getClasses().find((one) => name.startsWith(`${one.name}.`))
    return known?.methods.find((method) => method.fullName === name)
  }

  /** Makes the function that serves requests. */
  createHandler(): Listener {
    return makeListener(this.remotes, httpPlugin)
  }

  /** See `RemoteObjects.connect`. */
  connect(url: string, options: ClientOptions = {}): void {
    this.remotes.connect(url, 'rest', options)
  }

  /** See `RemoteObjects.invoke`. */
  invoke(name: string, ...rest: readonly unknown[]): unknown {
    return this.remotes.invoke(name, ...rest)
  }
}

function routesOf({ restClass, sharedMethod, ...method }: RestMethod): AdapterRoute[] {
  return sharedMethod.endpoints().map(({ verb, path }) => ({
    verb,
    path: joined(restClass.getPath(), path),
    method: method.fullName,
    description: method.description,
    notes: method.notes,
    documented: method.documented,
    accepts: some(method.accepts) as SharedMethod['accepts'] | undefined,
    returns: some(method.returns) as SharedMethod['returns'] | undefined,
    errors: Array.isArray(method.errors) ? some(method.errors as readonly unknown[]) : undefined,
    http: sharedMethod.http,
  }))
}

function some<T>(list: readonly T[]): readonly T[] | undefined {
  return list.length > 0 ? list : undefined
}
