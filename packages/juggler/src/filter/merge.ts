import { isPlainObject, type PlainObject } from '../value/plain'
import type { Filter } from './filter'

/** Switches off parts of a merge; a scope's own keys serve as one. */
export interface MergeSpec {
  readonly fields?: unknown
  readonly order?: unknown
  readonly limit?: unknown
  readonly skip?: unknown
  readonly offset?: unknown
}

function isEmpty(where: unknown): boolean {
  return !isPlainObject(where) || Object.keys(where).length === 0
}

/** Both wheres at once; an empty one counts nothing. */
export function mergeWhere(base: unknown, over: unknown): PlainObject | undefined {
  if (isEmpty(base)) return isEmpty(over) ? (base as PlainObject | undefined) : (over as PlainObject)
  return isEmpty(over) ? (base as PlainObject) : { and: [base, over] }
}

/** A new filter: wheres are both kept, includes united, an order of `base` stays, pages and fields of `over` win. */
export function mergeFilters(base: Filter, over: Filter, spec: MergeSpec = {}): Filter {
  const merged: Record<string, unknown> = { ...base }
  const where = mergeWhere(base.where, over.where)
  if (where) merged.where = where
  if (over.include !== undefined)
    merged.include = base.include === undefined ? over.include : [...asList(over.include), ...asList(base.include)]
  if (over.fields !== undefined)
    merged.fields = spec.fields === false && base.fields !== undefined ? [...asList(base.fields), ...asList(over.fields)] : over.fields
  if (over.order !== undefined && (base.order === undefined || spec.order === false)) merged.order = over.order
  for (const key of ['limit', 'skip', 'offset'] as const) {
    if (over[key] !== undefined && spec[key] !== false) merged[key] = over[key]
  }
  return merged
}

function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value]
}
