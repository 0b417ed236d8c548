import type { GuardAction, GuardHop } from '@reloop/juggler'
import type { SharedModel } from '../types'
import { judgesHops } from './access-state'
import { hasOwnCheck } from './check-access'
import { then, type Awaitable } from './awaitable'
import type { Outcome } from './decide'
import { ownQuestion, wayTo, type Guarded } from './guarded'
import { judge, type Question } from './judge'
import { askCheckAccess } from './legacy-access'
import { actionOf, likeDirectly, likeOver } from './like'
import { subjectOf } from './subject'

/** A step over a relation. */
export interface Hop {
  readonly Entity: SharedModel
  readonly action: GuardAction
  readonly hop: GuardHop
}

/**
 * Judges a step from one entity over a relation to another: the first has to allow the relation, and the other has to allow the like to the
 * same caller directly, unless the first names that very relation method in a rule that allows it. What rules of the other say about rows
 * holds either way.
 */
export function judgeHop(guarded: Guarded, asked: Hop): Awaitable<Outcome> {
  const { app, context, caller, isData } = guarded
  const { Entity, hop } = asked
  const action = isWithin(guarded, hop) ? overallAction(guarded, asked.action) : asked.action
  const like = likeDirectly(Entity, action)
  const rowsOnly = () => judge(caller, { subject: like, context, rows: 'many', rowsOnly: true })
  // Server code decides by itself what to load.
  if (!judgesHops(app) || !isData) return rowsOnly()
  return then(mayLeave(guarded, { ...asked, action }), (leaves) => {
    if (leaves === false) return false
    return then(directly(guarded, { Entity, like }), (outcome) => (outcome === true || leaves !== 'named' ? outcome : rowsOnly()))
  })
}

/** Whether the called method is one of the relation itself, and the hop starts from the row that it is called for. */
function isWithin({ Model, context }: Guarded, { entity, relation, held }: GuardHop): boolean {
  return held === true && !context.method.isStatic && context.method.name.endsWith(`__${relation}`) && isEntity(Model, entity)
}

/** A relation method that changes rows looks them up first: the look-up is part of the change. */
function overallAction({ context }: Guarded, action: GuardAction): GuardAction {
  return action === 'find' ? (actionOf(context.method.name) ?? action) : action
}

function directly({ context, caller }: Guarded, { Entity, like }: { Entity: SharedModel; like: Question['subject'] }): Awaitable<Outcome> {
  if (!hasOwnCheck(Entity)) return judge(caller, { subject: like, context, rows: 'many' })
  const method = Entity.sharedClass.methods({ includeDisabled: true }).find(({ name }) => name === like.property)
  return askCheckAccess(Entity, [caller.token, undefined, method, context]).then((allowed) => allowed === true)
}

/** Whether the entity that has the relation lets the caller take it: no, yes, or yes in so many words. */
function mayLeave(guarded: Guarded, { action, hop }: Hop): Awaitable<false | 'general' | 'named'> {
  const { app, Model, context, caller } = guarded
  const From = isEntity(Model, hop.entity) ? Model : app.registry.findModel(hop.entity)
  if (!From) return false
  const within = isWithin(guarded, hop)
  const subject = within ? subjectOf(Model, context.method) : likeOver(From, hop.relation, action)
  const question: Question = From === Model ? { ...ownQuestion(guarded), subject } : { subject, context, rows: 'many' }
  const holds = (outcome: Outcome) => within || isHeld(guarded, { From, from: hop.from, outcome })
  return then(judge(caller, question), (outcome) => {
    if (outcome === false || (typeof outcome === 'object' && !holds(outcome))) return false
    return then(judge(caller, { ...question, namedOnly: true }), (named) =>
      named === true || (typeof named === 'object' && holds(named)) ? 'named' : 'general',
    )
  })
}

/** Whether the rows that the hop starts from are held to a condition anyway. */
function isHeld(guarded: Guarded, { From, from, outcome }: { From: SharedModel; from?: GuardHop; outcome: Outcome }): boolean {
  const { held, Model, caller } = guarded
  const text = JSON.stringify(outcome)
  if (held.get(wayTo(From.modelName, from))?.has(text)) return true
  if (from || From !== Model) return false
  const own = judge(caller, ownQuestion(guarded))
  return !(own instanceof Promise) && JSON.stringify(own) === text
}

/** Relations are declared on a class and used by those that extend it. */
function isEntity(Model: SharedModel, name: string): boolean {
  return Model.modelName === name || chain(Model).some((Base) => Base.modelName === name)
}

function chain(Model: SharedModel): SharedModel[] {
  const found: SharedModel[] = []
  for (
    let Base = Object.getPrototypeOf(Model) as SharedModel | null;
    Base?.modelName;
    Base = Object.getPrototypeOf(Base) as SharedModel | null
  )
    found.push(Base)
  return found
}
