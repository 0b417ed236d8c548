import { slot } from '@reloop/connector'
import { Cache } from '../../src/statement/cache'
import { Plan } from '../../src/statement/plan'
import { createReader, readerOf } from '../../src/statement/reader'
import { Operand } from '../../src/text/operand'

describe('the cache of statements', () => {
  it('drops what nobody asks for and keeps what is in use', () => {
    const cache = new Cache<number>(3)
    for (let index = 0; index < 50; index++) {
      cache.set(`k${index}`, index)
      expect(cache.get('k0')).toBe(0)
    }
    expect(cache.get('k1')).toBeUndefined()
    expect(cache.get('k49')).toBe(49)
  })
})

describe('a plan', () => {
  const isNull = (value: unknown) => value === null

  it('is made once for values that answer alike', () => {
    let made = 0
    const plan = new Plan((trace) => (made++, new Operand(trace, slot(0)).is(isNull)))
    expect([plan.for([1]), plan.for([2]), plan.for([null]), plan.for([3]), plan.for([null])]).toEqual([false, false, true, false, true])
    expect(made).toBe(2)
  })

  it('keeps a bounded number of variants', () => {
    let made = 0
    const plan = new Plan((trace) => {
      const operand = new Operand(trace, slot(0))
      const value = trace.values[0]
      operand.is((given) => given === value)
      return made++
    })
    for (let index = 0; index < 100; index++) plan.for([index])
    plan.for([99])
    expect(made).toBe(100)
    plan.for([0])
    expect(made).toBe(101)
  })
})

describe('a reader of rows', () => {
  it('gives own properties for any name', () => {
    const read = readerOf([{ name: '__proto__' }, { name: 'a"b\\`${1}' }, { name: 'at', decode: (raw) => new Date(Number(raw)) }])
    const [row, empty] = read([
      [1, 'x', 5],
      [null, null, null],
    ])
    expect(Object.entries(row!)).toEqual([
      ['__proto__', 1],
      ['a"b\\`${1}', 'x'],
      ['at', new Date(5)],
    ])
    expect(empty!.at).toBeNull()
    expect(({} as Record<string, unknown>).x).toBeUndefined()
  })

  it('of no columns gives empty rows', () => {
    expect(createReader([])([[], []])).toEqual([{}, {}])
  })
})
