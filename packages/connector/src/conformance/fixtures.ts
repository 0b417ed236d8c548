import type { Row } from '../connector'

/**
 * Rows of products. Made anew each time, because rows given to a connector are handed over.
 * 5 is all null; 6 holds what programs take for null: empty text, zero, false, the epoch, an empty list.
 */
export function products(): Row[] {
  return [
    {
      id: 1,
      name: 'Apple',
      price: 1.5,
      stock: 10,
      active: true,
      createdAt: new Date('2020-01-01T00:00:00.000Z'),
      released: '2020-01-01',
      tags: ['red', 'sweet'],
      ratings: [5, 4],
      details: {
        origin: { country: 'DE' },
        weight: 200,
        organic: true,
        parts: [
          { kind: 'core', size: 2 },
          { kind: 'skin', size: 1 },
        ],
      },
      brandId: 1,
    },
    {
      id: 2,
      name: 'apple',
      price: 0.5,
      stock: 5,
      active: false,
      createdAt: new Date('2021-06-15T12:30:45.123Z'),
      released: '2021-06-15',
      tags: ['red'],
      ratings: [1],
      details: { origin: { country: 'FR' }, weight: 1000, organic: false, parts: [] },
      brandId: 1,
    },
    {
      id: 3,
      name: 'Banana',
      price: 12,
      stock: 100,
      active: true,
      createdAt: new Date('2021-06-15T12:30:45.124Z'),
      released: '2021-06-16',
      tags: ['yellow', 'sweet', 'long'],
      ratings: [4, 4.5],
      details: { origin: { country: 'EC' }, weight: 95, code: '95', parts: [{ kind: 'skin', size: 5 }] },
      brandId: 2,
    },
    {
      id: 4,
      name: '100% juice_box',
      price: 3,
      stock: -3,
      active: true,
      createdAt: new Date('1969-07-20T20:17:40.500Z'),
      released: '1969-07-20',
      tags: ['sweet', 'red'],
      details: { origin: null, weight: null },
    },
    { id: 5 },
    {
      id: 6,
      name: '',
      price: 0,
      stock: 0,
      active: false,
      createdAt: new Date(0),
      released: '1970-01-01',
      tags: [],
      ratings: [],
      details: {},
    },
    {
      id: 7,
      name: 'Žlutý 🐎 \\ "x" \'y\'',
      price: -1.25,
      stock: 7,
      active: true,
      createdAt: new Date('2022-12-31T23:59:59.999Z'),
      tags: ['a,b', '{"c"}'],
    },
  ]
}

/** The ids of all products. */
export const everyProduct: readonly number[] = [1, 2, 3, 4, 5, 6, 7]

/** Rows of brands: 3 has no products. */
export function brands(): Row[] {
  return [
    { id: 1, group: 'Orchard', order: 2 },
    { id: 2, group: 'Plantation', order: 1 },
    { id: 3, group: 'Idle' },
  ]
}

/** Labels: 3 is on no product. */
export function labels(): Row[] {
  return [
    { id: 1, title: 'bio' },
    { id: 2, title: 'fair' },
    { id: 3, title: 'new' },
  ]
}

/** Which product has which label. */
export function productLabels(): Row[] {
  return [
    { id: 1, productId: 1, labelId: 1, primary: true },
    { id: 2, productId: 1, labelId: 2, primary: false },
    { id: 3, productId: 2, labelId: 2, primary: true },
    { id: 4, productId: 3, labelId: 1, primary: false },
  ]
}

/** Texts that break what is spliced instead of bound. */
export const nastyTexts: readonly string[] = [
  "' OR 1=1--",
  "\\' OR 1=1#",
  '"; DROP TABLE kit_product; --',
  "'); DELETE FROM kit_product; --",
  '%bf%27',
  '`x`',
  '$1',
  '?',
  ':name',
  '{NULL}',
  "}'",
  '{"a":1}',
  '[1]',
  '\\',
  '\\\\',
  '%',
  '_',
  '*',
  'null',
  'true',
  '1',
  ' lead and trail ',
  'line\nbreak\ttab\r\n',
  '\u2028\u200b',
  '🐎💥',
  'e\u0301',
  '$where',
  '__proto__',
  'constructor',
  '${7*7}',
  '<script>alert(1)</script>',
]
