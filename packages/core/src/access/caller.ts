import type { HttpContext } from '@reloop/remoting'
import type { Application } from '../app/application'
import type { SharedModel } from '../types'
import { AccessContext, isUser, principalsOf, type TokenFacts } from './access-context'
import { accessStateOf, resolverTime } from './access-state'
import { then, type Awaitable } from './awaitable'
import { explain } from './explain'
import { inTime } from './in-time'
import { askResolver, type RoleResolver } from './legacy-access'
import { mappedRoles } from './mapped-roles'
import { dynamicRoles } from './names'
import type { Owner } from './ownership'
import { isOwner } from './is-owner'
import type { Principal } from './principal'
import type { Rule } from './rule'
import { userClassOf } from './user-class'

/** What a role is asked about. */
export interface Asked {
  readonly Model: SharedModel
  readonly property: string
  readonly accessType: string
  readonly modelId?: unknown
  readonly instance?: Readonly<Record<string, unknown>>
  readonly context: HttpContext
}

/** Yes, no, or no answer: then the rule that asked decides against the caller. */
export type RoleAnswer = boolean | undefined

const plainRoles: ReadonlySet<string> = new Set([dynamicRoles.EVERYONE, dynamicRoles.AUTHENTICATED, dynamicRoles.UNAUTHENTICATED])

/** Who sends a request, with what is known of it by now: every role is looked up once. */
export class Caller {
  readonly app: Application
  readonly token: TokenFacts | null
  readonly principals: readonly Principal[]
  readonly user: Owner | undefined
  /** What was decided for this request already, by those who decide. */
  readonly decided = new Map<string, unknown>()
  /** Roles that the caller turned out to have. */
  readonly roles = new Set<string>()
  readonly #answers = new Map<string, Awaitable<RoleAnswer>>()
  #mapped: Promise<ReadonlySet<string>> | undefined
  #resolvers: Record<string, RoleResolver> | undefined
  #record: Promise<Readonly<Record<string, unknown>> | undefined> | undefined

  constructor(app: Application, token: TokenFacts | null) {
    this.app = app
    this.token = token
    this.principals = principalsOf(token, accessStateOf(app).flags.principalTypes)
    const user = this.principals.find((principal) => isUser(principal, app.registry))
    this.user = user && { id: user.id, principalType: user.type }
  }

  /** Whether a rule is about the caller; undefined where that could not be told. */
  is(rule: Rule, asked: Asked): Awaitable<RoleAnswer> {
    const type = rule.principalType ?? ''
    if (type === 'ROLE') return this.isIn(String(rule.principalId), asked)
    return this.principals.some((principal) => principal.type === type && String(principal.id) === String(rule.principalId))
  }

  /** Whether a rule about everybody, or about who is logged in, is about the caller; undefined for others. */
  isPlainly({ principalType, principalId }: Rule): boolean | undefined {
    if (principalType !== 'ROLE' || typeof principalId !== 'string' || !plainRoles.has(principalId) || this.#resolver(principalId))
      return undefined
    const is = this.#isDynamic(principalId)
    if (is) this.roles.add(principalId)
    return is
  }

  /** Whether the caller has a role, as far as rows do not matter. */
  isIn(role: string, asked: Asked): Awaitable<RoleAnswer> {
    const resolver = this.#resolver(role)
    if (!resolver && role !== dynamicRoles.OWNER && role.startsWith('$')) return this.#noted(role, this.#isDynamic(role))
    const key = resolver || role.startsWith('$') ? [role, asked.Model.modelName, asked.property, String(asked.modelId)].join(' ') : role
    let answer = this.#answers.get(key)
    if (answer === undefined) {
      answer = then(this.#explained(role, this.#find(role, resolver, asked)), (is) => this.#noted(role, is))
      this.#answers.set(key, answer)
    }
    return answer
  }

  /** The record of the user; undefined where there is none. */
  record(): Promise<Readonly<Record<string, unknown>> | undefined> {
    return (this.#record ??= this.#findRecord())
  }

  /** The application's resolver of a role, if it has one. */
  #resolver(role: string): RoleResolver | undefined {
    this.#resolvers ??= (this.app.registry.findModel('Role') as { resolvers?: Record<string, RoleResolver> } | undefined)?.resolvers ?? {}
    return Object.hasOwn(this.#resolvers, role) ? this.#resolvers[role] : undefined
  }

  #noted(role: string, is: RoleAnswer): RoleAnswer {
    if (is) this.roles.add(role)
    return is
  }

  #isDynamic(role: string): boolean {
    if (role === dynamicRoles.EVERYONE) return true
    if (role === dynamicRoles.AUTHENTICATED) return this.principals.length > 0
    return role === dynamicRoles.UNAUTHENTICATED && this.principals.length === 0
  }

  #find(role: string, resolver: RoleResolver | undefined, asked: Asked): Awaitable<RoleAnswer> {
    if (resolver) return this.#ask(resolver, role, asked)
    if (role === dynamicRoles.OWNER) return this.user ? isOwner(this.app.registry, { ...asked, owner: this.user }) : false
    if (this.principals.length === 0) return false
    this.#mapped ??= mappedRoles(this.app.registry, this.principals).then((roles) => new Set(roles.map(({ name }) => name)))
    return this.#mapped.then((names) => names.has(role))
  }

  async #ask(resolver: RoleResolver, role: string, asked: Asked): Promise<RoleAnswer> {
    const { strictResolvers } = accessStateOf(this.app).flags
    const time = resolverTime(this.app)
    if (!strictResolvers) return inTime(askResolver(resolver, role, this.context(asked)), time).then(Boolean)
    try {
      const answer = await inTime(askResolver(resolver, role, this.context(asked)), time)
      return typeof answer === 'boolean' ? answer : undefined
    } catch (error) {
      explain('role')?.(`the resolver of "${role}" failed: ${String(error)}`)
      return undefined
    }
  }

  /** The caller as resolvers of roles see it. */
  context(asked: Asked): AccessContext {
    return new AccessContext({
      registry: this.app.registry,
      accessToken: this.token,
      model: asked.Model,
      modelId: asked.modelId,
      property: asked.property,
      method: asked.property,
      sharedMethod: asked.context.method,
      accessType: asked.accessType,
      remotingContext: asked.context,
    })
  }

  #explained(role: string, answer: Awaitable<RoleAnswer>): Awaitable<RoleAnswer> {
    const say = explain('role')
    if (!say) return answer
    return then(answer, (is) => {
      say(`${is ? 'in' : 'not in'} role "${role}"`, this.principals)
      return is
    })
  }

  async #findRecord(): Promise<Readonly<Record<string, unknown>> | undefined> {
    const { registry } = this.app
    if (!this.user) return undefined
    const Model = userClassOf(registry, this.user.principalType)
    if (!Model?.dataSource) return undefined
    return (await (Model.findById as (id: unknown) => Promise<unknown>)(this.user.id)) as Readonly<Record<string, unknown>> | undefined
  }
}

const callers = new WeakMap<object, Caller>()

/** Who sends the request of a call; known for as long as the request lives and its token stays. */
export function callerOf(app: Application, context: HttpContext): Caller {
  const raw = context.request.raw as { accessToken?: TokenFacts | null }
  const token = raw.accessToken ?? null
  let caller = callers.get(raw)
  if (!caller || caller.token !== token || caller.app !== app) callers.set(raw, (caller = new Caller(app, token)))
  return caller
}

/** Forgets what was looked up for a request: what is held open asks anew. */
export function forgetCaller(raw: object): void {
  callers.delete(raw)
}
