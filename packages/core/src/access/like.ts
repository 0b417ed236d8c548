import type { GuardAction } from '@reloop/juggler'
import type { SharedModel } from '../types'
import { subjectNamed } from './subject'
import type { Subject } from './rules-of'

/** The method of a model that does what an action does, for a caller that reached its rows directly. */
const direct: Readonly<Record<GuardAction, readonly [string, string]>> = {
  find: ['find', 'READ'],
  aggregate: ['find', 'READ'],
  create: ['create', 'WRITE'],
  update: ['prototype.patchAttributes', 'WRITE'],
  delete: ['deleteById', 'WRITE'],
}

/** The verbs of relation methods that do what an action does. */
const verbs: Readonly<Record<GuardAction, readonly [string, string]>> = {
  find: ['get', 'READ'],
  aggregate: ['get', 'READ'],
  create: ['create', 'WRITE'],
  update: ['updateById', 'WRITE'],
  delete: ['destroyById', 'WRITE'],
}

const single: Readonly<Record<string, string>> = { updateById: 'update', destroyById: 'destroy' }

/** The direct method that is like an action. */
export function likeDirectly(Model: SharedModel, action: GuardAction): Subject {
  const [name, accessType] = direct[action]
  return subjectNamed(Model, name, accessType)
}

/** The relation method that is like an action. */
export function likeOver(Model: SharedModel, relation: string, action: GuardAction): Subject {
  const [verb, accessType] = verbs[action]
  const { relations } = Model as unknown as { relations?: Record<string, { multiple?: boolean } | undefined> }
  const chosen = relations?.[relation]?.multiple === false ? (single[verb] ?? verb) : verb
  return subjectNamed(Model, `prototype.__${chosen}__${relation}`, accessType)
}

/** What a relation method does, by its name: `__updateById__notes` changes rows. */
export function actionOf(method: string): GuardAction | undefined {
  const verb = /^__([a-zA-Z]+?)__/.exec(method)?.[1]
  if (verb === undefined) return undefined
  if (['get', 'findById', 'count', 'exists'].includes(verb)) return 'find'
  if (verb === 'create') return 'create'
  if (verb === 'updateById' || verb === 'update') return 'update'
  return ['destroyById', 'destroy', 'delete'].includes(verb) ? 'delete' : undefined
}
