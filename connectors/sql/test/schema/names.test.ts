import { defineEntity, type EntityProperty } from '@reloop/connector'
import { columnName, schemaName, tableName } from '../../src/statement/naming'
import { bounded } from '../../src/schema/index-name'

const dialect = { dbName: (name: string) => name.toLowerCase() }
const entity = (more: object = {}) => defineEntity({ name: 'OrderLine', properties: { id: { type: 'number', id: true } }, ...more })
const property = (more: Partial<EntityProperty> = {}) =>
  defineEntity({ name: 'X', properties: { unitPrice: { type: 'number', ...more } } }).properties[0]!

describe('names of the database', () => {
  it('are those of the model in the form of the database', () => {
    expect([tableName(dialect, entity()), columnName(dialect, property())]).toEqual(['orderline', 'unitprice'])
  })

  it('are kept as they are when the model states them', () => {
    expect(tableName(dialect, entity({ table: 'Order_Lines' }))).toBe('Order_Lines')
    expect(columnName(dialect, property({ column: 'Unit_Price' }))).toBe('Unit_Price')
  })

  it('are kept as they are when what is stated equals the name of the model', () => {
    expect(tableName(dialect, entity({ native: { table: 'OrderLine' } }))).toBe('OrderLine')
    expect(columnName(dialect, property({ native: { columnName: 'unitPrice' } }))).toBe('unitPrice')
  })

  it('have the schema of the model', () => {
    expect([schemaName(entity()), schemaName(entity({ schema: 'a' })), schemaName(entity({ native: { schema: 'b' } }))]).toEqual([
      undefined,
      'a',
      'b',
    ])
  })

  it('of indexes are cut to what the database takes, and still differ', () => {
    const long = 'ž'.repeat(60)
    const [a, b] = [bounded(`${long}a`, 63), bounded(`${long}b`, 63)]
    expect([Buffer.byteLength(a) <= 63, a === b, bounded('short', 63)]).toEqual([true, false, 'short'])
  })
})
