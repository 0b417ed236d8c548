import { Dynamic } from '../../src'

describe('a dynamic value', () => {
  it('becomes a built-in type by the loose rules of LoopBack 2', () => {
    expect(new Dynamic('12').to('number')).toBe(12)
    expect(new Dynamic('false').to('boolean')).toBe(false)
    expect(new Dynamic(12).to('string')).toBe('12')
    expect(new Dynamic(0).to('Date')).toEqual(new Date(0))
    expect(new Dynamic('{"a":1}').to('object')).toEqual({ a: 1 })
    expect(() => new Dynamic('x').to('number')).toThrow('must be a number')
  })

  it('becomes a type of the process, with the context of the call', () => {
    Dynamic.define('Doubled', (value, context) => `${String(value)}${String(value)}${String(context)}`)
    expect(new Dynamic('a', '!').to('Doubled')).toBe('aa!')
    expect(Dynamic.canConvert('Doubled')).toBe(true)
    Dynamic.undefine('Doubled')
    expect(Dynamic.canConvert('Doubled')).toBe(false)
  })

  it('becomes nothing that nobody defined', () => {
    expect(() => new Dynamic(1).to('constructor')).toThrow('No Type converter defined for constructor')
  })
})
