import { slot } from '@reloop/connector'
import { join, literal, Operand, place, sql } from '../../src'
import type { Question } from '../../src/text/operand'

const written = (piece: { readonly text: readonly string[] }) => piece.text.join('?')

describe('a piece of SQL', () => {
  it('keeps values apart from text, in order', () => {
    const piece = sql`a = ${place(() => 1)} and (${join([sql`b = ${place(() => 2)}`, sql`c = ${place(() => 3)}`], ' or ')})`
    expect(written(piece)).toBe('a = ? and (b = ? or c = ?)')
    expect(piece.binds.map((bind) => bind([]))).toEqual([1, 2, 3])
  })

  it('takes a question mark in text for text', () => {
    const piece = sql`${literal('"a?"')} ?| ${place(() => 1)}`
    expect(piece.text).toEqual(['"a?" ?| ', ''])
  })

  it('is frozen', () => {
    expect(Object.isFrozen(sql`a`)).toBe(true)
    expect(Object.isFrozen(sql`a`.text)).toBe(true)
  })

  it('of nothing is empty', () => {
    expect(join([], ', ')).toEqual({ text: [''], binds: [] })
  })
})

describe('an operand', () => {
  const trace = (values: readonly unknown[]) => ({ values, questions: [] as Question[] })

  it('of a slot is bound later, and remembers what was asked of it', () => {
    const at = trace(['a'])
    const operand = new Operand(at, slot(0))
    expect(operand.is((value) => value === null)).toBe(false)
    expect(at.questions).toHaveLength(1)
    expect(operand.bind((value) => `<${String(value)}>`).binds[0]!(['b'])).toBe('<b>')
  })

  it('of a known value asks nothing, and is encoded once', () => {
    const at = trace([])
    const operand = new Operand(at, 5)
    let encoded = 0
    const piece = operand.bind((value) => (encoded++, value))
    expect([operand.is((value) => value === 5), piece.binds[0]!([]), piece.binds[0]!([]), encoded, at.questions]).toEqual([
      true,
      5,
      5,
      1,
      [],
    ])
  })

  it('made of another goes on being bound later', () => {
    const operand = new Operand(trace(['a']), slot(0)).map((value) => [value])
    expect(operand.bind().binds[0]!(['z'])).toEqual(['z'])
  })

  it('that only looks like a slot is a value', () => {
    const operand = new Operand(trace(['secret']), { slot: 0 })
    expect(operand.bind().binds[0]!(['secret'])).toEqual({ slot: 0 })
  })
})
