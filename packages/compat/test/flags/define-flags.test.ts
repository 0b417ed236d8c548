import { defineFlags, describeFlags, type FlagEntry, type Profile } from '../../src'

const flags = defineFlags('juggler', {
  strict: { modern: true, '3.x': true, '2.x': false, about: 'Arguments are checked.' },
  depth: { modern: 12, '3.x': 12, '2.x': Infinity, about: 'How deep a filter may be.' },
})

describe('defineFlags', () => {
  it('gives the values of a profile as the same frozen record each time', () => {
    expect(flags.of('modern')).toEqual({ strict: true, depth: 12 })
    expect(flags.of('2.x')).toEqual({ strict: false, depth: Infinity })
    expect(flags.of('3.x')).toBe(flags.of('3.x'))
    expect(Object.isFrozen(flags.of('3.x'))).toBe(true)
  })

  it('lists the names, sorted', () => {
    expect(flags.names).toEqual(['depth', 'strict'])
  })

  it.each(['4.x', 'constructor', '__proto__', undefined])('refuses profile %j', (profile) => {
    expect(() => flags.of(profile as Profile)).toThrow(expect.objectContaining({ code: 'COMPAT_PROFILE_UNKNOWN' }))
  })

  it('refuses a flag that lacks a profile or its sentence', () => {
    expect(() => defineFlags('juggler', { half: { modern: 1 } as unknown as FlagEntry })).toThrow(
      expect.objectContaining({ code: 'COMPAT_FLAG_INCOMPLETE', message: 'Flag juggler.half lacks 3.x, 2.x, about.' }),
    )
  })

  it('describes the flags of all packages, sorted', () => {
    defineFlags('boot', { scripts: { modern: 1, '3.x': 2, '2.x': 3, about: 'Order of scripts.' } })
    expect(describeFlags()).toEqual([
      { package: 'boot', flag: 'scripts', modern: 1, '3.x': 2, '2.x': 3, about: 'Order of scripts.' },
      { package: 'juggler', flag: 'depth', modern: 12, '3.x': 12, '2.x': Infinity, about: 'How deep a filter may be.' },
      { package: 'juggler', flag: 'strict', modern: true, '3.x': true, '2.x': false, about: 'Arguments are checked.' },
    ])
  })
})
