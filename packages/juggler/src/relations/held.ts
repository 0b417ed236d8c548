import { extra } from '../model/instance'
import type { ModelRuntime } from '../model/runtime'
import type { ModelInstance } from '../model/types'
import { errors } from '../errors'
import { kData, kExtra, kModel, kOwned } from '../symbols'
import type { Relation } from './relation'

/** A relation as one instance holds it. */
export interface Held {
  readonly instance: ModelInstance
  readonly relation: Relation
}

/** The model on the other side. */
export function targetOf({ instance, relation }: Held): ModelRuntime {
  if (relation.kind !== 'polymorphic') {
    const model = relation.target()
    if (!model) throw errors.RELATION_TARGET_UNKNOWN({ target: relation.name, model: instance[kModel].name })
    return model
  }
  const { discriminator } = relation.polymorphic!
  const type = instance[discriminator]
  if (typeof type !== 'string' || type === '') throw errors.POLYMORPHIC_NOT_SET({ discriminator })
  const model = relation.targetOfType(type)
  if (!model) throw errors.POLYMORPHIC_NOT_FOUND({ type })
  return model
}

/** The value that is cached under a relation, or undefined. */
export function cached({ instance, relation }: Held): unknown {
  return instance[kExtra]?.cachedRelations?.[relation.name]
}

export function cache({ instance, relation }: Held, value: unknown): void {
  ;(extra(instance).cachedRelations ??= {})[relation.name] = value
}

export function uncache({ instance, relation }: Held): void {
  if (instance[kExtra]?.cachedRelations) delete instance[kExtra].cachedRelations[relation.name]
  if (instance[kOwned] && !instance[kModel].compiled.byName.has(relation.name)) delete instance[kData][relation.name]
}

/** The key on this side; undefined when it has none yet. */
export function ownKey({ instance, relation }: Held): unknown {
  return instance[kData][relation.keyFrom] ?? undefined
}
