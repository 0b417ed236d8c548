import { mergePhaseNameLists, PhaseList } from '../../src'

const cases: readonly [current: string, toMerge: string, merged: string][] = [
  ['a b', '', 'a b'],
  ['', 'a b', 'a b'],
  ['a b c', 'a x c', 'a x b c'],
  ['a b', 'x y', 'x y a b'],
  ['a b c', 'x a y c z', 'x a y b c z'],
  ['a b c', 'a x y z c', 'a x y z b c'],
  ['a b', 'a a', 'a b'],
  ['a b', 'x x', 'x a b'],
  ['a b', 'a x y a', 'a x y b'],
]
const conflicts: readonly [current: string, toMerge: string, name: string, previous: string][] = [
  ['a b', 'b a', 'a', 'b'],
  ['a b c', 'b x a', 'a', 'x'],
  ['a', 'q a q', 'q', 'a'],
]
const names = (text: string) => text.split(' ').filter(Boolean)

describe('mergePhaseNameLists', () => {
  it.each(cases)('merges "%s" with "%s" to "%s"', (current, toMerge, merged) => {
    expect(mergePhaseNameLists(names(current), names(toMerge))).toEqual(names(merged))
  })

  it.each(conflicts)('refuses to merge "%s" with "%s"', (current, toMerge, name, previous) => {
    expect(() => mergePhaseNameLists(names(current), names(toMerge))).toThrow(
      expect.objectContaining({
        code: 'PHASE_ORDER_CONFLICT',
        message: `Ordering conflict: cannot add "${name}" after "${previous}", because the opposite order was already specified`,
      }),
    )
  })

  it('returns a new list and keeps the given ones', () => {
    const current = ['a']
    const toMerge = ['a', 'b']
    expect(mergePhaseNameLists(current, toMerge)).not.toBe(current)
    expect([current, toMerge]).toEqual([['a'], ['a', 'b']])
  })
})

describe('PhaseList.zipMerge', () => {
  it.each(cases)('merges "%s" with "%s" to "%s"', (current, toMerge, merged) => {
    const list = new PhaseList()
    list.add(names(current))
    const before = list.toArray()
    list.zipMerge(names(toMerge))
    expect(list.getPhaseNames()).toEqual(names(merged))
    for (const phase of before) expect(list.find(phase.id)).toBe(phase)
  })

  it('leaves the list as it was on a conflict', () => {
    const list = new PhaseList()
    list.add(['a', 'b'])
    expect(() => list.zipMerge(['x', 'b', 'a'])).toThrow('Ordering conflict')
    expect(list.getPhaseNames()).toEqual(['a', 'b'])
  })
})
