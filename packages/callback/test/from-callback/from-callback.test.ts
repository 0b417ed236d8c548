import { fromCallback, isResults, type UserFunction } from '../../src'

const later = (fn: () => void) => setTimeout(fn, 5)

describe('fromCallback', () => {
  it('waits for a callback that comes later', async () => {
    const hook = fromCallback((_ctx: object, next: (error?: unknown, value?: string) => void) => later(() => next(null, 'done')), 1)
    await expect(hook({})).resolves.toBe('done')
  })

  it('resolves to undefined when the callback brings nothing', async () => {
    await expect(fromCallback((next: () => void) => next(), 0)()).resolves.toBeUndefined()
  })

  it('rejects with exactly the error that the callback got', async () => {
    const error = { not: 'an Error' }
    await expect(fromCallback((_: unknown, next: (error: unknown) => void) => later(() => next(error)), 1)({})).rejects.toBe(error)
  })

  it('rejects with what the function throws', async () => {
    const error = new Error('sync')
    const throwing = fromCallback((_ctx: object, _next: () => void) => {
      throw error
    }, 1)
    await expect(throwing({})).rejects.toBe(error)
  })

  it('waits for a promise, with and without room for a callback', async () => {
    await expect(fromCallback(async (value: number) => value * 2, 1)(4)).resolves.toBe(8)
    await expect(fromCallback(async (value: number, _next: () => void) => value * 2, 1)(4)).resolves.toBe(8)
    await expect(fromCallback(() => Promise.reject(new Error('no')), 0)()).rejects.toThrow('no')
  })

  it('waits for any thenable', async () => {
    const thenable = { then: (resolve: (value: string) => void) => resolve('late') }
    await expect(fromCallback((_next: () => void) => thenable, 0)()).resolves.toBe('late')
  })

  it('takes the callback when it comes before the promise, and the promise when it comes first', async () => {
    const callbackFirst = fromCallback(async (next: (error: null, value: string) => void) => {
      next(null, 'callback')
      return 'promise'
    }, 0)
    const promiseFirst = fromCallback(async (next: (error: null, value: string) => void) => {
      later(() => next(null, 'callback'))
      return 'promise'
    }, 0)
    await expect(callbackFirst()).resolves.toBe('callback')
    await expect(promiseFirst()).resolves.toBe('promise')
  })

  it('does not wait for a callback that a plain function has no room for', async () => {
    await expect(fromCallback((value: number) => value + 1, 1)(1)).resolves.toBe(2)
    await expect(fromCallback(() => undefined, 2)('a', 'b')).resolves.toBeUndefined()
  })

  it('gives the callback to functions that dig it out of arguments, a rest list or a default', async () => {
    function digger(_a: unknown) {
      // eslint-disable-next-line prefer-rest-params
      const all = arguments
      later(() => (all[all.length - 1] as (error: null, value: string) => void)(null, 'arguments'))
    }
    const rest = (...args: unknown[]) => later(() => (args.at(-1) as (error: null, value: string) => void)(null, 'rest'))
    const fallback = ({ a: _b = {} }: { a?: object }, next: (error: null, value: string) => void = () => {}) =>
      later(() => next(null, 'default'))
    await expect(fromCallback(digger, 1)('a')).resolves.toBe('arguments')
    await expect(fromCallback(rest, 1)('a')).resolves.toBe('rest')
    await expect(fromCallback(fallback, 1)({})).resolves.toBe('default')
  })

  it.each<[string, UserFunction]>([
    ['arrows, comparisons and spreads inside', (value: number) => [...[value]].filter((other) => other === value && 1 >= 0).length],
    ['destructuring with defaults and rests', ({ length = 1, ..._rest }: { length?: number }) => length],
    ['a default before the callback’s place', (value = { a: [1], b: ',' }) => (value ? 1 : 0)],
    ['a single parameter without parentheses', eval('value => 1') as UserFunction],
    [
      'the word arguments in a comment or text',
      function (value: unknown) {
        // arguments are fine, says "arguments"
        return value && 'no arguments' ? 1 : 0
      },
    ],
    ['a getter-like method', { method(value: unknown) { return value ? 1 : 0 } }.method], // prettier-ignore
  ])('does not wait for a callback because of %s', async (_, plain) => {
    await expect(fromCallback(plain, 1)({})).resolves.toBe(1)
  })

  it('calls a bound function without room for a callback once and takes its value', async () => {
    const bound = function (this: { base: number }, value: number) {
      return this.base + value
    }.bind({ base: 40 })
    await expect(fromCallback(bound, 1)(2)).resolves.toBe(42)
  })

  it('ignores a second call', async () => {
    const twice = fromCallback((next: (error: unknown, value?: string) => void) => {
      next(null, 'first')
      next(new Error('second'))
    }, 0)
    await expect(twice()).resolves.toBe('first')
  })

  it('keeps the callback in its place when leading arguments are left out', async () => {
    const seen = fromCallback<unknown[]>((a: unknown, b: unknown, next: (error: null, value: unknown) => void) => next(null, [a, b]), 2)
    await expect(seen('a')).resolves.toEqual(['a', undefined])
  })

  it('hands this through', async () => {
    const hook = fromCallback(function (this: { name: string }, next: (error: null, value: string) => void) {
      next(null, this.name)
    }, 0)
    await expect(hook.call({ name: 'Lamp' })).resolves.toBe('Lamp')
  })

  it('keeps further results only when asked to', async () => {
    const two = (next: (error: null, a: number, b: number) => void) => next(null, 1, 2)
    const kept = await fromCallback(two, 0, { results: true })()
    expect(kept).toEqual([1, 2])
    expect(isResults(kept)).toBe(true)
    await expect(fromCallback(two, 0)()).resolves.toBe(1)
    const one = await fromCallback((next: (error: null, a: number[]) => void) => next(null, [1, 2]), 0, { results: true })()
    expect(isResults(one)).toBe(false)
  })

  it('leaves the caller’s arguments untouched', async () => {
    const args: unknown[] = ['a']
    await fromCallback((_a: unknown, _b: unknown, next: () => void) => next(), 2)(...args)
    expect(args).toEqual(['a'])
  })
})
