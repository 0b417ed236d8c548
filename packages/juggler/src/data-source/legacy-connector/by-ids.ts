import { and, chunk, compare, or, type Entity, type Row, type Where } from '@reloop/connector'

/** Ids that one statement names. */
const idsAtOnce = 200

/** Conditions that name rows by their ids, so many at once as a statement takes. */
export function batches(entity: Entity, rows: readonly Row[]): Where[] {
  return chunk(rows, idsAtOnce).map((some) => byIds(entity, some))
}

/** A condition that holds for exactly these rows. */
export function byIds(entity: Entity, rows: readonly Row[]): Where {
  const [first, second] = entity.ids
  if (first && !second)
    return rows.length === 1
      ? compare(first.name, 'eq', rows[0]![first.name])
      : compare(
          first.name,
          'inq',
          rows.map((row) => row[first.name]),
        )
  return or(rows.map((row) => and(entity.ids.map(({ name }) => compare(name, 'eq', row[name])))))
}

/** Whether there is no value. */
export function isNull(value: unknown): value is null | undefined {
  return value === null || value === undefined
}
