import { kModel } from '../symbols'
import type { ModelConstructor } from '../model/types'
import type { PlainObject } from '../value/plain'
import { installRelation } from './install'
import { makeRelation } from './define'
import type { RelationType } from './relation-definition'

/** Defines a relation on a class and puts its accessors on the prototype. */
export function defineRelation(Model: ModelConstructor, type: string, given: { target: unknown; params?: PlainObject }): void {
  const relation = makeRelation(type, { Model, target: given.target, params: { ...given.params } })
  installRelation(Model, relation)
  Model[kModel].invalidate()
}

function definer(type: RelationType) {
  return function (this: ModelConstructor, target: unknown, params?: PlainObject): void {
    const named = typeof target === 'string' && params?.model !== undefined
    const given = named ? { target: params.model, params: { ...params, as: params.as ?? target } } : { target, params }
    const polymorphic = type === 'belongsTo' && params?.polymorphic && typeof target === 'string'
    defineRelation(this, type, polymorphic ? { target: undefined, params: { as: target, ...params } } : given)
  }
}

/** The statics that define relations. */
export const relationStatics = {
  belongsTo: definer('belongsTo'),
  hasOne: definer('hasOne'),
  hasMany: definer('hasMany'),
  hasAndBelongsToMany: definer('hasAndBelongsToMany'),
  referencesMany: definer('referencesMany'),
  embedsOne: definer('embedsOne'),
  embedsMany: definer('embedsMany'),
}
