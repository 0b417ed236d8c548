import type { Guard, GuardAction, GuardAnswer, GuardHop } from '@reloop/juggler'
import type { HttpContext } from '@reloop/remoting'
import type { Application } from '../app/application'
import type { SharedModel } from '../types'
import { accessStateOf } from './access-state'
import { hasOwnCheck } from './check-access'
import { then, type Awaitable } from './awaitable'
import { callerOf } from './caller'
import { both, type Outcome } from './decide'
import { denial } from './denial'
import { closedFields, type ClosedFields } from './field-rules'
import { ownQuestion, wayTo, type Guarded } from './guarded'
import { judgeHop } from './hop'
import { judge } from './judge'
import { likeDirectly } from './like'
import { needsGuard } from './needs-guard'
import { isDataMethod, modelIdOf, modelOf } from './subject'
import { tenantOf, tenantProperty } from './tenant'

/**
 * The guard of a request: the data layer asks it about every entity that the request touches, and it answers with the rows and properties that
 * exist for the caller. Undefined where nothing could be answered but yes.
 *
 * @param app whose rules
 * @param context the call
 */
export function guardFor(app: Application, context: HttpContext): Guard | undefined {
  const { enabled, tenant } = accessStateOf(app)
  if (!enabled && !tenant) return undefined
  const Model = modelOf(context.method)
  if (!Model || !needsGuard(app, Model)) return undefined
  const isData = isDataMethod(app.registry, context.method) && !hasOwnCheck(Model)
  let guarded: Guarded | undefined
  const answers = new Map<string, Awaitable<GuardAnswer>>()
  return (...[entity, action, , hop]) => {
    const key = `${action} ${hop?.held ? 'held ' : ''}${wayTo(entity, hop)}`
    let answer = answers.get(key)
    if (answer === undefined) {
      guarded ??= { app, context, Model, isData, caller: callerOf(app, context), held: new Map() }
      answers.set(key, (answer = answerFor(guarded, { entity, action, hop })))
    }
    return answer
  }
}

interface Asked {
  readonly entity: string
  readonly action: GuardAction
  readonly hop: GuardHop | undefined
}

function answerFor(guarded: Guarded, { entity, action, hop }: Asked): Awaitable<GuardAnswer> {
  const { app, Model, caller } = guarded
  const Entity = entity === Model.modelName ? Model : app.registry.findModel(entity)
  if (!Entity) return false
  return then(judged(guarded, { Entity, action, hop }), (outcome) => {
    if (outcome === false) throw denial(app, { Model: Entity, token: caller.token })
    return then(tenantRule(guarded, Entity), (rule) => {
      const rows = both(outcome, rule)
      if (rows === false) throw denial(app, { Model: Entity, token: caller.token })
      hold(guarded, wayTo(entity, hop), outcome)
      return then(fieldsOf(guarded, { Entity, hop }), (fields) => answerOf(rows, fields))
    })
  })
}

function judged(
  guarded: Guarded,
  { Entity, action, hop }: { Entity: SharedModel; action: GuardAction; hop?: GuardHop },
): Awaitable<Outcome> {
  const { app, Model, isData, context, caller } = guarded
  if (!accessStateOf(app).enabled) return true
  if (hop) return judgeHop(guarded, { Entity, action, hop })
  if (Entity === Model && isData) return judge(caller, ownQuestion(guarded))
  return judge(caller, { subject: likeDirectly(Entity, action), context, rows: 'many', rowsOnly: true })
}

function hold({ held }: Guarded, way: string, outcome: Outcome): void {
  if (typeof outcome !== 'object') return
  const texts = held.get(way) ?? new Set()
  held.set(way, texts.add(JSON.stringify(outcome)))
}

function tenantRule({ app, context }: Guarded, Entity: SharedModel): Awaitable<Outcome> {
  if (!accessStateOf(app).tenant) return true
  const property = tenantProperty(Entity)
  if (property === undefined) return true
  return tenantOf(app, context).then((tenant) => {
    if (tenant === true) return true
    return tenant !== undefined && tenant !== false && { [property]: tenant }
  })
}

/** The row that the call names is known to be the one that is touched only where no relation leads there. */
function fieldsOf(
  { app, context, Model, caller }: Guarded,
  { Entity, hop }: { Entity: SharedModel; hop?: GuardHop },
): Awaitable<ClosedFields | undefined> {
  if (!accessStateOf(app).enabled) return undefined
  const modelId = Entity === Model && !hop ? modelIdOf(context, false) : undefined
  const row = modelId === undefined ? undefined : { modelId, instance: context.instance as Record<string, unknown> | undefined }
  return closedFields(caller, { Model: Entity, context, ...(row && { row }) })
}

function answerOf(rows: Outcome, fields: ClosedFields | undefined): GuardAnswer {
  const hidden = fields?.hidden.length ? fields.hidden : undefined
  const fixed = fields?.fixed.length ? fields.fixed : undefined
  if (rows === true && !hidden && !fixed) return true
  return { ...(typeof rows === 'object' && { where: rows }), ...(hidden && { hidden }), ...(fixed && { fixed }) }
}
