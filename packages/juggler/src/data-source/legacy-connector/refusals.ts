import { errors as connectorErrors, type Entity } from '@reloop/connector'

/** A store refused a row because a property that must have a value had none. */
export function valueRequired(entity: Entity, property: string, cause: unknown): Error {
  return connectorErrors.VALUE_REQUIRED({ model: entity.name, property }, { cause })
}

/** Whether a driver says that a row is there already: LoopBack's connectors agreed on one word for that in their messages. */
export function isDuplicate(error: unknown): boolean {
  return /duplicate/i.test(String((error as { message?: unknown } | undefined)?.message ?? error))
}

/** A store refused a row that is there already. */
export function duplicateEntry(entity: Entity, cause: unknown): Error {
  return connectorErrors.DUPLICATE_ENTRY({ model: entity.name, properties: uniqueIn(entity) }, { cause })
}

/** What may be there already: the ids when rows bring them along, else what is declared unique. */
function uniqueIn(entity: Entity): readonly string[] {
  const unique = entity.properties.filter((property) => property.unique)
  return (entity.ids.some((id) => id.generated) && unique.length ? unique : entity.ids).map((property) => property.name)
}
