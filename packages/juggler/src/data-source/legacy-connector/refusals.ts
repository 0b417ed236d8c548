import { errors as connectorErrors, type Entity } from '@reloop/connector'

/** A store refused a row because a property that must have a value had none. */
export function valueRequired(entity: Entity, property: string, cause: unknown): Error {
  return connectorErrors.VALUE_REQUIRED({ model: entity.name, property }, { cause })
}
