import type { Entity, EntityProperty, Row } from '@reloop/connector'

type Read = (value: unknown) => unknown

const readers: Readonly<Partial<Record<EntityProperty['type'], Read>>> = {
  date: (value) => (typeof value === 'string' || typeof value === 'number' ? new Date(value) : value),
  bigint: (value) => (typeof value === 'string' || typeof value === 'number' ? BigInt(value) : value),
  buffer: readBytes,
}

/**
 * Compiles how rows of an entity are read from JSON, which has no dates, bytes and large integers.
 *
 * @param entity the model
 */
export function rowReader(entity: Entity): (row: Row) => Row {
  const converted = entity.properties.flatMap(({ name, type, items }) => {
    const read = type === 'list' ? listReader(items) : readers[type]
    return read ? [{ name, read }] : []
  })
  if (converted.length === 0) return (row) => row
  return (row) => {
    const copy: Record<string, unknown> = { ...row }
    for (const { name, read } of converted) if (copy[name] !== undefined && copy[name] !== null) copy[name] = read(copy[name])
    return copy
  }
}

function listReader(items: EntityProperty['items']): Read | undefined {
  const read = items && readers[items]
  return read && ((value) => (Array.isArray(value) ? value.map((item) => (item === null ? null : read(item))) : value))
}

/** Bytes come as base64 text, or in the form that Node's JSON gives them. */
function readBytes(value: unknown): unknown {
  if (typeof value === 'string') return Buffer.from(value, 'base64')
  const { data } = value as { data?: unknown }
  return Array.isArray(data) ? Buffer.from(data as number[]) : value
}
