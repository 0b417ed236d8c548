import type { Guard, GuardAction, GuardHop, JugglerOptions } from '../model/options'
import type { ModelConstructor } from '../model/types'
import type { RelationDefinition } from '../relations/relation-definition'
import { kGuard } from '../symbols'

/** How the far side of a relation is reached. */
export function hopOver(relation: RelationDefinition): GuardHop {
  return Object.freeze({ entity: (relation.modelFrom as ModelConstructor).modelName, relation: relation.name })
}

/** A hop, with what leads to where it starts. */
function after(hop: GuardHop, from: GuardHop): GuardHop {
  return Object.freeze({ ...hop, from: hop.from ? after(hop.from, from) : from })
}

/** The options of a call for rows that a hop has led to: further hops start there. */
export function startingFrom(from: GuardHop, options: JugglerOptions): JugglerOptions {
  const guard = options[kGuard]
  if (!guard) return options
  const told: Guard = (...question) => {
    const [entity, action, paths, hop] = question
    return guard(entity, action, paths, hop && after(hop, from))
  }
  return { ...options, [kGuard]: told }
}

/** The options of a call that goes over a relation: its guard is told so when it is asked about the other side. */
export function overRelation(relation: RelationDefinition, options: JugglerOptions, held = false): JugglerOptions {
  const guard = options[kGuard]
  if (!guard) return options
  const over = held ? Object.freeze({ ...hopOver(relation), held }) : hopOver(relation)
  const reached = new Set([relation.target()?.name, relation.throughTarget?.()?.model.name])
  const isFar = (entity: string, action: GuardAction) =>
    relation.kind === 'polymorphic' ? entity !== over.entity || action === 'find' : reached.has(entity)
  const told: Guard = (...question) => {
    const [entity, action, paths, hop] = question
    return guard(entity, action, paths, hop ? after(hop, over) : isFar(entity, action) ? over : undefined)
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
        const given = options[kGuard] ? [...args.slice(0, -1), overRelation(held.relation, options, true)] : args
        return call(held, ...(given as never[]))
      },
    ] as const
  })
  return Object.fromEntries(told) as T
}
