import { and, compare, defineEntity, fold, not, or, related, type Where } from '../../src'

const a = compare('a', 'eq', 1)
const b = compare('b', 'eq', 2)
const c = compare('c', 'eq', 3)
const entity = defineEntity({ name: 'Other', properties: { id: { type: 'number', id: true } } })

describe('builders of conditions', () => {
  it('take a name whole, dots included', () => {
    expect(compare('a.b', 'eq', 1)).toEqual({ kind: 'compare', path: ['a.b'], op: 'eq', value: 1 })
    expect(compare(['a', 'b'], 'eq', 1)).toMatchObject({ path: ['a', 'b'] })
  })

  it('freeze what they make, and copy lists and paths', () => {
    const [path, list] = [['a'], [1, 2]]
    const where = compare(path, 'inq', list)
    path.push('b')
    list.push(3)
    expect(where).toMatchObject({ path: ['a'], value: [1, 2] })
    for (const part of [where, where.kind === 'compare' && where.path, and([a, b]), or([a, b]), not(a)])
      expect(Object.isFrozen(part)).toBe(true)
  })

  it('merge like with like, leave out undefined, and wrap no single one', () => {
    expect(and([and([a, b]), undefined, c])).toEqual({ kind: 'and', items: [a, b, c] })
    expect(or([or([a, b]), and([c])])).toEqual({ kind: 'or', items: [a, b, c] })
    expect(and([undefined, a])).toBe(a)
    expect(and([or([a, b]), c])).toMatchObject({ items: [{ kind: 'or' }, c] })
  })

  it('keep an empty and or an empty or', () => {
    expect(and([])).toEqual({ kind: 'and', items: [] })
    expect(or([and([]), or([])])).toEqual({ kind: 'and', items: [] })
  })

  it('take a double not away', () => {
    expect(not(not(a))).toBe(a)
  })

  it('write related without a condition when there is none', () => {
    const join = { entity, from: ['id'], to: ['otherId'] }
    expect(Object.keys(related(join, 'some'))).toEqual(['kind', 'join', 'quantifier'])
    expect(related(join, 'none', a)).toMatchObject({ quantifier: 'none', where: a })
  })
})

describe('fold', () => {
  const text = (where: Where): string =>
    fold(where, {
      compare: (node) => `${node.path.join('.')} ${node.op} ${String(node.value)}`,
      and: (items) => `(${items.join(' and ')})`,
      or: (items) => `(${items.join(' or ')})`,
      not: (item) => `not ${item}`,
      related: (node) => `${node.quantifier} ${node.join.entity.name}`,
      native: (value) => String(value),
    })

  it('makes something else of a condition, leaves first', () => {
    const join = { entity, from: ['id'], to: ['otherId'] }
    const where = or([and([a, not(b)]), related(join, 'every', c), { kind: 'native', value: 'raw' }])
    expect(text(where)).toBe('((a eq 1 and not b eq 2) or every Other or raw)')
  })
})
