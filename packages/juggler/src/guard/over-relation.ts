import type { Guard, GuardHop, JugglerOptions } from '../model/options'
import type { ModelConstructor } from '../model/types'
import type { RelationDefinition } from '../relations/relation-definition'
import { kGuard } from '../symbols'

/** How the far side of a relation is reached. */
export function hopOver(relation: RelationDefinition): GuardHop {
  return Object.freeze({ entity: (relation.modelFrom as ModelConstructor).modelName, relation: relation.name })
}

/** The options of a call that goes over a relation: its guard is told so when it is asked about the other side. */
export function overRelation(relation: RelationDefinition, options: JugglerOptions): JugglerOptions {
  const guard = options[kGuard]
  if (!guard) return options
  const over = hopOver(relation)
  const reached = new Set([relation.target()?.name, relation.throughTarget?.()?.model.name])
  const isFar = (entity: string) => (relation.kind === 'polymorphic' ? entity !== over.entity : reached.has(entity))
  const told: Guard = (...question) => {
    const [entity, action, paths, hop] = question
    return guard(entity, action, paths, hop ?? (isFar(entity) ? over : undefined))
  }
  return { ...options, [kGuard]: told }
}

type Operation = (held: { readonly relation: RelationDefinition }, ...args: never[]) => unknown

/** The operations of a relation with that done to the options, which are the last argument of each. */
export function toldOver<T extends object>(operations: T, plain: readonly (keyof T)[]): T {
  const told = Object.entries(operations).map(([name, operation]) => {
    if (typeof operation !== 'function' || plain.includes(name as keyof T)) return [name, operation] as const
    const call = operation as Operation
    return [
      name,
      (held: { readonly relation: RelationDefinition }, ...args: unknown[]) => {
        const options = args.at(-1) as JugglerOptions
        const given = options[kGuard] ? [...args.slice(0, -1), overRelation(held.relation, options)] : args
        return call(held, ...(given as never[]))
      },
    ] as const
  })
  return Object.fromEntries(told) as T
}
