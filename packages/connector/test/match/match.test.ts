import {
  and,
  compare,
  compileMatch,
  defineEntity,
  not,
  or,
  prepareMatch,
  related,
  sameValue,
  slot,
  type Operator,
  type Row,
} from '../../src'

const entity = defineEntity({
  name: 'Thing',
  properties: {
    id: { type: 'any', id: true },
    n: 'number',
    s: 'string',
    flag: 'boolean',
    at: 'date',
    day: 'dateOnly',
    big: 'bigint',
    money: 'decimal',
    tags: { type: 'list', items: 'string' },
    o: 'object',
    any: 'any',
    bytes: 'buffer',
    where: 'geopoint',
  },
})

const matches = (path: string | string[], op: Operator, value: unknown, row: Row) => compileMatch(entity, compare(path, op, value))(row)

describe('compileMatch', () => {
  it('holds for every row without a condition', () => {
    expect(compileMatch(entity)({})).toBe(true)
  })

  it('never takes a number for a text, or null for a number', () => {
    expect(matches('n', 'eq', '5', { n: 5 })).toBe(false)
    expect(matches('any', 'eq', '5', { any: 5 })).toBe(false)
    expect(matches('n', 'gt', -1, { n: null })).toBe(false)
    expect(matches('n', 'gt', '1', { n: 5 })).toBe(false)
    expect(matches('n', 'eq', NaN, { n: NaN })).toBe(false)
  })

  it('compares dates by time, also with the text that JSON makes of them', () => {
    const at = new Date('2024-01-02T03:04:05.678Z')
    expect(matches('at', 'eq', new Date(at), { at })).toBe(true)
    expect(matches('at', 'gt', new Date(at.getTime() - 1), { at })).toBe(true)
    expect(matches(['o', 'at'], 'eq', at, { o: { at: at.toISOString() } })).toBe(true)
    expect(matches(['o', 'at'], 'lt', new Date(), { o: { at: at.toISOString() } })).toBe(true)
    expect(matches(['o', 'at'], 'lt', new Date(), { o: { at: 'yesterday' } })).toBe(false)
    expect(matches('at', 'eq', new Date(NaN), { at: new Date(NaN) })).toBe(false)
  })

  it('compares bigints and decimals by every digit, as text or not', () => {
    expect(matches('big', 'gt', '9007199254740992', { big: '9007199254740993' })).toBe(true)
    expect(matches('big', 'eq', 9007199254740993n, { big: '9007199254740993' })).toBe(true)
    expect(matches('big', 'lt', '10', { big: '-9' })).toBe(true)
    expect(matches('money', 'eq', '10.5', { money: '010.50' })).toBe(true)
    expect(matches('money', 'gt', '9.9', { money: '10.25' })).toBe(true)
    expect(matches('money', 'gte', 1e21, { money: '1000000000000000000000' })).toBe(true)
    expect(matches('money', 'eq', '-0', { money: '0.00' })).toBe(true)
    expect(matches('money', 'eq', 'x', { money: 'x' })).toBe(false)
    expect(matches('money', 'inq', ['1.0', '2'], { money: '1' })).toBe(true)
  })

  it('compares ids by value, whatever their class', () => {
    class ObjectID {
      constructor(readonly hex: string) {}
      toJSON() {
        return this.hex
      }
    }
    expect(matches('id', 'eq', new ObjectID('ab'), { id: new ObjectID('ab') })).toBe(true)
    expect(matches('id', 'eq', 'ab', { id: new ObjectID('ab') })).toBe(true)
    expect(matches('id', 'inq', ['x', 'ab'], { id: new ObjectID('ab') })).toBe(false)
    expect(matches('id', 'eq', new ObjectID('cd'), { id: new ObjectID('ab') })).toBe(false)
  })

  it('compares buffers by their bytes and objects by their content', () => {
    expect(matches('bytes', 'eq', Buffer.from('ab'), { bytes: new Uint8Array([97, 98]) })).toBe(true)
    expect(matches('o', 'eq', { b: [1], a: { c: null } }, { o: { a: { c: null }, b: [1] } })).toBe(true)
    expect(matches('o', 'eq', { a: 1 }, { o: { a: 1, b: 2 } })).toBe(false)
    expect(matches('where', 'eq', { lat: 1, lng: 2 }, { where: { lng: 2, lat: 1 } })).toBe(true)
  })

  it('reads nothing that is inherited', () => {
    for (const name of ['constructor', 'toString', '__proto__', 'hasOwnProperty']) {
      expect(matches(name, 'exists', true, {})).toBe(false)
      expect(matches([name, 'name'], 'eq', 'Object', {})).toBe(false)
      expect(matches(['o', name], 'neq', null, { o: {} })).toBe(false)
    }
    expect(matches(['s', 'length'], 'eq', 3, { s: 'abc' })).toBe(false)
    expect(matches(['tags', 'length'], 'eq', 1, { tags: ['a'] })).toBe(false)
    const named = defineEntity({ name: 'Odd', properties: Object.fromEntries([['constructor', 'string' as const]]) })
    expect(compileMatch(named, compare('constructor', 'eq', null))({ id: 1 })).toBe(true)
    expect(compileMatch(named, compare('constructor', 'eq', 'x'))({ id: 1, constructor: 'x' })).toBe(true)
  })

  it('asks any element of lists on the way', () => {
    const row = { o: { items: [{ sku: 'a', sizes: [1, 2] }, { sku: 'b' }, null, 'x'] } }
    expect(matches(['o', 'items', 'sku'], 'eq', 'b', row)).toBe(true)
    expect(matches(['o', 'items', 'sizes'], 'gt', 1, row)).toBe(true)
    expect(matches(['o', 'items', 'sku'], 'neq', 'b', row)).toBe(false)
    expect(matches(['o', 'items', 'none'], 'eq', null, row)).toBe(true)
    expect(matches(['o', 'items', 'sku', 'x'], 'exists', false, row)).toBe(true)
  })

  it('asks any element for operators of single values', () => {
    expect(matches('tags', 'like', 'a%', { tags: ['b', 'ab'] })).toBe(true)
    expect(matches('tags', 'nlike', 'a%', { tags: ['b', 'ab'] })).toBe(false)
    expect(matches('tags', 'regexp', { source: '^b$', flags: '' }, { tags: ['b', 'ab'] })).toBe(true)
    expect(matches('any', 'between', [2, 3], { any: [1, 4] })).toBe(false)
  })

  it('matches text operators on text only', () => {
    expect(matches('any', 'like', '5%', { any: 55 })).toBe(false)
    expect(matches('any', 'contains', 5, { any: [4, 5] })).toBe(true)
    expect(matches('any', 'startsWith', '', { any: false })).toBe(false)
  })

  it.each<[Operator, unknown]>([
    ['inq', 'x'],
    ['inq', { 0: 1 }],
    ['nin', null],
    ['between', [1]],
    ['between', [1, 2, 3]],
    ['between', 'ab'],
    ['like', 5],
    ['nlike', null],
    ['startsWith', {}],
    ['regexp', 'a'],
    ['regexp', null],
    ['near', 'here'],
    ['near', { lat: 1 }],
    ['near', { lat: 1, lng: NaN }],
    ['near', { lat: 1, lng: 2, maxDistance: 'far' }],
    ['containsAny', 'x'],
    ['containedBy', null],
  ])('refuses %s with the operand %j', (op, value) => {
    expect(() => compileMatch(entity, compare('s', op, value))).toThrow(
      expect.objectContaining({ code: 'OPERATOR_INVALID', statusCode: 400 }),
    )
  })

  it('refuses conditions in another language, and related ones when nobody finds the rows', () => {
    expect(() => compileMatch(entity, { kind: 'native', value: 1 })).toThrow(expect.objectContaining({ code: 'CONNECTOR_NOT_SUPPORTED' }))
    expect(() => compileMatch(entity, related({ entity, from: ['id'], to: ['n'] }, 'some'))).toThrow(
      expect.objectContaining({ statusCode: 501 }),
    )
  })

  it('keeps to the operand as it was when compiled', () => {
    const list = [1, 2]
    const test = compileMatch(entity, compare('n', 'inq', list))
    list.push(3)
    expect(test({ n: 3 })).toBe(false)
  })

  it('is one closure for a comparison of a plain property', () => {
    const test = compileMatch(entity, compare('n', 'gt', 5))
    expect(test.length).toBe(1)
    expect(String(test)).toMatch(/own > value/)
  })
})

describe('conditions with slots', () => {
  it('are bound once for each list of values', () => {
    const test = compileMatch(entity, and([compare('n', 'gt', slot(0)), compare('s', 'inq', slot(1, true))]))
    const [small, large] = [
      [0, ['x']],
      [10, ['x', 'y']],
    ]
    expect([
      test({ n: 5, s: 'x' }, small),
      test({ n: 5, s: 'x' }, large),
      test({ n: 11, s: 'y' }, large),
      test({ n: 11, s: 'y' }, small),
    ]).toEqual([true, false, true, false])
  })

  it('are prepared apart from their values', () => {
    const prepared = prepareMatch(entity, or([compare('flag', 'eq', true), not(compare('at', 'lt', slot(0)))]))
    const test = prepared([new Date(10)])
    expect([test({ at: new Date(5) }), test({ at: new Date(15) }), test({ flag: true, at: new Date(5) })]).toEqual([false, true, true])
  })

  it('take slots inside of points and patterns', () => {
    const pattern = compileMatch(entity, compare('s', 'regexp', { source: slot(0), flags: 'i' }))
    expect([pattern({ s: 'ABC' }, ['^a']), pattern({ s: 'ABC' }, ['^b'])]).toEqual([true, false])
    const near = compileMatch(entity, compare('where', 'near', { lat: slot(0), lng: slot(1), maxDistance: slot(2) }))
    expect([near({ where: { lat: 1, lng: 1 } }, [1, 1.001, 200]), near({ where: { lat: 1, lng: 1 } }, [1, 1.001, 100])]).toEqual([
      true,
      false,
    ])
  })

  it('refuse malformed values when they come', () => {
    const test = compileMatch(entity, compare('s', 'inq', slot(0)))
    expect(() => test({ s: 'a' }, ['a'])).toThrow(expect.objectContaining({ code: 'OPERATOR_INVALID' }))
  })

  it('reach conditions on related rows and in their joins', () => {
    const other = defineEntity({ name: 'Other', properties: { id: { type: 'number', id: true }, x: 'number' } })
    const join = { entity: other, from: ['n'], to: ['id'], where: compare('x', 'gt', slot(0)) }
    const resolve = () => [
      { id: 1, x: 5 },
      { id: 2, x: 9 },
    ]
    const test = compileMatch(entity, related(join, 'every', compare('x', 'lt', slot(1))), { resolve })
    expect([test({}, [0, 10]), test({}, [0, 9]), test({}, [6, 9]), test({}, [6, 10])]).toEqual([true, false, false, true])
  })
})

describe('sameValue', () => {
  it('tells kinds apart', () => {
    expect([
      sameValue(null, undefined),
      sameValue(0, null),
      sameValue(0, false),
      sameValue('', null),
      sameValue(1, 1n),
      sameValue([1], ['1']),
    ]).toEqual([true, false, false, false, true, false])
  })

  it('survives objects without a prototype and with odd keys', () => {
    const bare = Object.assign(Object.create(null) as object, { a: 1 })
    expect(sameValue(bare, { a: 1 })).toBe(true)
    expect(sameValue(JSON.parse('{"__proto__":1}'), {})).toBe(false)
    expect(sameValue({ hasOwnProperty: 1 }, { hasOwnProperty: 1 })).toBe(true)
    expect(sameValue({ a: undefined }, {})).toBe(true)
  })
})
