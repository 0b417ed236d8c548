import fc from 'fast-check'
import { compileSerializer, listSerializer } from '../../src/serialize/compile-serializer'

const schema = {
  type: 'object',
  properties: {
    id: { type: ['number', 'null'] },
    name: { type: ['string', 'null'] },
    open: { type: ['boolean', 'null'] },
    at: { type: ['string', 'null'], format: 'date-time' },
    tags: { type: ['array', 'null'], items: { type: 'string' } },
    address: { type: 'object', properties: { city: { type: 'string' }, 'post"code\u2028': { type: 'number' } } },
    any: {},
  },
}
const write = compileSerializer(schema)

const anything = () =>
  fc.oneof(
    fc.anything({ withDate: true, withBigInt: false, withNullPrototype: true }),
    fc.constant(undefined),
    fc.double(),
    fc.string({ unit: 'binary' }),
    fc.date({ noInvalidDate: false }),
  )

describe('a compiled serializer', () => {
  it('writes what JSON.stringify writes, whatever the values are', () => {
    const row = fc.record(
      {
        id: anything(),
        name: anything(),
        open: anything(),
        at: anything(),
        tags: anything(),
        address: anything(),
        any: anything(),
        more: anything(),
      },
      { requiredKeys: [] },
    )
    fc.assert(
      fc.property(row, (value) => {
        expect(JSON.parse(write(value)!)).toEqual(JSON.parse(JSON.stringify(value)))
      }),
      { numRuns: 2000 },
    )
  })

  it('writes rows of the declared shape exactly as JSON.stringify does', () => {
    const row = fc.record(
      {
        id: fc.option(fc.double()),
        name: fc.option(fc.string({ unit: 'binary', maxLength: 100 })),
        open: fc.option(fc.boolean()),
        at: fc.option(fc.date({ noInvalidDate: false })),
        tags: fc.option(fc.array(fc.string())),
        address: fc.record({ city: fc.string(), 'post"code\u2028': fc.integer() }, { requiredKeys: [] }),
      },
      { requiredKeys: [] },
    )
    const rows = compileSerializer({ type: 'array', items: schema })
    fc.assert(
      fc.property(fc.array(row), (value) => {
        expect(JSON.parse(rows(value)!)).toEqual(JSON.parse(JSON.stringify(value)))
      }),
      { numRuns: 500 },
    )
  })

  it('keeps null, dates, and properties that the schema does not know', () => {
    const at = new Date(0)
    expect(write({ id: null, name: null, at, more: { deep: [null] } })).toBe(
      '{"id":null,"name":null,"at":"1970-01-01T00:00:00.000Z","more":{"deep":[null]}}',
    )
  })

  it('does not convert values of another type than declared', () => {
    expect(write({ id: 'seven', name: 7, open: 'yes', tags: 'one' })).toBe('{"id":"seven","name":7,"open":"yes","tags":"one"}')
  })

  it('asks toJSON of instances', () => {
    class Row {
      secret = 1
      toJSON() {
        return { id: 7 }
      }
    }
    expect(write(new Row())).toBe('{"id":7}')
    expect(listSerializer(write)([new Row(), undefined, null])).toBe('[{"id":7},null,null]')
  })

  it('leaves out what the schema hides, should a plain object have it', () => {
    const hides = { type: 'object', properties: { id: { type: 'number' } }, [Symbol.for('@reloop/hidden')]: ['secret'] }
    expect(compileSerializer(hides)({ id: 7, secret: 'gamma', more: 1 })).toBe('{"id":7,"more":1}')
    expect(compileSerializer(hides)({ secret: 'gamma' })).toBe('{}')
  })

  it('cannot be made to run text of a schema', () => {
    const wicked = { type: 'object', properties: { '"; globalThis.hacked = 1; //': { type: 'number' } } }
    expect(compileSerializer(wicked)({ '"; globalThis.hacked = 1; //': 1 })).toBe('{"\\"; globalThis.hacked = 1; //":1}')
    expect('hacked' in globalThis).toBe(false)
  })
})
