import { kModel } from '../symbols'
import type { ModelConstructor, ModelInstance } from '../model/types'
import { belongsTo } from './belongs-to'
import { embedsMany } from './embeds-many'
import { embedsOne } from './embeds-one'
import { hasMany } from './has-many'
import { hasManyThrough } from './has-many-through'
import { hasOne } from './has-one'
import { manyAccessor } from './legacy-many'
import { singleAccessor, type Accessor } from './legacy-single'
import { manyPrototype, singlePrototype } from './legacy-prototype'
import { nestedMany, nestedSingle } from './nested-relations'
import type { ManyOperations, SingleOperations } from './operations'
import { referencesMany } from './references-many'
import type { Relation } from './relation'

const single: Partial<Record<string, SingleOperations>> = {
  belongsTo: nestedSingle(belongsTo),
  hasOne: nestedSingle(hasOne),
  embedsOne,
}
const through = nestedMany(hasManyThrough)
const many: Partial<Record<string, ManyOperations>> = {
  hasMany: nestedMany(hasMany),
  hasAndBelongsToMany: through,
  referencesMany: nestedMany(referencesMany),
  embedsMany,
}

const accessors = new WeakMap<object, Map<string, Accessor>>()

/** Puts a relation on a class: its definition, an accessor on the prototype, and the methods that remoting calls. */
export function installRelation(Model: ModelConstructor, relation: Relation): void {
  Model[kModel].relations[relation.name] = relation
  const one = single[relation.type]
  const several = relation.kind === 'through' ? through : many[relation.type]
  const make = (instance: ModelInstance) =>
    one ? singleAccessor({ instance, relation }, one) : manyAccessor({ instance, relation }, several!)
  Object.defineProperty(Model.prototype, relation.name, {
    configurable: true,
    enumerable: true,
    get(this: ModelInstance) {
      return accessorOf(this, relation, make)
    },
    set(this: ModelInstance, value: unknown) {
      if (typeof value !== 'function') relation.take(this, value)
    },
  })
  const methods = one ? singlePrototype({ relation, operations: one }) : manyPrototype({ relation, operations: several! })
  for (const [name, method] of Object.entries(methods)) {
    Object.defineProperty(Model.prototype, name, { value: method, writable: true, configurable: true, enumerable: false })
  }
}

/** The accessor of one instance, made once. */
function accessorOf(instance: ModelInstance, relation: Relation, make: (instance: ModelInstance) => Accessor): Accessor {
  let own = accessors.get(instance)
  if (!own) accessors.set(instance, (own = new Map<string, Accessor>()))
  const known = own.get(relation.name)
  if (known?.relation === relation) return known
  const made = make(instance)
  own.set(relation.name, made)
  return made
}
