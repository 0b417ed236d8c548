import { capabilities, defineConnector, defineEntity, errors, isConnectorDefinition, operators } from '../src'

describe('defineEntity', () => {
  it('fills in every default and freezes the result', () => {
    const entity = defineEntity({ name: 'Product', properties: { name: 'string', id: { type: 'number', id: true, generated: true } } })
    expect(entity).toMatchObject({ name: 'Product', table: 'Product', open: false, indexes: [], foreignKeys: [] })
    expect(entity.byName.get('name')).toEqual({
      name: 'name',
      column: 'name',
      type: 'string',
      generated: false,
      required: false,
      unique: false,
      index: false,
      native: {},
      id: undefined,
    })
    expect(Object.isFrozen(entity) && Object.isFrozen(entity.properties) && Object.isFrozen(entity.ids)).toBe(true)
  })

  it('puts ids in the order of the key', () => {
    const entity = defineEntity({ name: 'Pair', properties: { b: { type: 'number', id: 2 }, a: { type: 'number', id: 1 } } })
    expect(entity.ids.map(({ name }) => name)).toEqual(['a', 'b'])
  })
})

describe('defineConnector', () => {
  it('marks what it makes', () => {
    const connector = defineConnector({ name: 'x', settings: {}, create: () => ({}) as never })
    expect([isConnectorDefinition(connector), isConnectorDefinition({ ...{ name: 'x' } }), isConnectorDefinition(null)]).toEqual([
      true,
      false,
      false,
    ])
    expect(Object.isFrozen(connector)).toBe(true)
  })
})

describe('capabilities', () => {
  it('are complete, with the weakest store as the default', () => {
    expect(capabilities({ unique: true }).partialUnique).toBe(true)
    expect(capabilities({ unique: true, partialUnique: false }).partialUnique).toBe(false)
    expect(capabilities({ related: true })).toMatchObject({
      partialUnique: false,
      related: true,
      transactions: 'none',
      not: true,
      maxValues: Infinity,
      change: [],
    })
  })
})

describe('errors', () => {
  it('name the properties of a duplicate as LoopBack does', () => {
    expect(errors.DUPLICATE_ENTRY({ model: 'User', properties: ['email'] })).toMatchObject({
      message: 'Duplicate entry for User.email',
      statusCode: 409,
    })
  })
})

describe('operators', () => {
  it('are a closed list', () => {
    expect(Object.isFrozen(operators)).toBe(true)
    expect(operators).toHaveLength(21)
  })
})
