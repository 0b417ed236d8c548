import type { ArgumentOptions, ReturnOptions, RouteOptions } from '../contract/method-options'
import type { SharedClass } from '../contract/shared-class'
import type { NamedOptions, Route, SharedMethod } from '../contract/shared-method'
import { joined } from './joined'

/** An endpoint as a client sees it. */
export interface RestEndpoint {
  /** `GET`, …; a method that takes any verb is called with POST. */
  readonly verb: string
  readonly fullPath: string
}

/** A method as LoopBack's REST adapter describes it: what generators of clients and documents walk. */
export class RestMethod {
  readonly restClass: RestClass
  readonly sharedMethod: SharedMethod
  /** `Note.prototype.read` */
  readonly fullName: string
  /** `prototype.read` */
  readonly name: string
  readonly accepts: readonly NamedOptions<ArgumentOptions>[]
  readonly returns: readonly NamedOptions<ReturnOptions>[]
  readonly errors: unknown
  readonly description: SharedMethod['description']
  readonly notes: SharedMethod['notes']
  readonly documented: boolean
  readonly routes: readonly Route[]

  constructor(restClass: RestClass, sharedMethod: SharedMethod) {
    this.restClass = restClass
    this.sharedMethod = sharedMethod
    this.fullName = sharedMethod.stringName
    this.name = sharedMethod.fullName
    this.accepts = sharedMethod.accepts
    this.returns = sharedMethod.returns
    this.errors = sharedMethod.errors
    this.description = sharedMethod.description
    this.notes = sharedMethod.notes
    this.documented = sharedMethod.documented
    this.routes = sharedMethod.routes()
  }

  /** Whether a call gives a list. */
  isReturningArray(): boolean {
    const [only] = this.returns
    return this.returns.length === 1 && only?.root === true && typeof only.type !== 'string'
  }

  /** Whether all that a call takes is the body. */
  acceptsSingleBodyArgument(): boolean {
    const http = this.accepts.length === 1 ? this.accepts[0]!.http : undefined
    return typeof http === 'object' && http.source === 'body'
  }

  /** The endpoints with their whole paths below the API. */
  getEndpoints(): RestEndpoint[] {
    return this.sharedMethod.endpoints().map(({ verb, path }) => ({ verb: spoken(verb), fullPath: joined(this.restClass.getPath(), path) }))
  }

  /** The verb of the first endpoint. */
  getHttpMethod(): string {
    return this.getEndpoints()[0]!.verb
  }

  /** The path of the first endpoint below that of its class. */
  getPath(): string {
    return this.routes[0]!.path
  }

  /** The whole path of the first endpoint. */
  getFullPath(): string {
    return this.getEndpoints()[0]!.fullPath
  }
}

/** A class as LoopBack's REST adapter describes it. */
export class RestClass {
  readonly sharedClass: SharedClass
  readonly name: string
  readonly options: SharedClass['options']
  readonly routes: readonly (RouteOptions & { readonly path: string; readonly verb: string })[]
  /** The method that makes instances. */
  readonly ctor: RestMethod | undefined
  readonly methods: readonly RestMethod[]

  constructor(sharedClass: SharedClass) {
    this.sharedClass = sharedClass
    this.name = sharedClass.name
    this.options = sharedClass.options
    this.routes = [{ path: sharedClass.path, verb: 'all' }]
    this.ctor = sharedClass.sharedCtor && new RestMethod(this, sharedClass.sharedCtor)
    this.methods = sharedClass.methods().map((method) => new RestMethod(this, method))
  }

  /** Path of the class below the API. */
  getPath(): string {
    return this.sharedClass.path
  }
}

function spoken(verb: string): string {
  return verb === 'all' ? 'POST' : verb.toUpperCase()
}
