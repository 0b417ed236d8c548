import { jsonReader, valuesOf } from '../../src'

const values = valuesOf({ name: 'Model' }, { name: 'property' })

describe('values for columns', () => {
  it.each([
    ['number', '12.5', 12.5],
    ['number', 3n, 3],
    ['number', ' 1e3 ', 1000],
    ['bigint', 9007199254740993n, '9007199254740993'],
    ['bigint', 1e21, '1000000000000000000000'],
    ['decimal', '12345678901234567890.1234', '12345678901234567890.1234'],
    ['decimal', 1e-7, '0.0000001'],
    ['boolean', true, true],
    ['time', new Date(5), 5],
    ['time', '1970-01-01T00:00:00.005Z', 5],
    ['day', new Date('2024-02-29T23:00:00Z'), '2024-02-29'],
    ['day', '2024-02-29T10:00:00Z', '2024-02-29'],
    ['text', 5, '5'],
    ['json', { a: [1] }, '{"a":[1]}'],
  ] as const)('%s of %p', (kind, given, expected) => {
    expect(values[kind](given as never)).toEqual(expected)
  })

  it.each([
    ['number', ''],
    ['number', '0x1F'],
    ['number', '1;2'],
    ['number', NaN],
    ['number', Infinity],
    ['number', [1]],
    ['number', {}],
    ['number', true],
    ['bigint', '1.5'],
    ['bigint', '1 or 1=1'],
    ['decimal', '1e5'],
    ['boolean', 'false'],
    ['boolean', 0],
    ['time', 'never'],
    ['time', {}],
    ['day', '29.2.2024'],
    ['text', {}],
    ['text', ['a']],
    ['bytes', 5],
    ['json', undefined],
    ['point', { lat: 'x', lng: 1 }],
  ] as const)('%s refuses %p', (kind, given) => {
    expect(() => values[kind](given as never)).toThrow(expect.objectContaining({ code: 'VALUE_INVALID', statusCode: 400 }) as Error)
  })

  it('bytes are taken without copying what lies beside them', () => {
    const whole = new Uint8Array([1, 2, 3, 4])
    expect([...values.bytes(whole.subarray(1, 3))]).toEqual([2, 3])
  })

  it('dates in lists come back as dates', () => {
    expect(jsonReader({ type: 'list', items: 'date' })('["1970-01-01T00:00:00.000Z",null]')).toEqual([new Date(0), null])
    expect(jsonReader({ type: 'list', items: 'string' })('["1970-01-01T00:00:00.000Z"]')).toEqual(['1970-01-01T00:00:00.000Z'])
  })
})
