import { compare, defineEntity, plainCall } from '@reloop/connector'
import { calculate, decimalKey } from '../../src/functions'
import { failureOf, openStore } from '../fixtures/store'

describe('decimal numbers as text', () => {
  it('sort by value, whatever their length', () => {
    const ordered = [
      '-1000',
      '-10.5',
      '-10.25',
      '-10',
      '-9.99',
      '-0.5',
      '-0.05',
      '0',
      '0.05',
      '0.5',
      '9.99',
      '10',
      '10.25',
      '10.5',
      '1000',
      '123456789012345678901234567890',
    ]
    const keys = ordered.map((text) => decimalKey(text)!)
    expect([...keys].sort()).toEqual(keys)
  })

  it('are equal however they are written', () => {
    expect(decimalKey('007.500')).toBe(decimalKey('7.5'))
    expect(decimalKey('-0.0')).toBe(decimalKey('0'))
    expect(decimalKey('x')).toBeNull()
  })

  it('are added and multiplied exactly', () => {
    expect(calculate('+', '0.1', '0.2')).toBe('0.3')
    expect(calculate('+', null, '-5.25')).toBe('-5.25')
    expect(calculate('*', '12345678901234567890.12', '-2.5')).toBe('-30864197253086419725.300')
    expect(calculate('+', 'x', '1')).toBeNull()
  })

  it('are changed in place without loss', async () => {
    const { store } = openStore()
    const account = defineEntity({ name: 'Account', properties: { id: { type: 'integer', id: true }, balance: 'decimal' } })
    await store.migrate({ entities: [account], mode: 'recreate' })
    await store.insert({ entity: account, rows: [{ id: 1, balance: '99999999999999999999.98' }, { id: 2 }] }, plainCall)
    await store.update({ entity: account, change: { inc: { balance: '0.02' } } }, plainCall)
    expect(store.find({ entity: account, query: {} }, plainCall)).toEqual([
      { id: 1, balance: '100000000000000000000.00' },
      { id: 2, balance: '0.02' },
    ])
    expect(store.count({ entity: account, where: compare('balance', 'eq', '100000000000000000000') }, plainCall)).toBe(1)
  })
})

describe('text in SQLite', () => {
  const { store } = openStore()
  const word = defineEntity({ name: 'Word', properties: { id: { type: 'integer', id: true }, text: 'string' } })
  const ids = async (op: 'like' | 'ilike' | 'regexp', value: unknown) =>
    (await store.find({ entity: word, query: { where: compare('text', op, value) } }, plainCall)).map(({ id }) => id)

  beforeAll(async () => {
    await store.migrate({ entities: [word], mode: 'recreate' })
    await store.insert(
      {
        entity: word,
        rows: [
          { id: 1, text: 'Žluť' },
          { id: 2, text: 'žluť' },
          { id: 3, text: '[a]*?' },
        ],
      },
      plainCall,
    )
  })

  it('is compared without regard to case beyond ASCII too', async () => {
    expect(await ids('ilike', 'ŽLU%')).toEqual([1, 2])
    expect(await ids('like', 'ž%')).toEqual([2])
  })

  it('gives the signs of GLOB no meaning in patterns', async () => {
    expect(await ids('like', '[a]*?')).toEqual([3])
    expect(await ids('like', '[b]*?')).toEqual([])
  })

  it('is searched by a pattern of exponential cost in bounded time', async () => {
    await store.insert({ entity: word, rows: [{ id: 4, text: `${'a'.repeat(5000)}!` }] }, plainCall)
    const started = performance.now()
    await failureOf(() => ids('regexp', { source: '(a+)+$', flags: '' }))
    expect(performance.now() - started).toBeLessThan(3000)
  })

  it('is searched by REGEXP in commands of the program', async () => {
    expect(await store.execute("select id from word where text regexp '^ž'", [], plainCall)).toEqual([{ id: 2 }])
  })
})
