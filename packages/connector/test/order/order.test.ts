import fc from 'fast-check'
import { compileOrder, defineEntity, orderByDistance, topK, type Order, type Row } from '../../src'

const entity = defineEntity({
  name: 'Thing',
  properties: {
    id: { type: 'number', id: true },
    n: 'number',
    s: 'string',
    at: 'date',
    flag: 'boolean',
    money: 'decimal',
    any: 'any',
    o: 'object',
    where: 'geopoint',
  },
})
const by = (path: string | string[], direction: 'ASC' | 'DESC' = 'ASC'): Order => ({
  path: typeof path === 'string' ? [path] : path,
  direction,
})
const sorted = (values: readonly unknown[], name: string, direction: 'ASC' | 'DESC' = 'ASC') =>
  values
    .map((value): Row => ({ [name]: value }))
    .sort(compileOrder(entity, [by(name, direction)]))
    .map((row) => row[name])

describe('compileOrder', () => {
  it('puts null first in ASC and last in DESC', () => {
    expect(sorted([2, null, 1], 'n')).toEqual([null, 1, 2])
    expect(sorted([2, null, 1], 'n', 'DESC')).toEqual([2, 1, null])
    expect(sorted(['b', undefined, 'a'], 's', 'DESC')).toEqual(['b', 'a', undefined])
  })

  it('orders each type by value', () => {
    expect(sorted(['b', 'B', 'a', '', 'ž'], 's')).toEqual(['', 'B', 'a', 'b', 'ž'])
    expect(sorted([true, false], 'flag')).toEqual([false, true])
    expect(sorted([new Date(5), new Date(-5)], 'at')).toEqual([new Date(-5), new Date(5)])
    expect(sorted(['10.5', '9.25', '-3', '9.3'], 'money')).toEqual(['-3', '9.25', '9.3', '10.5'])
    expect(sorted(['x', 2, true, 10, 'a', null], 'any')).toEqual([null, true, 2, 10, 'a', 'x'])
    expect(sorted([Infinity, 1, -Infinity], 'n')).toEqual([-Infinity, 1, Infinity])
  })

  it('orders by ids when there is no order', () => {
    const pair = defineEntity({ name: 'Pair', properties: { b: { type: 'number', id: 2 }, a: { type: 'string', id: 1 } } })
    const rows = [
      { a: 'x', b: 2 },
      { a: 'x', b: 1 },
      { a: 'w', b: 3 },
    ].sort(compileOrder(pair))
    expect(rows).toEqual([
      { a: 'w', b: 3 },
      { a: 'x', b: 1 },
      { a: 'x', b: 2 },
    ])
  })

  it('orders by places inside objects', () => {
    const rows: Row[] = [{ id: 1, o: { a: [{ n: 3 }] } }, { id: 2, o: { a: { n: 1 } } }, { id: 3 }]
    expect(rows.sort(compileOrder(entity, [by(['o', 'a', 'n'])])).map((row) => row.id)).toEqual([3, 2, 1])
  })

  it('orders by related rows when somebody finds them', () => {
    const join = { entity, from: ['n'], to: ['id'] }
    const others = new Map([
      [1, { id: 1, s: 'b' }],
      [2, { id: 2, s: 'a' }],
    ])
    const order = compileOrder(entity, [{ ...by('s'), join }], (_, row) =>
      [others.get(row.n as number)].filter((other) => other !== undefined),
    )
    expect([{ n: 1 }, { n: 2 }, { n: 3 }].sort(order)).toEqual([{ n: 3 }, { n: 2 }, { n: 1 }])
    expect(() => compileOrder(entity, [{ ...by('s'), join }])).toThrow(expect.objectContaining({ code: 'CONNECTOR_NOT_SUPPORTED' }))
  })

  it('is an order: two rows compare the same whichever comes first', () => {
    const value = fc.oneof(
      fc.integer(),
      fc.string(),
      fc.boolean(),
      fc.constant(null),
      fc.date({ noInvalidDate: true }),
      fc.bigInt({ min: 0n, max: 9n }),
    )
    const order = compileOrder(entity, [by('any')])
    fc.assert(
      fc.property(value, value, (a, b) => Math.sign(order({ any: a }, { any: b })) === -Math.sign(order({ any: b }, { any: a })) + 0),
    )
  })
})

describe('orderByDistance', () => {
  it('puts the nearest first and rows without a place last', () => {
    const rows = [{ id: 1, where: { lat: 10, lng: 10 } }, { id: 2 }, { id: 3, where: { lat: 1, lng: 1 } }]
    expect(rows.sort(orderByDistance(['where'], { lat: 0, lng: 0 })).map((row) => row.id)).toEqual([3, 1, 2])
  })
})

describe('topK', () => {
  it('gives what a stable sort and a slice would', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(9)), fc.nat(12), (numbers, k) => {
        const items = numbers.map((n, place) => ({ n, place }))
        const order = (a: { n: number }, b: { n: number }) => a.n - b.n
        expect(topK(items, k, order)).toEqual(items.toSorted(order).slice(0, k))
      }),
    )
  })

  it('compares most items once', () => {
    let compared = 0
    topK(
      Array.from({ length: 10_000 }, (_, n) => n),
      20,
      (a, b) => (compared++, a - b),
    )
    expect(compared).toBeLessThan(10_500)
  })

  it('takes anything iterable', () => {
    expect(topK(new Set([3, 1, 2]), 2, (a, b) => a - b)).toEqual([1, 2])
  })
})
