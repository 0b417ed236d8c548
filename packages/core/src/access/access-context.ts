import type { HttpContext, SharedMethod } from '@reloop/remoting'
import type { Registry } from '../registry/registry'
import type { SharedModel } from '../types'
import { accessFlags } from './compat'
import { all, principalTypes } from './names'
import { Principal } from './principal'

/** What of an access token decides access. */
export interface TokenFacts {
  readonly id?: unknown
  readonly userId?: unknown
  readonly appId?: unknown
  /** Name of the user model, where there are several. */
  readonly principalType?: string
  readonly scopes?: readonly string[]
}

/** What an access context is made of. */
export interface AccessContextParts {
  readonly registry: Registry
  readonly principals?: readonly Principal[]
  readonly principalType?: string
  readonly principalId?: unknown
  readonly principalName?: string
  readonly model?: string | SharedModel
  readonly modelId?: unknown
  readonly id?: unknown
  readonly property?: string
  readonly method?: string
  readonly sharedMethod?: SharedMethod
  readonly accessType?: string
  readonly accessToken?: TokenFacts | null
  readonly remotingContext?: HttpContext
}

/**
 * Who wants what: the principals of a caller, and the model, row, method and kind of access that it asks for. Resolvers of roles get it.
 *
 * @example Role.registerResolver('teamMember', async (role, context) => context.getUserId() === 1)
 */
export class AccessContext {
  readonly registry: Registry
  readonly principals: Principal[]
  readonly model: SharedModel | undefined
  readonly modelName: string
  readonly modelId: unknown
  readonly property: string
  readonly method: string | undefined
  readonly sharedMethod: SharedMethod | undefined
  readonly sharedClass: SharedMethod['sharedClass'] | undefined
  /** Names and aliases of the method, without `prototype.`. */
  readonly methodNames: readonly string[]
  readonly accessType: string
  readonly accessToken: TokenFacts | null
  readonly remotingContext: HttpContext | undefined

  constructor(parts: AccessContextParts) {
    const { registry, model, sharedMethod } = parts
    this.registry = registry
    this.principals = [...(parts.principals ?? [])]
    this.model = typeof model === 'string' ? registry.findModel(model) : model
    this.modelName = this.model?.modelName ?? String(model ?? all)
    this.modelId = parts.id ?? parts.modelId
    this.property = parts.property ?? all
    this.method = parts.method
    this.sharedMethod = sharedMethod
    this.sharedClass = sharedMethod?.sharedClass
    this.methodNames = sharedMethod ? namesOf(sharedMethod) : []
    this.accessType = parts.accessType ?? all
    this.accessToken = parts.accessToken ?? null
    this.remotingContext = parts.remotingContext
    if (parts.principalType !== undefined) this.addPrincipal(parts.principalType, parts.principalId, parts.principalName)
    for (const principal of principalsOf(this.accessToken, accessFlags.of(registry.profile).principalTypes))
      this.addPrincipal(principal.type, principal.id, principal.name)
  }

  /** Adds a principal; false when it was there. */
  addPrincipal(type: string, id: unknown, name?: string): boolean {
    const principal = new Principal(type, id, name)
    if (this.principals.some((known) => known.equals(principal))) return false
    this.principals.push(principal)
    return true
  }

  /** Id of the user, or undefined. */
  getUserId(): unknown {
    return this.getUser()?.id
  }

  /** The user: id, and type of the principal (`USER`, or the name of a user model). */
  getUser(): { readonly id: unknown; readonly principalType: string } | undefined {
    const user = this.principals.find((principal) => isUser(principal, this.registry))
    return user && { id: user.id, principalType: user.type }
  }

  /** Id of the application, or undefined. */
  getAppId(): unknown {
    return this.principals.find(({ type }) => type === principalTypes.APP)?.id
  }

  /** Whether there is a user or an application. */
  isAuthenticated(): boolean {
    return this.getUserId() !== undefined || this.getAppId() !== undefined
  }

  /** What the token is limited to. */
  getScopes(): readonly string[] {
    return this.accessToken?.scopes ?? defaultScopes
  }

  /** Whether the token may be used for the method. */
  isScopeAllowed(): boolean {
    return scopesMeet(this.getScopes(), this.sharedMethod?.accessScopes)
  }
}

const defaultScopes: readonly string[] = Object.freeze(['DEFAULT'])

/** Whether the scopes of a token and of a method have one in common; either's default is `DEFAULT`. */
export function scopesMeet(token: readonly string[] | null | undefined, method: readonly string[] | undefined): boolean {
  const wanted = method ?? defaultScopes
  return (token ?? defaultScopes).some((scope) => wanted.includes(scope))
}

/** The names of a method, aliases first. */
function namesOf(method: SharedMethod): readonly string[] {
  return [...method.aliases, method.name]
}

/** The user and the application of a token. */
export function principalsOf(token: TokenFacts | null | undefined, typed: boolean): readonly Principal[] {
  const principals: Principal[] = []
  if (token?.userId !== undefined && token.userId !== null)
    principals.push(new Principal((typed ? token.principalType : undefined) ?? principalTypes.USER, token.userId))
  if (token?.appId !== undefined && token.appId !== null) principals.push(new Principal(principalTypes.APP, token.appId))
  return Object.freeze(principals)
}

const otherTypes: ReadonlySet<string> = new Set([principalTypes.APP, principalTypes.ROLE, principalTypes.SCOPE])

/** Whether a principal is a user: of the type USER, or of a user model. */
export function isUser({ type }: Principal, registry: Registry): boolean {
  return type === principalTypes.USER || (!otherTypes.has(type) && registry.findModel(type) !== undefined)
}
