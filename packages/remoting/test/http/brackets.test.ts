import fc from 'fast-check'
import { parse } from 'qs'
import { readBrackets, type Pair } from '../../src/http/brackets'
import { limitsOf } from '../../src/limits'
import { parseParameters } from '../../src/http/query'

const limits = { ...limitsOf(undefined).query, list: 20 }

/** What the original's reader makes of the same. */
const original = (text: string) =>
  parse(text, { depth: limits.depth, arrayLimit: limits.list, parameterLimit: limits.parameters, allowPrototypes: true }) as unknown

describe('queries with brackets', () => {
  it.each([
    ['filter[where][name]=Ada&filter[limit]=2', { filter: { where: { name: 'Ada' }, limit: '2' } }],
    ['a[]=1&a[]=2', { a: ['1', '2'] }],
    ['a[1]=x&a[0]=y', { a: ['y', 'x'] }],
    ['a[5]=x', { a: ['x'] }],
    ['a[x]=1&a=2', { a: [{ x: '1' }, '2'] }],
    ['a=1&a[x]=2', { a: ['1', { x: '2' }] }],
    ['a[0]=1&a[x]=2', { a: { '0': '1', x: '2' } }],
    ['a[0][b]=1&a[0][c]=2', { a: [{ b: '1', c: '2' }] }],
    ['a[b]=1&a[b]=2', { a: { b: ['1', '2'] } }],
    ['a[b%5D=1', { a: { b: '1' } }],
    ['a[b]', { a: { b: '' } }],
  ])('reads %s', (text, expected) => {
    expect(parseParameters(text, limits)).toEqual(expected)
    expect(original(text)).toEqual(expected)
  })

  it('reads every mixture as qs does', () => {
    const name = fc.constantFrom('a', 'b', 'where', '', '0', '1', '2', '01', 'x y')
    const key = fc
      .tuple(fc.constantFrom('a', 'b', 'c'), fc.array(name, { maxLength: 4 }))
      .map(([first, rest]) => first + rest.map((segment) => `[${segment}]`).join(''))
    const value = fc.constantFrom('', '1', 'x', 'a', '%20', '[b]')
    const text = fc
      .array(fc.tuple(key, value), { minLength: 1, maxLength: 6 })
      .map((pairs) => pairs.map((pair) => pair.join('=')).join('&'))
    fc.assert(
      fc.property(
        text.filter((one) => one.includes('[')),
        (one) => {
          expect(parseParameters(one, limits)).toEqual(original(one))
        },
      ),
      { numRuns: 3000 },
    )
  })

  it('keeps what lies deeper than it takes apart as one key', () => {
    const pairs: Pair[] = [['a[b][c][d]', '1']]
    expect(readBrackets(pairs, 2)).toEqual(parse('a[b][c][d]=1', { depth: 2 }))
  })
})
