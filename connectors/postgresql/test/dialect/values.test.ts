import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { compare, defineEntity, plainCall } from '@reloop/connector'
import { readTime } from '../../src/time'
import { patternText } from '../../src/pattern'
import { describeOnServer } from '../fixtures/server'

describe('times as PostgreSQL writes them', () => {
  it.each([
    ['2024-02-29 23:59:59.999+00', '2024-02-29T23:59:59.999Z'],
    ['2024-02-29 23:59:59.999123+00', '2024-02-29T23:59:59.999Z'],
    ['2024-03-31 01:30:00+02', '2024-03-30T23:30:00.000Z'],
    ['1900-01-01 00:00:00-05:30', '1900-01-01T05:30:00.000Z'],
    ['1890-01-01 00:00:00+00:53:28', '1889-12-31T23:06:32.000Z'],
    ['2024-06-01 12:00:00', '2024-06-01T12:00:00.000Z'],
    ['2024-06-01', '2024-06-01T00:00:00.000Z'],
    ['0044-03-15 12:00:00+00 BC', '-000043-03-15T12:00:00.000Z'],
    ['12024-01-01 00:00:00+00', '+012024-01-01T00:00:00.000Z'],
  ])('%s is %s', (text, expected) => {
    expect(readTime(text).toISOString()).toBe(expected)
  })

  it('are no date when they are infinite', () => {
    expect(readTime('infinity').getTime()).toBeNaN()
  })
})

describe('regular expressions as PostgreSQL reads them', () => {
  it.each([
    ['^a.b$', '', '(?p)^a.b$'],
    ['a', 'i', '(?ip)a'],
    ['^a', 'm', '(?n)^a'],
    ['.', 's', '(?s).'],
    ['.', 'ms', '(?w).'],
    ['\\bword\\B', '', '(?p)\\yword\\Y'],
    ['[\\b]\\x41', '', '(?p)[\\b]\\u0041'],
    ['(?<year>\\d{4})(?<!x)', '', '(?p)(\\d{4})(?<!x)'],
  ])('%s with flags "%s" is %s', (source, flags, text) => {
    expect(patternText(source, flags)).toBe(text)
  })

  it('are refused when they are none', () => {
    expect(() => patternText('(', '')).toThrow(expect.objectContaining({ code: 'PATTERN_INVALID' }) as Error)
  })
})

describeOnServer('values in PostgreSQL', (database) => {
  it.each([
    ['UTC', 0],
    ['America/New_York', 240],
    ['Asia/Kolkata', -330],
  ])('are the same dates in a process whose zone is %s', (zone, offset) => {
    const file = (name: string) => join(__dirname, '..', 'fixtures', name)
    const child = ['--conditions=@reloop/source', '--require', file('typescript.cjs'), file('dates.cjs'), database.url]
    const output = execFileSync(process.execPath, child, { env: { ...process.env, TZ: zone }, encoding: 'utf8' })
    const row = { at: '2024-03-31T01:30:00.123Z', wall: '2024-10-27T01:30:00.000Z', day: '2024-02-29' }
    expect(JSON.parse(output)).toEqual({
      offset,
      rows: [1, 2, 3].map((id) => ({ id, ...row })),
      counts: [3, 3],
      told: [{ at: true, wall: true, day: '2024-02-29' }],
    })
  })

  it('may be lists in arrays of its own', async () => {
    const store = await database.open()
    const entity = defineEntity({
      name: 'Labelled',
      properties: { id: { type: 'integer', id: true }, labels: { type: 'list', items: 'string', native: { dataType: 'varchar[]' } } },
    })
    await store.migrate({ entities: [entity], mode: 'recreate' })
    const rows = [
      { id: 1, labels: ['a,b', '{"c"}', "'"] },
      { id: 2, labels: [] },
      { id: 3, labels: ['x'] },
    ]
    await store.insert({ entity, rows: [{ ...rows[0]! }] }, plainCall)
    await store.insert({ entity, rows: rows.slice(1) }, plainCall)
    expect(await store.find({ entity, query: {} }, plainCall)).toEqual(rows)
    expect(await store.count({ entity, where: compare('labels', 'eq', '{"c"}') }, plainCall)).toBe(1)
    expect(await store.count({ entity, where: compare('labels', 'containedBy', ['x', 'y']) }, plainCall)).toBe(2)
  })

  it('of a command of the program come as pg gives them', async () => {
    const store = await database.open()
    expect(await database.ask(store, 'select $1::int as n, true as yes, $2::jsonb as doc', [5, '{"a":1}'])).toEqual([
      { n: 5, yes: true, doc: { a: 1 } },
    ])
    expect(await store.execute('create table empty_one ()', [], plainCall)).toEqual({ count: 0 })
  })
})
