import { merge } from '../../src/compile/merge'
import { mergeMiddleware } from '../../src/compile/merge-middleware'

describe('laying one configuration over another', () => {
  it('merges objects deeply and adds what is new', () => {
    expect(merge({ a: { b: 1, c: 2 }, d: 'x' }, { a: { c: 3, e: 4 }, f: true })).toEqual({ a: { b: 1, c: 3, e: 4 }, d: 'x', f: true })
  })

  it('replaces plain values, whatever their kind', () => {
    expect(merge({ a: '1', b: true }, { a: 1, b: 'no' })).toEqual({ a: 1, b: 'no' })
  })

  it('merges lists of one length element by element', () => {
    expect(merge({ list: [{ a: 1 }, 2] }, { list: [{ b: 3 }, 4] })).toEqual({ list: [{ a: 1, b: 3 }, 4] })
  })

  it('puts null in the place of an object, and anything in the place of null', () => {
    expect(merge({ a: { b: 1 }, c: null }, { a: null, c: { d: 1 } })).toEqual({ a: null, c: { d: 1 } })
  })

  it.each([
    ['an object over a text', { a: { b: 'x' } }, { a: { b: {} } }, 'a.b'],
    ['a text over an object', { a: { b: {} } }, { a: { b: 'x' } }, 'a.b'],
    ['null over a text', { a: 'x' }, { a: null }, 'a'],
    ['an object over a list', { a: [1] }, { a: {} }, 'a'],
  ])('refuses %s', (_, base, over, at) => {
    expect(() => merge(base, over)).toThrow(`Cannot merge values of incompatible types for the option \`${at}\`.`)
  })

  it('refuses lists of different length', () => {
    expect(() => merge({ a: { b: [1] } }, { a: { b: [1, 2] } })).toThrow(
      'Cannot merge array values of different length for the option `a.b`.',
    )
  })

  it('leaves what it is given untouched', () => {
    const base = Object.freeze({ a: Object.freeze({ b: 1 }) })
    expect(merge(base, { a: { c: 2 } })).toEqual({ a: { b: 1, c: 2 } })
    expect(base).toEqual({ a: { b: 1 } })
  })
})

describe('laying one middleware configuration over another', () => {
  const base = {
    initial: { compression: {}, cors: { params: { origin: true } } },
    final: { log: [{ name: 'a', params: 1 }, { params: 2 }] },
  }

  it('changes what is there', () => {
    const merged = mergeMiddleware(base, { initial: { cors: { params: { origin: false } }, compression: { enabled: false } } })
    expect(merged.initial).toEqual({ compression: { enabled: false }, cors: { params: { origin: false } } })
  })

  it('merges entries of one name and adds those without', () => {
    const merged = mergeMiddleware(base, { final: { log: [{ name: 'a', params: 9 }, { params: 3 }] } })
    expect(merged.final).toEqual({ log: [{ name: 'a', params: 9 }, { params: 2 }, { params: 3 }] })
  })

  it('adds no phase and no middleware', () => {
    expect(() => mergeMiddleware(base, { late: {} })).toThrow('The phase "late" is not defined in the main config.')
    expect(() => mergeMiddleware(base, { initial: { helmet: {} } })).toThrow(
      'The middleware "helmet" in phase "initial" is not defined in the main config.',
    )
  })
})
