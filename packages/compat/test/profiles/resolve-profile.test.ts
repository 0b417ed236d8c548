type Compat = typeof import('../../src')

/** A process in which nothing was announced yet. */
function fresh(): Compat {
  let compat!: Compat
  jest.isolateModules(() => {
    compat = require('../../src') as Compat
  })
  return compat
}

const warn = jest.spyOn(process, 'emitWarning').mockImplementation(() => {})

beforeEach(() => {
  delete process.env.RELOOP_COMPAT
  warn.mockClear()
})
afterAll(() => {
  delete process.env.RELOOP_COMPAT
  warn.mockRestore()
})

describe('resolveProfile', () => {
  it('is modern when nothing chooses', () => {
    expect(fresh().resolveProfile()).toBe('modern')
  })

  it('lets the option beat the environment, the environment the configuration, and that the aliases', () => {
    const { announceAlias, resolveProfile } = fresh()
    announceAlias({ name: 'loopback', major: 2 })
    expect(resolveProfile()).toBe('2.x')
    expect(resolveProfile({ config: '3.x' })).toBe('3.x')
    process.env.RELOOP_COMPAT = 'modern'
    expect(resolveProfile({ config: '3.x' })).toBe('modern')
    expect(resolveProfile({ option: '2.x', config: '3.x' })).toBe('2.x')
  })

  it.each([undefined, null, ''])('takes %j for no choice', (nothing) => {
    process.env.RELOOP_COMPAT = ''
    expect(fresh().resolveProfile({ option: nothing, config: nothing })).toBe('modern')
  })

  it.each([
    ['the option "compat"', () => fresh().resolveProfile({ option: 2 }), '2'],
    ['"compat" in config.json', () => fresh().resolveProfile({ config: '4.x' }), '"4.x"'],
    [
      'the environment variable RELOOP_COMPAT',
      () => {
        process.env.RELOOP_COMPAT = 'toString'
        return fresh().resolveProfile()
      },
      '"toString"',
    ],
  ])('refuses an unknown name, saying that it stands in %s', (where, act, value) => {
    expect(act).toThrow(
      expect.objectContaining({
        code: 'COMPAT_PROFILE_UNKNOWN',
        statusCode: 500,
        message: `Unknown profile ${value} in ${where}: expected one of modern, 3.x, 2.x.`,
      }),
    )
  })
})

describe('announceAlias', () => {
  it.each([
    [2, '2.x'],
    [3, '3.x'],
    [4, '3.x'],
  ])('takes major %d for profile %s', (major, profile) => {
    const { announceAlias, resolveProfile } = fresh()
    announceAlias({ name: 'loopback', major })
    expect(resolveProfile()).toBe(profile)
  })

  it('takes the profile that an ancestor with other majors gives', () => {
    const { announceAlias, resolveProfile } = fresh()
    announceAlias({ name: 'loopback-connector-mysql', major: 5, profile: '3.x' })
    expect(resolveProfile()).toBe('3.x')
  })

  it('refuses a major that stands for no profile', () => {
    expect(() => fresh().announceAlias({ name: 'loopback-connector-mysql', major: 5 })).toThrow(
      expect.objectContaining({
        code: 'COMPAT_ALIAS_UNMAPPED',
        message: 'Major 5 of alias loopback-connector-mysql needs a profile: one of modern, 3.x, 2.x.',
      }),
    )
  })

  it('lets the first alias decide and warns once, naming both, when another disagrees', () => {
    const { announceAlias, resolveProfile } = fresh()
    announceAlias({ name: 'loopback', major: 3 })
    announceAlias({ name: 'loopback-boot', major: 2, profile: '3.x' })
    expect(warn).not.toHaveBeenCalled()
    announceAlias({ name: 'loopback-datasource-juggler', major: 2 })
    announceAlias({ name: 'strong-remoting', major: 2 })
    expect(resolveProfile()).toBe('3.x')
    expect(warn).toHaveBeenCalledTimes(1)
    expect(warn.mock.calls[0]).toEqual([
      'loopback@3 (3.x) and loopback-datasource-juggler@2 (2.x) are both loaded; 3.x holds because it came first. ' +
        'Choose with the option "compat" or the environment variable RELOOP_COMPAT.',
      { type: 'ReloopWarning', code: 'COMPAT_ALIASES_DISAGREE' },
    ])
  })
})

describe('profiles', () => {
  it('are three, frozen, the default one first', () => {
    const { isProfile, profiles } = fresh()
    expect(profiles).toEqual(['modern', '3.x', '2.x'])
    expect(Object.isFrozen(profiles)).toBe(true)
    expect(['3.x', '3', 3, undefined].map(isProfile)).toEqual([true, false, false, false])
  })
})
