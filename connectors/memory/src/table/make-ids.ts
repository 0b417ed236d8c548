import { errors, type Entity, type EntityProperty, type Row } from '@reloop/connector'
import { objectId } from './object-id'
import type { Table } from './table'

/**
 * The ids that a row lacks: texts that the store generates are 24 hexadecimal digits, everything else comes from the
 * table's sequence, which jumps past larger ids that are given.
 *
 * @returns undefined when it lacks none
 * @throws VALUE_REQUIRED when a part of a composite id, or an id that no number can stand for, is missing
 */
export function makeIds(table: Table, entity: Entity, row: Row): Row | undefined {
  let made: Record<string, unknown> | undefined
  for (const property of entity.ids) {
    const given = row[property.name]
    if (given === null || given === undefined) (made ??= {})[property.name] = makeId(table, entity, property)
    else if (!isText(property) || !property.generated) advance(table, given)
  }
  return made
}

function makeId(table: Table, entity: Entity, property: EntityProperty): unknown {
  if (property.generated && isText(property)) return objectId()
  const possible = property.generated || entity.ids.length === 1
  if (!possible || property.type === 'date' || property.type === 'buffer') {
    throw errors.VALUE_REQUIRED({ model: entity.name, property: property.name })
  }
  const next = table.next++
  return isText(property) ? String(next) : next
}

function advance(table: Table, given: unknown): void {
  const number = typeof given === 'number' ? Math.floor(given) : typeof given === 'string' && /^\d{1,16}$/.test(given) ? Number(given) : NaN
  if (number >= table.next && number < Number.MAX_SAFE_INTEGER) table.next = number + 1
}

function isText({ type }: EntityProperty): boolean {
  return type === 'string' || type === 'text'
}
