import { bindValue, earthRadius, nearOf, slot, type Near, type Query, type Slot, type Where } from '@reloop/connector'

/** A search for the nearest rows in circles that grow until they hold enough: an index answers each, where the whole table would be sorted. */
export interface Growing {
  /** The query with its greatest distance in one more slot. */
  query(extra: number): Query
  /** Radiuses to try, in meters. */
  radiuses(values: readonly unknown[]): readonly number[]
  limit(values: readonly unknown[]): number
}

const first = 25_000
const factor = 4
const everywhere = Math.PI * earthRadius.meters

/**
 * The search for a query that wants the nearest few rows, or undefined for any other query.
 *
 * @param query with slots or values
 */
export function growing(query: Query): Growing | undefined {
  const found = nearOf(query.where)
  if (!found || found.path.length > 1 || query.limit === undefined || query.order?.length || query.perParent || query.after)
    return undefined
  const limit = query.limit
  return {
    query: (extra) => ({ ...query, where: widen(query.where!, found.near, slot(extra)) }),
    radiuses: (values) => radiuses((bindValue(found.near, values) as Near).maxDistance ?? everywhere),
    limit: (values) => Number(bindValue(limit, values)),
  }
}

function radiuses(most: number): readonly number[] {
  const steps: number[] = []
  for (let radius = first; radius < most && radius < everywhere / 2; radius *= factor) steps.push(radius)
  return [...steps, most]
}

function widen(where: Where, near: Near, extra: Slot): Where {
  if (where.kind === 'and') return { kind: 'and', items: where.items.map((item) => widen(item, near, extra)) }
  return where.kind === 'compare' && where.value === near ? { ...where, value: { ...near, maxDistance: extra } } : where
}
