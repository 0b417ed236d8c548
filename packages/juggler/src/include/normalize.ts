import { errors } from '../errors'
import type { Filter } from '../filter/filter'
import { mergeFilters } from '../filter/merge'
import { isPlainObject } from '../value/plain'

/** One relation that is to be included, and the filter of its rows; deeper includes stand in the filter. */
export interface Included {
  readonly relation: string
  readonly scope: Filter
}

const everything: Filter = Object.freeze({})

/** Brings every form of include to a list of relations, each once. */
export function normalizeInclude(include: unknown): readonly Included[] {
  const found = new Map<string, Filter>()
  for (const { relation, scope } of listed(include)) {
    const known = found.get(relation)
    found.set(relation, known ? mergeFilters(known, scope) : scope)
  }
  return [...found].map(([relation, scope]) => ({ relation, scope }))
}

function listed(include: unknown): readonly Included[] {
  if (typeof include === 'string') return include === '' ? [] : [{ relation: include, scope: everything }]
  if (Array.isArray(include)) return include.flatMap(listed)
  if (!isPlainObject(include)) return []
  const named = include.relation ?? include.rel
  if (typeof named === 'string') return [{ relation: named, scope: scopeOf(include.scope) }]
  return Object.entries(include).flatMap(([relation, inner]) => {
    if (inner === false || inner === null || inner === undefined) return []
    return [{ relation, scope: inner === true ? everything : { include: inner } }]
  })
}

function scopeOf(scope: unknown): Filter {
  if (scope === undefined || scope === null) return everything
  if (!isPlainObject(scope)) throw errors.FILTER_INVALID({ value: scope })
  return scope
}
