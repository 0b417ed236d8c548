import { runtimeOf } from '@reloop/juggler'
import type { AuthorizationOf, HttpContext, SharedMethod } from '@reloop/remoting'
import type { Application } from '../app/application'
import type { SharedModel } from '../types'
import { scopesMeet } from './access-context'
import { accessStateOf, ownsRows } from './access-state'
import { then, type Awaitable } from './awaitable'
import { callerOf, type Caller } from './caller'
import { hasOwnCheck } from './check-access'
import { denial } from './denial'
import { judge, type Question } from './judge'
import { askCheckAccess } from './legacy-access'
import { checkLinked, linkedRelation } from './linked'
import { allows } from './rule'
import { rulesOf, type Subject } from './rules-of'
import { storesRules } from './stored-rules'
import { modelIdOf, modelOf, rowsOf, subjectOf } from './subject'

type Step = (context: HttpContext) => void | Promise<void>

/**
 * Gives the step that decides who may call a method; none where anybody may. What the rules in settings say is compiled here, and a call whose
 * rules need no look-up is decided at once.
 *
 * @param app whose rules
 */
export function authorizationFor(app: Application): AuthorizationOf {
  return (method) => {
    const Model = modelOf(method)
    if (!Model) return undefined
    if (hasOwnCheck(Model)) return ownCheck(app, { Model, method })
    const { flags } = accessStateOf(app)
    const subject = subjectOf(Model, method)
    const { rules, fallback } = rulesOf(app, subject)
    const scoped = flags.tokenScopes && (method.accessScopes !== undefined || !flags.strictResolvers)
    const unprotected = rules.length === 0 && fallback && !storesRules(app.registry)
    if (unprotected && linkedRelation(method) === undefined) return scoped ? scopesOnly(app, { Model, method }) : undefined
    return byRules(app, { method, subject })
  }
}

/**
 * Gives the step that refuses to tie rows together which do not exist for the caller's tenant, where nothing else decides who may call.
 *
 * @param app whose tenants
 */
export function linksFor(app: Application): AuthorizationOf {
  return (method) => {
    const Model = modelOf(method)
    return Model && linkedRelation(method) !== undefined ? (context) => checkLinked(app, Model, context) : undefined
  }
}

function byRules(app: Application, { method, subject }: { method: SharedMethod; subject: Subject }): Step {
  const { tokenScopes } = accessStateOf(app).flags
  const links = linkedRelation(method) !== undefined
  return (context) => {
    const caller = callerOf(app, context)
    const question = questionOf(app, context, subject)
    const refuse = () => denial(app, { Model: subject.Model, token: caller.token, modelId: question.modelId })
    if (tokenScopes && caller.token && !scopesMeet(caller.token.scopes, method.accessScopes)) throw refuse()
    if (tokenScopes && !caller.token && method.accessScopes && !scopesMeet(undefined, method.accessScopes)) throw refuse()
    return then(judge(caller, question), (outcome) => {
      if (outcome === false) throw refuse()
      const noted = noteRoles(caller, question)
      return links ? then(noted, () => checkLinked(app, subject.Model, context)) : noted
    })
  }
}

/** The call as it is judged. */
function questionOf(app: Application, context: HttpContext, subject: Subject): Question {
  const owning = ownsRows(app)
  const modelId = modelIdOf(context, !owning)
  const touched = rowsOf(app.registry, context)
  const rows = !owning && modelId !== undefined && touched === 'many' ? 'one' : touched
  const instance = context.instance as Record<string, unknown> | null | undefined
  return { subject, context, rows, modelId, ...(instance && runtimeOf(instance) && { instance }) }
}

/** LB3: a method reads in its options by which roles it was opened. */
function noteRoles(caller: Caller, { subject, context, modelId, instance }: Question): Awaitable<void> {
  const { options } = context.args as { options?: Record<string, unknown> }
  const { authorizedRoles } = accessStateOf(caller.app).flags
  if (authorizedRoles === 'none' || typeof options !== 'object' || options === null || Object.isFrozen(options)) return
  const opening = rulesOf(caller.app, subject).rules.filter((rule) => rule.principalType === 'ROLE' && allows(rule))
  const roles = opening.map(({ principalId }) => String(principalId))
  const note = () => {
    options.authorizedRoles = Object.fromEntries(roles.filter((role) => caller.roles.has(role)).map((role) => [role, true]))
  }
  if (authorizedRoles !== 'all') return note()
  return Promise.all(opening.map(async (rule) => caller.is(rule, { ...subject, context, modelId, instance }))).then(note)
}

/** LB3: a token that is limited to other scopes does not even open what is open to all. */
function scopesOnly(app: Application, { Model, method }: { Model: SharedModel; method: SharedMethod }): Step {
  return (context) => {
    const { token } = callerOf(app, context)
    if (!scopesMeet(token?.scopes, method.accessScopes)) throw denial(app, { Model, token })
  }
}

function ownCheck(app: Application, { Model, method }: { Model: SharedModel; method: SharedMethod }): Step {
  return async (context) => {
    const { token } = callerOf(app, context)
    const modelId = modelIdOf(context, !ownsRows(app))
    const allowed = await askCheckAccess(Model, [token, modelId, method, context])
    if (allowed !== true) throw denial(app, { Model, token, modelId })
  }
}
