import fc from 'fast-check'
import {
  and,
  bindQuery,
  bindValue,
  compare,
  compileMatch,
  defineEntity,
  isSlot,
  not,
  or,
  parameterize,
  related,
  slot,
  type Query,
  type Where,
} from '../../src'

const entity = defineEntity({ name: 'Thing', properties: { id: { type: 'number', id: true }, a: 'any', b: 'any' } })
const other = defineEntity({ name: 'Other', properties: { id: { type: 'number', id: true }, x: 'number' } })
const key = (query: Query) => parameterize(entity, query)!.shape.key
const where = (op: Parameters<typeof compare>[1], value: unknown) => ({ where: compare('a', op, value) })

describe('slots', () => {
  it('are told from objects that look like them', () => {
    expect(isSlot(slot(3))).toBe(true)
    expect(isSlot({ slot: 3 })).toBe(false)
    expect(isSlot(JSON.parse('{"slot":0}'))).toBe(false)
    expect(bindValue({ slot: 0 }, ['x'])).toEqual({ slot: 0 })
  })

  it('are the same object for the same place', () => {
    expect(slot(1)).toBe(slot(1))
    expect(slot(1, true)).toEqual(expect.objectContaining({ slot: 1, list: true }))
  })
})

describe('parameterize', () => {
  it('takes values out in the order of the query', () => {
    const query: Query = {
      where: and([compare('a', 'gt', 1), or([compare('b', 'eq', 'x'), compare('b', 'inq', [1, 2])])]),
      limit: 5,
      skip: 2,
    }
    const { shape, values } = parameterize(entity, query)!
    expect(values).toEqual([1, 'x', [1, 2], 5, 2])
    expect(shape.query).toMatchObject({ limit: { slot: 3 }, skip: { slot: 4 } })
  })

  it('does not change the query', () => {
    const query = Object.freeze({ where: compare('a', 'inq', Object.freeze([1, null])), columns: Object.freeze(['a']) })
    parameterize(entity, query)
    expect(query.where).toEqual(compare('a', 'inq', [1, null]))
  })

  it.each<[string, Query, Query]>([
    ['other values', where('gt', 1), where('gt', 'x')],
    ['lists of other lengths', where('inq', [1]), where('inq', [1, 2, 3])],
    ['the empty list', where('nin', []), where('nin', [1])],
    ['another limit', { limit: 1 }, { limit: 2 }],
    [
      'another page',
      { order: [{ path: ['a'], direction: 'ASC' }], after: [1] },
      { order: [{ path: ['a'], direction: 'ASC' }], after: [2] },
    ],
    ['another pattern', where('regexp', { source: 'a', flags: 'i' }), where('regexp', { source: 'b', flags: 'i' })],
    ['another place', where('near', { lat: 1, lng: 2 }), where('near', { lat: 3, lng: 4 })],
  ])('gives one key for %s', (_, one, two) => {
    expect(key(one)).toBe(key(two))
  })

  it.each<[string, Query, Query]>([
    ['operators', where('gt', 1), where('lt', 1)],
    ['paths', { where: compare(['a', 'b'], 'eq', 1) }, { where: compare('a.b', 'eq', 1) }],
    [
      'names that look like the key itself',
      { where: compare('a"eq?', 'eq', 1) },
      { where: and([compare('a', 'eq', 1), compare('', 'eq', 1)]) },
    ],
    ['null and a value', where('eq', null), where('eq', 1)],
    ['a list with and without null', where('inq', [1]), where('inq', [1, null])],
    ['a value and a list', where('eq', 1), where('eq', [1])],
    ['exists true and false', where('exists', true), where('exists', false)],
    ['flags', where('regexp', { source: 'a', flags: '' }), where('regexp', { source: 'a', flags: 'i' })],
    ['distances', where('near', { lat: 1, lng: 2 }), where('near', { lat: 1, lng: 2, maxDistance: 3 })],
    ['two kinds of distance', where('near', { lat: 1, lng: 2, minDistance: 3 }), where('near', { lat: 1, lng: 2, maxDistance: 3 })],
    [
      'and and or',
      { where: and([where('eq', 1).where, where('eq', 2).where]) },
      { where: or([where('eq', 1).where, where('eq', 2).where]) },
    ],
    ['not', where('eq', 1), { where: not(compare('a', 'eq', 1)) }],
    ['limit and skip', { limit: 1 }, { skip: 1 }],
    ['columns', { columns: ['a'] }, { columns: ['b'] }],
    ['directions', { order: [{ path: ['a'], direction: 'ASC' }] }, { order: [{ path: ['a'], direction: 'DESC' }] }],
    [
      'null in a page',
      { order: [{ path: ['a'], direction: 'ASC' }], after: [1] },
      { order: [{ path: ['a'], direction: 'ASC' }], after: [null] },
    ],
    ['parents', { perParent: { key: ['a'], limit: 1 } }, { perParent: { key: ['b'], limit: 1 } }],
    [
      'joins',
      { where: related({ entity: other, from: ['a'], to: ['id'] }, 'some') },
      { where: related({ entity: other, from: ['b'], to: ['id'] }, 'some') },
    ],
    [
      'where a condition stands',
      { where: related({ entity: other, from: ['a'], to: ['id'], where: compare('x', 'eq', 1) }, 'some') },
      { where: related({ entity: other, from: ['a'], to: ['id'] }, 'some', compare('x', 'eq', 1)) },
    ],
  ])('gives two keys for different %s', (_, one, two) => {
    expect(key(one)).not.toBe(key(two))
  })

  it('gives two keys for two entities, even of one name', () => {
    const changed = defineEntity({ name: 'Thing', properties: { id: { type: 'number', id: true } } })
    expect(parameterize(changed, {})!.shape.key).not.toBe(key({}))
  })

  it('keeps null, exists and flags in the shape, where a store can see them', () => {
    const { shape, values } = parameterize(entity, {
      where: and([compare('a', 'eq', null), compare('b', 'regexp', { source: 'x', flags: 'i' })]),
    })!
    expect(shape.query.where).toMatchObject({ items: [{ value: null }, { value: { source: { slot: 0 }, flags: 'i' } }] })
    expect(values).toEqual(['x'])
  })

  it('writes null in a list as a condition of its own', () => {
    const { shape, values } = parameterize(entity, where('nin', [1, null, 2]))!
    expect(shape.query.where).toMatchObject({ kind: 'and', items: [{ op: 'nin' }, { op: 'neq', value: null }] })
    expect(values).toEqual([[1, 2]])
  })

  it('gives nothing for a condition in the language of the store', () => {
    const native: Where = { kind: 'native', value: 'raw' }
    expect(parameterize(entity, { where: and([compare('a', 'eq', 1), not(native)]) })).toBeUndefined()
    expect(parameterize(entity, { where: related({ entity: other, from: ['a'], to: ['id'], where: native }, 'some') })).toBeUndefined()
  })

  it('gives a query that bindQuery makes whole again', () => {
    const query: Query = {
      where: and([
        compare('a', 'between', [1, 2]),
        related({ entity: other, from: ['a'], to: ['id'], where: compare('x', 'gt', 3) }, 'some', compare('x', 'lt', 9)),
      ]),
      order: [{ path: ['x'], direction: 'ASC', join: { entity: other, from: ['a'], to: ['id'], where: compare('x', 'neq', 4) } }],
      limit: 3,
      after: [null, 5],
      columns: ['a'],
      perParent: { key: ['a'], limit: 2, skip: 1 },
    }
    const { shape, values } = parameterize(entity, query)!
    expect(bindQuery(shape.query, values)).toEqual(query)
  })

  it('never changes which rows a condition finds', () => {
    const leaf = fc.record({
      op: fc.constantFrom('eq', 'neq', 'gt', 'lte', 'inq', 'nin', 'exists' as const),
      path: fc.constantFrom('a', 'b'),
      value: fc.constantFrom(null, 0, 1, 2, 'x', true),
    })
    const tree: fc.Arbitrary<Where> = fc.letrec<{ tree: Where }>((tie) => ({
      tree: fc.oneof(
        { depthSize: 'small' },
        leaf.map(({ op, path, value }) =>
          compare(path, op as 'eq', op === 'inq' || op === 'nin' ? [value, 1] : op === 'exists' ? value !== null : value),
        ),
        fc.array(tie('tree'), { maxLength: 3 }).map(and),
        fc.array(tie('tree'), { maxLength: 3 }).map(or),
        tie('tree').map(not),
      ),
    })).tree
    const row = fc.record({ a: fc.constantFrom(null, 0, 1, 2, 'x', undefined), b: fc.constantFrom(null, 1, true) })
    fc.assert(
      fc.property(tree, row, (condition, given) => {
        const { shape, values } = parameterize(entity, { where: condition })!
        expect(compileMatch(entity, shape.query.where)(given, values)).toBe(compileMatch(entity, condition)(given))
      }),
    )
  })
})
