import type { Entity, Row } from '@reloop/connector'

/** Makes rows of nothing but the named properties and the ids; what a row lacks stays out. */
export function projector(entity: Entity, columns: readonly string[]): (row: Row) => Row {
  const ids = entity.ids.map(({ name }) => name)
  const names = [...new Set([...ids, ...columns])].filter((name) => name !== '__proto__')
  return (row) => {
    const made: Record<string, unknown> = {}
    for (const name of names) if (Object.hasOwn(row, name)) made[name] = row[name]
    return made
  }
}
