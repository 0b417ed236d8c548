import type { Operator, Path, Where } from '../query/ast'
import { and, compare, not, or } from '../query/build'
import { everyProduct } from './fixtures'

/** What a condition must find among the products: title, condition, ids. */
export interface WhereCase {
  readonly title: string
  readonly where: Where
  readonly ids: readonly number[]
}

type Line = readonly [title: string, path: string | Path, op: Operator, value: unknown, ids: readonly number[]]

const noon = '2021-06-15T12:30:45'
const others = (...ids: readonly number[]) => everyProduct.filter((id) => !ids.includes(id))
const named = others(5)

function lines(given: readonly Line[]): readonly WhereCase[] {
  return given.map(([title, path, op, value, ids]) => ({ title, where: compare(path, op, value), ids }))
}

/** Comparisons of properties with one value. */
export const scalarCases = lines([
  ['eq finds an equal text and regards its case', 'name', 'eq', 'Apple', [1]],
  ['eq finds the empty text, which is not null', 'name', 'eq', '', [6]],
  ['eq finds text with quotes, backslashes and emoji', 'name', 'eq', 'Žlutý 🐎 \\ "x" \'y\'', [7]],
  ['eq finds a number with decimals', 'price', 'eq', 1.5, [1]],
  ['eq finds zero, which is not null', 'price', 'eq', 0, [6]],
  ['eq finds a negative number', 'price', 'eq', -1.25, [7]],
  ['eq finds true', 'active', 'eq', true, [1, 3, 4, 7]],
  ['eq finds false, which is not null', 'active', 'eq', false, [2, 6]],
  ['eq finds a date to the millisecond', 'createdAt', 'eq', new Date(`${noon}.123Z`), [2]],
  ['eq finds the epoch, which is not null', 'createdAt', 'eq', new Date(0), [6]],
  ['eq finds a date before 1970', 'createdAt', 'eq', new Date('1969-07-20T20:17:40.500Z'), [4]],
  ['eq finds a date without time', 'released', 'eq', '2021-06-15', [2]],
  ['eq finds by id', 'id', 'eq', 3, [3]],
  ['eq finds nothing where nothing is equal', 'name', 'eq', 'Pear', []],
  ['eq null finds missing text', 'name', 'eq', null, [5]],
  ['eq null finds missing numbers', 'price', 'eq', null, [5]],
  ['eq null finds missing booleans', 'active', 'eq', null, [5]],
  ['eq null finds missing dates', 'createdAt', 'eq', null, [5]],
  ['eq null finds missing lists, not empty ones', 'tags', 'eq', null, [5]],
  ['eq null finds missing objects, not empty ones', 'details', 'eq', null, [5, 7]],
  ['neq leaves out equal rows and keeps null ones', 'name', 'neq', 'Apple', others(1)],
  ['neq of a number keeps null rows', 'price', 'neq', 0, others(6)],
  ['neq true finds false and null', 'active', 'neq', true, [2, 5, 6]],
  ['neq of a date keeps null rows', 'createdAt', 'neq', new Date(0), others(6)],
  ['neq null finds what has a value', 'name', 'neq', null, named],
  ['gt compares numbers', 'price', 'gt', 1.5, [3, 4]],
  ['gt does not match null', 'price', 'gt', -100, named],
  ['gt compares numbers as numbers, not as text', 'stock', 'gt', 9, [1, 3]],
  ['gte includes the value', 'price', 'gte', 1.5, [1, 3, 4]],
  ['lt compares numbers', 'price', 'lt', 0.5, [6, 7]],
  ['lt does not match null', 'price', 'lt', 100, named],
  ['lte includes the value', 'price', 'lte', 0.5, [2, 6, 7]],
  ['gt compares text by code unit', 'name', 'gt', 'Banana', [2, 7]],
  ['lt compares text by code unit', 'name', 'lt', 'A', [4, 6]],
  ['gt compares dates to the millisecond', 'createdAt', 'gt', new Date(`${noon}.123Z`), [3, 7]],
  ['gte of a date includes it', 'createdAt', 'gte', new Date(`${noon}.124Z`), [3, 7]],
  ['lt compares dates before 1970', 'createdAt', 'lt', new Date(0), [4]],
  ['lte of a date includes it', 'createdAt', 'lte', new Date(0), [4, 6]],
  ['gt compares dates without time', 'released', 'gt', '2020-01-01', [2, 3]],
  ['between includes both ends', 'price', 'between', [0.5, 3], [1, 2, 4]],
  ['between with its ends the wrong way round finds nothing', 'price', 'between', [3, 0.5], []],
  ['between of two equal values finds it', 'stock', 'between', [7, 7], [7]],
  ['between compares dates', 'createdAt', 'between', [new Date(`${noon}.123Z`), new Date(`${noon}.124Z`)], [2, 3]],
  ['between compares text', 'name', 'between', ['A', 'B'], [1]],
  ['exists true finds what has a value', 'name', 'exists', true, named],
  ['exists false finds null', 'name', 'exists', false, [5]],
])

/** Comparisons with a list of values. */
export const inqCases = lines([
  ['inq finds any of a list', 'id', 'inq', [1, 3, 99], [1, 3]],
  ['inq finds any of some texts, the empty one included', 'name', 'inq', ['Apple', ''], [1, 6]],
  ['inq takes a list of one', 'name', 'inq', ['Banana'], [3]],
  ['inq takes duplicates', 'id', 'inq', [2, 2, 2], [2]],
  ['inq of an empty list finds nothing, never everything', 'id', 'inq', [], []],
  ['inq finds dates', 'createdAt', 'inq', [new Date(0), new Date(`${noon}.123Z`)], [2, 6]],
  ['inq finds numbers with decimals', 'price', 'inq', [1.5, -1.25], [1, 7]],
  ['inq finds booleans', 'active', 'inq', [false], [2, 6]],
  ['inq with null in the list finds null too', 'name', 'inq', ['Apple', null], [1, 5]],
  ['inq of null alone finds null', 'name', 'inq', [null], [5]],
  ['nin leaves out any of a list and keeps null rows', 'name', 'nin', ['Apple', 'Banana'], others(1, 3)],
  ['nin of an empty list finds everything', 'name', 'nin', [], everyProduct],
  ['nin of numbers keeps null rows', 'price', 'nin', [1.5, 0], others(1, 6)],
  ['nin of dates keeps null rows', 'createdAt', 'nin', [new Date(0)], others(6)],
  ['nin with null in the list leaves out null too', 'name', 'nin', ['Apple', null], others(1, 5)],
  ['nin of null alone finds what has a value', 'name', 'nin', [null], named],
])

/** Operators on text. */
export const textCases = lines([
  ['like with % finds every text and no null', 'name', 'like', '%', named],
  ['like matches the beginning', 'name', 'like', 'A%', [1]],
  ['like matches in the middle', 'name', 'like', '%an%', [3]],
  ['like without % must match the whole text', 'name', 'like', 'an', []],
  ['like without wildcards is equality', 'name', 'like', 'Apple', [1]],
  ['like regards case', 'name', 'like', 'a%', [2]],
  ['like takes _ for one character', 'name', 'like', '_pple', [1, 2]],
  ['like takes _ for one character beyond the basic plane', 'name', 'like', 'Žlutý _ %', [7]],
  ['like takes an escaped % literally', 'name', 'like', '100\\%%', [4]],
  ['like takes an escaped _ literally', 'name', 'like', '%\\_%', [4]],
  ['like takes an escaped backslash literally', 'name', 'like', '%\\\\%', [7]],
  ['like finds quotes', 'name', 'like', '%"x" \'y\'', [7]],
  ['like of the empty pattern finds the empty text', 'name', 'like', '', [6]],
  ['like gives no meaning to signs of regular expressions', 'name', 'like', 'A.*', []],
  ['nlike finds all other rows, null ones included', 'name', 'nlike', 'A%', others(1)],
  ['nlike with % finds null only', 'name', 'nlike', '%', [5]],
  ['ilike disregards case', 'name', 'ilike', 'APP%', [1, 2]],
  ['ilike takes _ for one character', 'name', 'ilike', '_PPLE', [1, 2]],
  ['ilike takes an escaped _ literally', 'name', 'ilike', '%JUICE\\_BOX', [4]],
  ['nilike finds all other rows, null ones included', 'name', 'nilike', 'a%', others(1, 2)],
  ['startsWith matches the beginning', 'name', 'startsWith', 'App', [1]],
  ['startsWith takes % literally', 'name', 'startsWith', '100%', [4]],
  ['startsWith finds nothing by a wildcard', 'name', 'startsWith', '%', []],
  ['startsWith of the empty text finds every text', 'name', 'startsWith', '', named],
  ['endsWith matches the end', 'name', 'endsWith', 'ple', [1, 2]],
  ['endsWith takes _ literally', 'name', 'endsWith', '_box', [4]],
  ['endsWith finds nothing by a wildcard', 'name', 'endsWith', '%', []],
  ['contains matches in the middle and regards case', 'name', 'contains', 'an', [3]],
  ['contains does not disregard case', 'name', 'contains', 'AN', []],
  ['contains takes % literally', 'name', 'contains', '%', [4]],
  ['contains takes _ literally', 'name', 'contains', '_', [4]],
  ['contains takes a backslash literally', 'name', 'contains', '\\', [7]],
  ['contains takes a quote literally', 'name', 'contains', "'", [7]],
  ['contains finds an emoji', 'name', 'contains', '🐎', [7]],
  ['regexp matches anywhere in the text', 'name', 'regexp', { source: 'an', flags: '' }, [3]],
  ['regexp regards case', 'name', 'regexp', { source: '^A', flags: '' }, [1]],
  ['regexp with the flag i disregards case', 'name', 'regexp', { source: '^A', flags: 'i' }, [1, 2]],
  ['regexp matches the end', 'name', 'regexp', { source: 'e$', flags: '' }, [1, 2]],
  ['regexp knows classes and counts', 'name', 'regexp', { source: '^[0-9]{3}% [a-z_]+$', flags: '' }, [4]],
  ['regexp knows groups and alternatives', 'name', 'regexp', { source: '^(Ban|App)(ana|le)$', flags: '' }, [1, 3]],
  ['regexp finds quotes', 'name', 'regexp', { source: "'y'", flags: '' }, [7]],
  ['regexp does not match null', 'name', 'regexp', { source: '', flags: '' }, named],
])

/** Properties that hold lists. */
export const listCases = lines([
  ['eq finds lists with such an element', 'tags', 'eq', 'red', [1, 2, 4]],
  ['eq compares whole elements', 'tags', 'eq', 're', []],
  ['eq finds numbers in lists', 'ratings', 'eq', 4, [1, 3]],
  ['eq of a list finds the list, its order regarded', 'tags', 'eq', ['red', 'sweet'], [1]],
  ['eq of the empty list finds the empty list', 'tags', 'eq', [], [6]],
  ['neq finds lists without such an element, empty and missing ones', 'tags', 'neq', 'red', [3, 5, 6, 7]],
  ['neq of a list finds all other rows', 'tags', 'neq', ['red', 'sweet'], others(1)],
  ['inq finds lists with one of the values', 'tags', 'inq', ['yellow', 'red'], [1, 2, 3, 4]],
  ['inq of an empty list finds no list', 'tags', 'inq', [], []],
  ['inq finds numbers with decimals in lists', 'ratings', 'inq', [1, 4.5], [2, 3]],
  ['inq with null finds missing lists too', 'tags', 'inq', ['long', null], [3, 5]],
  ['nin finds lists with none of the values, empty and missing ones', 'tags', 'nin', ['red', 'long'], [5, 6, 7]],
  ['contains finds lists with all the values', 'tags', 'contains', ['sweet', 'red'], [1, 4]],
  ['contains of one value finds it', 'tags', 'contains', ['long'], [3]],
  ['contains of nothing finds every list', 'tags', 'contains', [], named],
  ['contains takes commas, quotes and brackets literally', 'tags', 'contains', ['a,b', '{"c"}'], [7]],
  ['containsAny finds lists with one of the values', 'tags', 'containsAny', ['long', 'red'], [1, 2, 3, 4]],
  ['containsAny of nothing finds nothing', 'tags', 'containsAny', [], []],
  ['containedBy finds lists with nothing else', 'tags', 'containedBy', ['red', 'sweet', 'x'], [1, 2, 4, 6]],
  ['containedBy of nothing finds the empty list', 'tags', 'containedBy', [], [6]],
  ['exists tells a missing list from an empty one', 'ratings', 'exists', false, [4, 5, 7]],
])

const country = ['details', 'origin', 'country']
const weight = ['details', 'weight']
const kind = ['details', 'parts', 'kind']

/** Places inside of objects. */
export const nestedCases = lines([
  ['eq finds text inside an object', country, 'eq', 'DE', [1]],
  ['eq null finds what is null or missing at any depth', country, 'eq', null, [4, 5, 6, 7]],
  ['eq finds a number inside an object', weight, 'eq', 95, [3]],
  ['eq of text does not find a number', weight, 'eq', '95', []],
  ['eq of a number does not find text', ['details', 'code'], 'eq', 95, []],
  ['eq finds text that looks like a number', ['details', 'code'], 'eq', '95', [3]],
  ['eq finds true inside an object', ['details', 'organic'], 'eq', true, [1]],
  ['eq finds false inside an object', ['details', 'organic'], 'eq', false, [2]],
  ['eq finds nothing at a place that no row has', ['details', 'nowhere', 'x'], 'eq', 1, []],
  ['neq keeps rows where the place is missing', country, 'neq', 'DE', others(1)],
  ['neq null finds what is there', country, 'neq', null, [1, 2, 3]],
  ['inq finds text inside an object', country, 'inq', ['DE', 'EC'], [1, 3]],
  ['inq finds numbers inside an object', weight, 'inq', [95, 1000], [2, 3]],
  ['nin keeps rows where the place is missing', country, 'nin', ['DE', 'FR'], others(1, 2)],
  ['gt compares numbers inside an object as numbers', weight, 'gt', 100, [1, 2]],
  ['lt does not match what is missing', weight, 'lt', 200, [3]],
  ['between compares numbers inside an object', weight, 'between', [95, 200], [1, 3]],
  ['gt compares text inside an object', country, 'gt', 'E', [2, 3]],
  ['like matches text inside an object', country, 'like', '_R', [2]],
  ['nlike keeps rows where the place is missing', country, 'nlike', 'D%', others(1)],
  ['startsWith matches text inside an object', country, 'startsWith', 'E', [3]],
  ['regexp matches text inside an object', country, 'regexp', { source: '^[DF]', flags: '' }, [1, 2]],
  ['exists finds what is there', ['details', 'origin'], 'exists', true, [1, 2, 3]],
  ['exists false finds null and missing', weight, 'exists', false, [4, 5, 6, 7]],
  ['eq finds any element of a list of objects', kind, 'eq', 'skin', [1, 3]],
  ['neq finds lists of objects without such an element', kind, 'neq', 'skin', [2, 4, 5, 6, 7]],
  ['gt compares any element of a list of objects', ['details', 'parts', 'size'], 'gt', 4, [3]],
  ['eq null finds lists of objects without any value there', kind, 'eq', null, [2, 4, 5, 6, 7]],
])

const apple = compare('name', 'ilike', 'apple')
const active = compare('active', 'eq', true)
const cheap = compare('price', 'lt', 1)

/** Conditions of conditions. */
export const logicCases: readonly WhereCase[] = [
  { title: 'and holds when all hold', where: and([apple, active]), ids: [1] },
  { title: 'and of nothing holds for every row', where: and([]), ids: everyProduct },
  { title: 'or holds when one holds', where: or([apple, cheap]), ids: [1, 2, 6, 7] },
  { title: 'or of nothing holds for no row', where: or([]), ids: [] },
  {
    title: 'and takes several conditions on one property',
    where: and([compare('price', 'gt', 0), compare('price', 'lt', 3)]),
    ids: [1, 2],
  },
  { title: 'or inside and', where: and([active, or([compare('id', 'eq', 1), compare('id', 'eq', 2)])]), ids: [1] },
  { title: 'and inside or', where: or([and([apple, cheap]), compare('id', 'eq', 5)]), ids: [2, 5] },
  { title: 'nothing inside or adds nothing', where: or([apple, Object.freeze({ kind: 'or', items: [] })]), ids: [1, 2] },
  { title: 'forty conditions side by side', where: or(Array.from({ length: 40 }, (_, id) => compare('id', 'eq', id))), ids: everyProduct },
  { title: 'twelve conditions inside each other', where: nest(12), ids: [1] },
]

/** `not` where the opposite has to be more than another operator; every other case is turned as well. */
export const notCases: readonly WhereCase[] = [
  { title: 'nor: neither of two holds', where: not(or([apple, cheap])), ids: [3, 4, 5] },
  { title: 'not of and holds when one fails, null rows included', where: not(and([apple, active])), ids: others(1) },
  { title: 'not of not is the condition', where: Object.freeze({ kind: 'not', item: not(apple) }), ids: [1, 2] },
  { title: 'not of gt holds for null', where: not(compare('price', 'gt', 0)), ids: [5, 6, 7] },
  { title: 'not of between holds for null', where: not(compare('price', 'between', [0, 5])), ids: [3, 5, 7] },
  { title: 'not inside or', where: or([not(active), apple]), ids: [1, 2, 5, 6] },
  { title: 'not inside and', where: and([not(apple), active]), ids: [3, 4, 7] },
]

function nest(depth: number): Where {
  return depth === 0 ? compare('id', 'eq', 1) : Object.freeze({ kind: depth % 2 ? 'and' : 'or', items: Object.freeze([nest(depth - 1)]) })
}
