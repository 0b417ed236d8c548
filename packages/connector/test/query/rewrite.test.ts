import fc from 'fast-check'
import {
  and,
  compare,
  compileMatch,
  compileOrder,
  defineEntity,
  keysetWhere,
  negate,
  not,
  or,
  related,
  withoutNot,
  type Order,
  type Row,
  type Where,
} from '../../src'

const entity = defineEntity({
  name: 'Thing',
  properties: { id: { type: 'number', id: true }, n: 'number', s: 'string', list: { type: 'list', items: 'string' } },
})
const other = defineEntity({ name: 'Other', properties: { id: { type: 'number', id: true }, x: 'number' } })
const join = { entity: other, from: ['id'], to: ['thingId'] }

const rows: readonly Row[] = [
  { id: 1, n: 1, s: 'Apple', list: ['a', 'b'] },
  { id: 2, n: null, s: 'apple', list: [] },
  { id: 3, n: 3, s: null },
  { id: 4, n: -1, s: '100%_x', list: ['b'] },
]

const leaves: readonly Where[] = [
  ...(['eq', 'neq', 'gt', 'gte', 'lt', 'lte'] as const).flatMap((op) => [compare('n', op, 1), compare('n', op, null)]),
  compare('n', 'between', [0, 1]),
  compare('n', 'between', [null, 1]),
  compare('n', 'inq', [1, null]),
  compare('n', 'nin', [1]),
  compare('s', 'like', 'A%'),
  compare('s', 'nilike', 'A%'),
  compare('s', 'startsWith', '100%'),
  compare('s', 'endsWith', '_x'),
  compare('s', 'contains', '%'),
  compare('s', 'exists', false),
  compare('list', 'contains', ['a', 'b']),
  compare('list', 'contains', []),
  compare('list', 'containsAny', ['a']),
]

describe('negate', () => {
  it.each(leaves.map((where) => [JSON.stringify(where), where] as const))('turns %s without not', (_, where) => {
    const turned = negate(where)
    expect(JSON.stringify(turned)).not.toContain('"not"')
    for (const row of rows) expect([row, compileMatch(entity, turned)(row)]).toEqual([row, !compileMatch(entity, where)(row)])
  })

  it('goes through and, or and not', () => {
    const tree: fc.Arbitrary<Where> = fc.letrec<{ tree: Where }>((tie) => ({
      tree: fc.oneof(
        { depthSize: 'small' },
        fc.constantFrom(...leaves),
        fc.array(tie('tree'), { maxLength: 3 }).map(and),
        fc.array(tie('tree'), { maxLength: 3 }).map(or),
        tie('tree').map(not),
      ),
    })).tree
    fc.assert(
      fc.property(tree, fc.constantFrom(...rows), (where, row) => {
        expect(compileMatch(entity, negate(where))(row)).toBe(!compileMatch(entity, where)(row))
        expect(compileMatch(entity, withoutNot(where))(row)).toBe(compileMatch(entity, where)(row))
      }),
    )
  })

  it('turns quantifiers over related rows', () => {
    const x = compare('x', 'gt', 1)
    expect(negate(related(join, 'some', x))).toEqual(related(join, 'none', x))
    expect(negate(related(join, 'none', x))).toEqual(related(join, 'some', x))
    expect(negate(related(join, 'every', x))).toEqual(related(join, 'some', negate(x)))
    expect(withoutNot(related(join, 'every', not(x)))).toEqual(related(join, 'every', negate(x)))
  })

  it('refuses what has no opposite', () => {
    expect(() => negate(compare('s', 'regexp', { source: 'a', flags: '' }))).toThrow(
      expect.objectContaining({ code: 'OPERATOR_INVALID', statusCode: 400 }),
    )
    expect(() => negate({ kind: 'native', value: 1 })).toThrow(expect.objectContaining({ code: 'CONNECTOR_NOT_SUPPORTED' }))
  })
})

describe('keysetWhere', () => {
  it('is one comparison for one property', () => {
    expect(keysetWhere([{ path: ['id'], direction: 'ASC' }], [20])).toEqual(compare('id', 'gt', 20))
  })

  it('finds exactly the rows behind the last one, whatever the order and the nulls', () => {
    const direction = fc.constantFrom('ASC' as const, 'DESC' as const)
    const value = fc.constantFrom(null, 0, 1, 2)
    const made = fc.array(fc.record({ n: value, m: value }), { minLength: 1, maxLength: 8 })
    fc.assert(
      fc.property(made, direction, direction, direction, fc.nat(), (given, first, second, third, pick) => {
        const order: Order[] = [
          { path: ['n'], direction: first },
          { path: ['m'], direction: second },
          { path: ['id'], direction: third },
        ]
        const sorted = given.map((row, id): Row => ({ ...row, id })).sort(compileOrder(entity, order))
        const at = pick % sorted.length
        const last = sorted[at]!
        const behind = compileMatch(entity, keysetWhere(order, [last.n, last.m, last.id]))
        expect(sorted.filter((row) => behind(row))).toEqual(sorted.slice(at + 1))
      }),
    )
  })

  it('asks the related row when the order does', () => {
    const order: Order[] = [
      { path: ['x'], direction: 'DESC', join },
      { path: ['id'], direction: 'ASC' },
    ]
    const where = keysetWhere(order, [5, 1])
    expect(where).toEqual(
      or([
        related(join, 'some', compare('x', 'lt', 5)),
        related(join, 'none', compare('x', 'neq', null)),
        and([related(join, 'some', compare('x', 'eq', 5)), compare('id', 'gt', 1)]),
      ]),
    )
  })
})
