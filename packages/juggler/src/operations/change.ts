import type { Change } from '@reloop/connector'
import type { PlainObject } from '../value/plain'

/** A change that sets values; given away to the connector. */
export function changeOf(data: PlainObject): Change {
  return { set: data }
}
