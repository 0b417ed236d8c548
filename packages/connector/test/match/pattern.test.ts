import fc from 'fast-check'
import { compilePattern, likeToRegExp, parseLike, normalizeLike, escapeLike } from '../../src'
import { compileLike } from '../../src/match/like-matcher'
import { patternCost } from '../../src/match/pattern-cost'

const codeOf = (call: () => unknown) => {
  try {
    call()
  } catch (error) {
    return (error as { code?: string }).code
  }
  return undefined
}

describe('compilePattern', () => {
  it('matches anywhere, with the flags i, m and s', () => {
    expect(compilePattern({ source: 'b', flags: '' })('abc')).toBe(true)
    expect(compilePattern({ source: 'B', flags: 'i' })('abc')).toBe(true)
    expect(compilePattern({ source: '^b', flags: 'm' })('a\nb')).toBe(true)
    expect(compilePattern({ source: 'a.b', flags: 's' })('a\nb')).toBe(true)
  })

  it('keeps no state between texts, whatever the flags', () => {
    const test = compilePattern({ source: 'a', flags: 'g' })
    expect([test('aa'), test('aa'), test('a'), test('a')]).toEqual([true, true, true, true])
  })

  it.each(['(', '[', 'a{2,1}', '*'])('refuses %j, which is no pattern', (source) => {
    expect(codeOf(() => compilePattern({ source, flags: '' }))).toBe('PATTERN_INVALID')
  })

  it.each(['y', 'u', 'x', 'ii'])('refuses the flags %j', (flags) => {
    expect(codeOf(() => compilePattern({ source: 'a', flags }))).toBe('PATTERN_INVALID')
  })

  it('refuses patterns beyond all measure', () => {
    expect(codeOf(() => compilePattern({ source: '('.repeat(50_000), flags: '' }))).toBe('PATTERN_INVALID')
  })

  it.each([
    '(a+)+$',
    '^(.*){20}$',
    '(a|a)*$',
    '(a|aa)+$',
    '(x+x+)+y',
    '(?:a?){30}a{30}',
    '^(([a-z])+.)+[A-Z]([a-z])+$',
    '(.*)*x',
    '((a*)*)*b',
  ])('answers %j in linear time', (source) => {
    const test = compilePattern({ source, flags: '' }, 60_000)
    const started = process.cpuUsage()
    for (const text of [`${'a'.repeat(5000)}!`, 'x'.repeat(5000)]) test(text)
    expect(process.cpuUsage(started).user / 1000).toBeLessThan(2000)
  })

  it('answers patterns of both engines alike', () => {
    const sources = [
      '(a+)+$',
      '^(?:ab|b)*c',
      '[^\\s]+ \\d{2,}',
      '(?:x|y)+z$',
      '\\bfoo\\b',
      '^$',
      'a.c',
      '\\.',
      '\\u0041',
      '[a-c-]+!',
      '(?<n>a)+b',
    ]
    const texts = ['', 'aaa', 'ababc', 'foo 12', 'xyz', 'a foo b', 'a\nc', 'A.', 'a-!', 'aab']
    for (const source of sources) {
      const native = new RegExp(source)
      const long = ' '.repeat(2_000_000)
      for (const text of texts) {
        const test = compilePattern({ source, flags: '' }, 60_000)
        expect([source, text, test(text)]).toEqual([source, text, native.test(text)])
        if (source === '(a+)+$') expect(test(long + text)).toBe(native.test(text))
      }
    }
  })

  it('runs back-references and lookaround on short texts, and refuses them on long ones', () => {
    const test = compilePattern({ source: '(a+)b\\1$', flags: '' })
    expect(test('aabaa')).toBe(true)
    expect(codeOf(() => test('a'.repeat(100_000)))).toBe('PATTERN_TOO_SLOW')
    expect(compilePattern({ source: '^(?=.*\\d)(?!x).{2,}$', flags: '' })('a1')).toBe(true)
  })

  it('stops a scan that takes too long, and begins anew with the next', async () => {
    const test = compilePattern({ source: '(a+)+$', flags: '' }, 5)
    const text = `${'a'.repeat(20_000)}!`
    const scan = () => {
      for (let row = 0; row < 3000; row++) test(text)
    }
    expect(codeOf(scan)).toBe('PATTERN_TOO_SLOW')
    await Promise.resolve()
    expect(test('aaa')).toBe(true)
  })
})

describe('patternCost', () => {
  it.each<[string, number]>([
    ['abc', 1],
    ['^abc$', 0],
    ['a*', 2],
    ['^a*$', 1],
    ['^.*foo.*$', 2],
    ['^[a-z]+@[a-z]+\\.[a-z]+$', 3],
    ['^(abc)+$', 1],
    ['^(a|b)+$', Infinity],
    ['^(a*)*$', Infinity],
    ['^a{2,5}$', 0],
    ['^(a+){2}$', Infinity],
    ['^(a{2})*$', 1],
    ['^(a?)*$', Infinity],
    ['^\\d+\\]+[\\]]*$', 3],
    ['a|^b', 1],
    ['^(?=.*x).*$', 1],
  ])('bounds %j by degree %d', (source, degree) => {
    expect(patternCost(source, '').degree).toBe(degree)
  })
})

describe('like', () => {
  const pattern = fc.array(fc.constantFrom('a', 'b', '%', '_', '\\', '🐎', '.'), { maxLength: 7 }).map((parts) => parts.join(''))
  const text = fc.array(fc.constantFrom('a', 'b', '%', '_', '\\', '🐎', '.', '\n'), { maxLength: 7 }).map((parts) => parts.join(''))

  it('agrees with the regular expression of the same meaning', () => {
    fc.assert(
      fc.property(pattern, text, (given, value) => compileLike(given, false)(value) === new RegExp(likeToRegExp(given), 'su').test(value)),
      { numRuns: 2000 },
    )
  })

  it('matches escaped text only by itself', () => {
    fc.assert(fc.property(text, text, (given, value) => compileLike(escapeLike(given), false)(value) === (given === value)))
  })

  it('does not change its meaning when it is normalized', () => {
    fc.assert(
      fc.property(pattern, text, (given, value) => compileLike(normalizeLike(given), false)(value) === compileLike(given, false)(value)),
    )
    expect([normalizeLike('a\\'), normalizeLike('a\\\\'), normalizeLike('a')]).toEqual(['a\\\\', 'a\\\\', 'a'])
  })

  it('is taken apart into texts and wildcards', () => {
    expect(parseLike('a\\%b%%_c')).toEqual([{ text: 'a%b' }, '%', '_', { text: 'c' }])
  })

  it('takes no more steps than pattern by text', () => {
    const started = process.cpuUsage()
    expect(compileLike(`${'%a'.repeat(200)}%_b`, false)('a'.repeat(5000))).toBe(false)
    expect(process.cpuUsage(started).user / 1000).toBeLessThan(2000)
  })
})
