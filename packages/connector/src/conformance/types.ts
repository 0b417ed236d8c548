import assert from 'node:assert/strict'
import type { PropertyType } from '../entity'
import { compare } from '../query/build'
import { sampleOf } from './entities'
import { group, storesRows, type TestBody } from './group'
import { plain, type Kit } from './kit'

interface Sample {
  readonly type: PropertyType
  readonly items?: PropertyType
  readonly precision?: number
  readonly scale?: number
}

/** What goes in must come out, and be found by itself when it is no object. */
function keeps(sample: Sample, value: unknown): TestBody {
  return async ({ open }) => {
    const table = await open(sampleOf(sample.type, sample))
    const [inserted] = await table.insert({ id: 1, value: fresh(value) }, { id: 2 })
    const expected = plain(value)
    assert.deepEqual(inserted?.value, expected)
    assert.deepEqual((await table.find({ where: compare('id', 'eq', 1) }))[0]?.value, expected)
    await table.update(compare('id', 'eq', 2), { set: { value: fresh(value) } })
    assert.deepEqual((await table.find({ where: compare('id', 'eq', 2) }))[0]?.value, expected)
    if (findable(value)) assert.deepEqual(await table.ids({ where: compare('value', 'eq', value) }), [1, 2])
  }
}

/** Rows are handed over: a store may keep, freeze or change what it is given. */
function fresh(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (value instanceof Date) return new Date(value.getTime())
  if (Buffer.isBuffer(value)) return Buffer.from(value)
  if (Array.isArray(value)) return value.map(fresh)
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, fresh(item)]))
}

function findable(value: unknown): boolean {
  return typeof value !== 'object' || value instanceof Date
}

function all(sample: Sample, cases: Readonly<Record<string, unknown>>): Record<string, TestBody> {
  return Object.fromEntries(Object.entries(cases).map(([title, value]) => [`${sample.type} keeps ${title}`, keeps(sample, value)]))
}

async function ordered(open: Kit['open'], sample: Sample, values: readonly unknown[]): Promise<void> {
  const table = await open(sampleOf(sample.type, sample))
  await table.insert(...values.map((value, index) => ({ id: index + 1, value })))
  const ids = values.map((_, index) => index + 1)
  assert.deepEqual(await table.ids({ order: [{ path: ['value'], direction: 'ASC' }] }), ids)
  assert.deepEqual(await table.ids({ where: compare('value', 'gt', values[0]) }), ids.slice(1))
  assert.deepEqual(await table.ids({ where: compare('value', 'between', [values[0], values[1]]) }), [1, 2])
}

const decimal: Sample = { type: 'decimal', precision: 30, scale: 4 }
const kinds: readonly PropertyType[] = [
  'string',
  'text',
  'number',
  'integer',
  'bigint',
  'decimal',
  'boolean',
  'date',
  'dateOnly',
  'buffer',
  'geopoint',
  'object',
  'list',
  'any',
]

export const typesGroup = group('types', storesRows, {
  ...all(
    { type: 'string' },
    {
      'the empty text': '',
      'letters beyond ASCII': 'žluťoučký кот 猫',
      emoji: '👩‍👩‍👧 🐎',
      'quotes and backslashes': '\'"`\\',
      'line breaks and tabs': 'a\r\n\tb',
      'spaces at both ends': '  x  ',
      'digits as text': '0012.50',
    },
  ),
  ...all({ type: 'text' }, { 'a hundred thousand characters': 'lorem žluť '.repeat(10_000) }),
  ...all(
    { type: 'number' },
    {
      zero: 0,
      'a negative number': -17,
      decimals: 0.1,
      'the largest safe integer': Number.MAX_SAFE_INTEGER,
      'a very large number': 1.7976931348623157e308,
      'a very small number': 2.5e-300,
      'all digits of a double': 0.30000000000000004,
    },
  ),
  ...all({ type: 'integer' }, { zero: 0, 'the largest of 32 bits': 2147483647, 'the smallest of 32 bits': -2147483648 }),
  ...all({ type: 'boolean' }, { true: true, false: false }),
  ...all(
    { type: 'date' },
    {
      milliseconds: new Date('2024-02-29T23:59:59.999Z'),
      'the epoch': new Date(0),
      'a time before 1970': new Date('1901-12-13T20:45:52.001Z'),
      'a year of four digits that is far away': new Date('9999-12-31T23:59:59.999Z'),
      'a time that summer time leaves out': new Date('2024-03-31T01:30:00.000Z'),
    },
  ),
  ...all({ type: 'dateOnly' }, { 'a day, whatever the time zone': '2024-02-29', 'a day before 1970': '1899-12-31' }),
  ...all(
    { type: 'buffer' },
    {
      'every byte': Buffer.from(Array.from({ length: 256 }, (_, index) => index)),
      'no byte': Buffer.alloc(0),
      'text that is none': Buffer.from([0xff, 0xfe, 0x00, 0xc3]),
    },
  ),
  ...all({ type: 'geopoint' }, { 'a place': { lat: -33.8688, lng: 151.2093 }, 'the middle of nowhere': { lat: 0, lng: 0 } }),
  ...all(
    { type: 'object' },
    {
      'the empty object': {},
      'objects inside objects': { a: { b: { c: [1, { d: 'x' }] } } },
      'null inside': { a: null },
      'numbers, booleans and text as what they are': { n: 1.5, t: true, f: false, s: '1', zero: 0, empty: '' },
      'odd keys': { 'a.b': 1, "it's": 2, '"q"': 3, $where: 4, 'ž 🐎': 5, '': 6 },
      'a large object': Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`key${index}`, { index }])),
    },
  ),
  ...all({ type: 'list', items: 'string' }, { text: ['a', '', 'ž🐎', '\'"\\', 'a,b', '{x}', 'null'], 'no element': [] }),
  ...all(
    { type: 'list', items: 'number' },
    { numbers: [0, -1.5, 1e21], 'many numbers': Array.from({ length: 2000 }, (_, index) => index) },
  ),
  ...all({ type: 'list', items: 'boolean' }, { booleans: [true, false] }),
  ...all({ type: 'list', items: 'object' }, { objects: [{ a: 1 }, { a: { b: [2] } }, {}] }),
  ...all({ type: 'list', items: 'any' }, { 'lists inside lists': [[1, 2], [], ['x', ['y']]], 'null among elements': ['a', null, 'b'] }),
  ...all(
    { type: 'any' },
    {
      text: 'x',
      'text that looks like a number': '1',
      'text that looks like JSON': '{"a":1}',
      'a number': 1.5,
      true: true,
      'an object': { a: [1] },
      'a list': [1, 'a'],
    },
  ),
  'list of dates keeps milliseconds': async ({ open }) => {
    const table = await open(sampleOf('list', { items: 'date' }))
    await table.insert({ id: 1, value: [new Date(0), new Date('2024-02-29T23:59:59.999Z')] })
    assert.deepEqual((await table.find())[0]?.value, [new Date(0), new Date('2024-02-29T23:59:59.999Z')])
  },
  'bigint keeps every digit': async ({ open }) => {
    const table = await open(sampleOf('bigint'))
    await table.insert({ id: 1, value: '9223372036854775807' }, { id: 2, value: '-9223372036854775808' }, { id: 3, value: '42' })
    assert.deepEqual(
      (await table.find()).map((row) => String(row.value)),
      ['9223372036854775807', '-9223372036854775808', '42'],
    )
    assert.deepEqual(await table.ids({ where: compare('value', 'eq', '9223372036854775807') }), [1])
  },
  'decimal keeps every digit': async ({ open }) => {
    const table = await open(sampleOf('decimal', decimal))
    await table.insert({ id: 1, value: '12345678901234567890.1234' }, { id: 2, value: '-0.0001' })
    assert.deepEqual(
      (await table.find()).map((row) => String(row.value)),
      ['12345678901234567890.1234', '-0.0001'],
    )
    assert.deepEqual(await table.ids({ where: compare('value', 'eq', '12345678901234567890.1234') }), [1])
  },
  'bigint orders by value': ({ open }) =>
    ordered(open, { type: 'bigint' }, ['-10', '-9', '5', '10', '9007199254740993', '9007199254740994']),
  'decimal orders by value': ({ open }) => ordered(open, decimal, ['-10.5000', '-9.2500', '0.1000', '9.9000', '10.0500']),
  'number orders by value': ({ open }) => ordered(open, { type: 'number' }, [-10.5, -9, 0, 0.1, 5, 10, 1e10]),
  'dateOnly orders by day': ({ open }) => ordered(open, { type: 'dateOnly' }, ['1899-12-31', '1970-01-01', '2024-02-29', '2024-03-01']),
  ...Object.fromEntries(
    kinds.map((type) => [
      `${type} keeps null`,
      async ({ open }: Kit) => {
        const table = await open(sampleOf(type))
        await table.insert({ id: 1, value: null }, { id: 2 })
        assert.deepEqual(await table.find(), [{ id: 1 }, { id: 2 }])
        assert.deepEqual(await table.ids({ where: compare('value', 'eq', null) }), [1, 2])
      },
    ]),
  ),
})
