import type { Join, Where } from '@reloop/connector'
import { errors } from '../errors'
import { isOurs } from '../guard/ours'
import { isPlainObject } from '../value/plain'
import { needsTwoSteps } from './across'
import { both, nothing, walkClause, type At } from './clause'
import { arrayOf } from './coerce'
import { targetOf, type Target } from './path'
import { quantifiersIn } from './quantifiers'

/** Walks a where; answers its tree when the walk builds, undefined for a where without conditions. */
export function walkWhere(where: unknown, at: At): Where | undefined {
  if (where === undefined || where === null) return undefined
  if (!isPlainObject(where)) throw errors.WHERE_INVALID({ value: where })
  if (at.depth > at.walk.limits.depth) throw errors.QUERY_OBJECT_TOO_DEEP({ limit: at.walk.limits.depth })
  if (at.walk.outside && isOurs(where)) at = { ...at, inside: true }
  const items: Where[] = []
  for (const key in where) {
    const value = where[key]
    if (value === undefined && !defined(at)) continue
    const item = walkKey(key, value === undefined ? null : value, at)
    if (item) items.push(item)
  }
  return both(items)
}

/** Whether an undefined value counts (as null); throws where undefined is refused. */
function defined(at: At): boolean {
  const rule = at.model.compiled.normalizeUndefined
  if (rule === 'throw') throw errors.QUERY_UNDEFINED()
  return rule === 'nullify'
}

function walkKey(key: string, value: unknown, at: At): Where | undefined {
  if (!at.model.compiled.byName.has(key)) {
    if (key === 'and' || key === 'or' || key === 'nor') return walkLogic(key, value, at)
    if (key === 'not') return walkNot(value, at)
  }
  const target = targetOf(at.model, key, { outside: at.walk.outside && !at.inside, place: 'where' })
  return target.kind === 'place' ? walkClause({ property: key, place: target, at }, value) : walkRelation(target, value, at)
}

function walkLogic(key: 'and' | 'or' | 'nor', value: unknown, at: At): Where | undefined {
  const clauses = arrayOf(value, at.model.flags)
  if (!clauses) throw errors.LOGIC_INVALID({ operator: key, value, problem: 'Expected an array' })
  const { walk } = at
  walk.node(at.depth)
  walk.key += `${key}(`
  const items: Where[] = []
  let free = false
  for (const clause of clauses) {
    if (!isPlainObject(clause)) throw errors.LOGIC_INVALID({ operator: key, value, problem: 'Expected an array of objects' })
    walk.key += '('
    const before = walk.key.length
    const item = walkWhere(clause, { ...at, depth: at.depth + 1 })
    if (walk.key.length === before) free = true
    walk.key += ')'
    if (item) items.push(item)
  }
  walk.key += ')'
  if (!walk.build) return undefined
  if (key === 'and') return both(items)
  const some = free
    ? undefined
    : items.length === 1
      ? items[0]
      : items.length
        ? Object.freeze({ kind: 'or' as const, items: Object.freeze(items) })
        : nothing(at.model)
  if (key === 'or') return some
  return Object.freeze({ kind: 'not', item: some ?? everything(at.model) })
}

function everything(model: At['model']): Where {
  return Object.freeze({ kind: 'not', item: nothing(model) })
}

function walkNot(value: unknown, at: At): Where | undefined {
  if (!isPlainObject(value)) throw errors.LOGIC_INVALID({ operator: 'not', value, problem: 'Expected an object' })
  at.walk.node(at.depth)
  at.walk.key += 'not('
  const item = walkWhere(value, { ...at, depth: at.depth + 1 })
  at.walk.key += ')'
  return at.walk.build ? Object.freeze({ kind: 'not', item: item ?? everything(at.model) }) : undefined
}

type RelationTarget = Extract<Target, { kind: 'relation' }>

/** `{ 'author.name': … }`, `{ posts: { some: { … } } }`, and `{ tags: { some: { … }, through: { … } } }` for the rows between two models. */
function walkRelation(target: RelationTarget, value: unknown, at: At): Where | undefined {
  const { relation, rest } = target
  const { walk } = at
  const to = relation.joinTarget()
  if (!to) throw errors.QUERY_PROPERTY_UNKNOWN({ model: at.model.name, property: relation.name, where: 'where' })
  if (walk.build && needsTwoSteps(at.model, relation))
    throw errors.RELATED_UNSUPPORTED({ relation: relation.name, connector: at.model.connector.name })
  walk.node(at.depth)
  walk.direct = true
  const inner = { model: to.model, walk, depth: at.depth + 1 }
  if (rest) {
    const where = walkWhere({ [rest]: value }, inner)
    return walk.build ? Object.freeze({ kind: 'related', join: to.join(), quantifier: 'some', where }) : undefined
  }
  if (!isPlainObject(value)) throw errors.CLAUSE_INVALID({ property: relation.name, value, problem: 'Expected some, every or none' })
  const named = quantifiersIn(value)
  const between = named.length ? walkBetween(relation, value.through, inner) : undefined
  const join = (): Join => to.join({ between })
  const plain = named.length === 0 ? [['some', value] as const] : named.map((quantifier) => [quantifier, value[quantifier]] as const)
  const items = plain.map(([quantifier, given]) => {
    const where = walkWhere(given, inner)
    return walk.build ? Object.freeze({ kind: 'related' as const, join: join(), quantifier, where }) : undefined
  })
  return both(items.filter((item) => item !== undefined))
}

/** Conditions on the rows between two models. */
function walkBetween(relation: RelationTarget['relation'], where: unknown, at: At): Where | undefined {
  const between = where === undefined ? undefined : relation.throughTarget?.()
  if (where !== undefined && !between)
    throw errors.CLAUSE_INVALID({ property: relation.name, value: where, problem: 'it goes through no other model' })
  return between && walkWhere(where, { ...at, model: between.model })
}
