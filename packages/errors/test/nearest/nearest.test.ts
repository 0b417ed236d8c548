import { nearest } from '../../src'

describe('nearest', () => {
  it.each([
    ['persistd', ['persisted', 'public'], 'persisted'],
    ['prot', ['host', 'port'], 'port'],
    ['PORT', ['host', 'port'], 'port'],
    ['databse', new Set(['database', 'data']), 'database'],
    ['completely', ['different'], undefined],
    ['x', ['ab'], undefined],
    ['', ['ab'], undefined],
    ['x', [], undefined],
    ['a'.repeat(65), ['a'.repeat(65)], undefined],
  ])('of %j among %j is %j', (given, known, found) => {
    expect(nearest(given, known)).toBe(found)
  })

  it('prefers the nearer name, and the first of two that are equally near', () => {
    expect(nearest('limt', ['limits', 'limit'])).toBe('limit')
    expect(nearest('bat', ['cat', 'hat'])).toBe('cat')
  })
})
