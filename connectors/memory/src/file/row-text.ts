import type { Entity, EntityProperty, PropertyType, Row } from '@reloop/connector'
import { freezeRow } from '../table/freeze-row'

type Revive = (value: unknown) => unknown

/** Writes rows of an entity as JSON text, as LoopBack does, and reads them back by the types of its properties. */
export interface RowText {
  write(row: Row): string
  read(text: string): Row
}

/** Makes the pair for an entity: what JSON cannot say (dates, bytes) comes back by declared type, a bigint as text. */
export function rowText(entity: Entity): RowText {
  const revivers = entity.properties.flatMap((property): [string, Revive][] => {
    const revive = reviverOf(property)
    return revive ? [[property.name, revive]] : []
  })
  // The replacer is asked for every member of every row: only where a bigint may be.
  const replacer = entity.open || entity.properties.some(({ type }) => mayHoldBigInt.has(type)) ? replaceBigInt : undefined
  return {
    write: (row) => JSON.stringify(row, replacer),
    read(text) {
      const row = JSON.parse(text) as Record<string, unknown>
      for (const [name, revive] of revivers) if (row[name] !== undefined && row[name] !== null) row[name] = revive(row[name])
      return freezeRow(row)
    },
  }
}

const mayHoldBigInt: ReadonlySet<PropertyType> = new Set(['bigint', 'decimal', 'object', 'list', 'any'])

function reviverOf({ type, items }: EntityProperty): Revive | undefined {
  if (type !== 'list') return revivers[type]
  const revive = items && revivers[items]
  return revive && ((value) => (Array.isArray(value) ? value.map((item: unknown) => (item === null ? null : revive(item))) : value))
}

const revivers: Readonly<Record<string, Revive>> = {
  date: (value) => (typeof value === 'string' || typeof value === 'number' ? new Date(value) : value),
  buffer: (value) => {
    const data = (value as { type?: unknown; data?: unknown }).data
    return Array.isArray(data) ? Buffer.from(data as number[]) : value
  },
}

function replaceBigInt(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? String(value) : value
}
