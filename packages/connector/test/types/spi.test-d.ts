import { capabilities, compare, defineEntity, errors, fold, type Connector, type CrudConnector, type Row, type Where } from '../../src'
import { describeConnector } from '../../src/conformance'

// @ts-expect-error an operator that does not exist
compare('a', 'equals', 1)
// @ts-expect-error a type that does not exist
defineEntity({ name: 'X', properties: { id: { type: 'uuid', id: true } } })
// @ts-expect-error a capability that does not exist
capabilities({ joins: true })
// @ts-expect-error the properties are missing
errors.DUPLICATE_ENTRY({ model: 'X' })
// @ts-expect-error rows are read-only
const write = (row: Row) => void (row.a = 1)
// @ts-expect-error a visitor names every kind
const half = (where: Where) => fold(where, { compare: () => 1 })
// @ts-expect-error five verbs are missing
const crud: CrudConnector = {} as Connector

describeConnector({
  name: 'x',
  create: () => ({ connector: {} as CrudConnector, close: () => undefined }),
  skip: [{ test: 'a', reason: 'b' }],
})
// @ts-expect-error a skip has a reason
describeConnector({ name: 'x', create: () => ({}) as Connector, skip: [{ test: 'a' }] })

export { crud, half, write }
