import { errors } from '../errors'
import type { ModelRuntime } from '../model/runtime'
import type { GuardAction, GuardAllowed, JugglerOptions } from '../model/options'
import { kGuard } from '../symbols'
import { isPlainObject } from '../value/plain'
import { mergeWhere } from './merge'

const everything: GuardAllowed = Object.freeze({})

/** Asks the guard of a call about one entity. Throws AUTHORIZATION_REQUIRED when it says no. */
export async function askGuard(
  model: ModelRuntime,
  asked: { action: GuardAction; paths: readonly string[] },
  options: JugglerOptions,
): Promise<GuardAllowed> {
  const guard = options[kGuard]
  if (!guard) return everything
  const answer = await guard(model.name, asked.action, asked.paths)
  if (answer === true) return everything
  if (answer === false || answer === undefined || answer === null) throw errors.AUTHORIZATION_REQUIRED()
  return answer
}

/** Asks about a query of a model and about every entity that its where and order reach; answers the where that holds. */
export async function guardedWhere(
  model: ModelRuntime,
  asked: { action: GuardAction; where: unknown; order?: unknown },
  options: JugglerOptions,
): Promise<GuardAllowed> {
  const touched = new Map<ModelRuntime, string[]>([[model, []]])
  gather(model, asked.where, touched)
  gatherOrder(model, asked.order, touched)
  let allowed = everything
  for (const [entity, paths] of touched) {
    const answer = await askGuard(entity, { action: entity === model ? asked.action : 'find', paths }, options)
    if (entity === model) allowed = answer
    else if (answer.where || answer.hidden) checkHop(paths, answer)
  }
  return { where: mergeWhere(asked.where, allowed.where), hidden: allowed.hidden }
}

/** A condition on another entity is refused where only some of its rows or of the asked properties may be seen. */
function checkHop(paths: readonly string[], answer: GuardAllowed): void {
  if (answer.where || paths.some((path) => answer.hidden?.includes(path.split('.')[0]!))) throw errors.AUTHORIZATION_REQUIRED()
}

function note(model: ModelRuntime, path: string, touched: Map<ModelRuntime, string[]>): void {
  const paths = touched.get(model)
  if (!paths) touched.set(model, [path])
  else if (!paths.includes(path)) paths.push(path)
}

function gather(model: ModelRuntime, where: unknown, touched: Map<ModelRuntime, string[]>): void {
  if (!isPlainObject(where)) return
  for (const [key, value] of Object.entries(where)) {
    const declared = model.compiled.byName.has(key)
    if (!declared && (key === 'and' || key === 'or' || key === 'nor'))
      for (const clause of Array.isArray(value) ? value : []) gather(model, clause, touched)
    else if (!declared && key === 'not') gather(model, value, touched)
    else gatherKey(model, { key, value, to: declared ? undefined : hop(model, key) }, touched)
  }
}

interface Hop {
  readonly model: ModelRuntime
  /** The model whose rows link the two. */
  readonly between?: ModelRuntime
  readonly rest: string
}

function gatherKey(model: ModelRuntime, at: { key: string; value: unknown; to?: Hop }, touched: Map<ModelRuntime, string[]>): void {
  if (at.to) gatherRelated(at.to, at.value, touched)
  else note(model, at.key, touched)
}

function hop(model: ModelRuntime, key: string): Hop | undefined {
  const [head, ...rest] = key.split('.')
  const relation = model.relation(head!)
  const to = relation?.joinTarget()
  return to && { model: to.model, between: relation?.throughTarget?.()?.model, rest: rest.join('.') }
}

function gatherRelated(to: Hop, value: unknown, touched: Map<ModelRuntime, string[]>): void {
  for (const entity of [to.between, to.model]) if (entity && !touched.has(entity)) touched.set(entity, [])
  if (to.rest) return gather(to.model, { [to.rest]: value }, touched)
  if (!isPlainObject(value)) return
  const named = ['some', 'every', 'none'].filter((quantifier) => Object.hasOwn(value, quantifier))
  if (named.length === 0) gather(to.model, value, touched)
  for (const quantifier of named) gather(to.model, value[quantifier], touched)
}

function gatherOrder(model: ModelRuntime, order: unknown, touched: Map<ModelRuntime, string[]>): void {
  const texts = typeof order === 'string' ? order.split(',') : Array.isArray(order) ? order : []
  for (const text of texts) {
    const name = typeof text === 'string' ? text.trim().split(/\s+/)[0]! : ''
    const to = hop(model, name)
    if (to) {
      if (!touched.has(to.model)) touched.set(to.model, [])
      if (to.rest) note(to.model, to.rest, touched)
    } else if (name) note(model, name, touched)
  }
}
