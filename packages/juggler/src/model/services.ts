import { hasCustomAccessors } from './accessors'
import { Rows } from './rows'
import type { RuntimeParts } from './runtime'

/** What runtimes use of the rooms above them. */
export const services: Pick<RuntimeParts, 'makeRows' | 'findAccessors'> = Object.freeze({
  makeRows: (model) => new Rows(model),
  findAccessors: hasCustomAccessors,
})
