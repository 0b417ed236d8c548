import type { Operator } from '@reloop/connector'

/** Operators of a filter, and what each is for a store. */
export const operatorNames: ReadonlyMap<string, Operator | 'not'> = new Map<string, Operator | 'not'>([
  ['eq', 'eq'],
  ['neq', 'neq'],
  ['gt', 'gt'],
  ['gte', 'gte'],
  ['lt', 'lt'],
  ['lte', 'lte'],
  ['between', 'between'],
  ['inq', 'inq'],
  ['nin', 'nin'],
  ['like', 'like'],
  ['nlike', 'nlike'],
  ['ilike', 'ilike'],
  ['nilike', 'nilike'],
  ['regexp', 'regexp'],
  ['startsWith', 'startsWith'],
  ['endsWith', 'endsWith'],
  ['contains', 'contains'],
  ['containsAny', 'containsAny'],
  ['containsAnyOf', 'containsAny'],
  ['containedBy', 'containedBy'],
  ['exists', 'exists'],
  ['near', 'near'],
  ['not', 'not'],
])

/** The order in which LoopBack looked for the one operator that it kept. */
export const firstOperator = [
  'eq',
  'gt',
  'gte',
  'lt',
  'lte',
  'between',
  'inq',
  'nin',
  'neq',
  'like',
  'nlike',
  'ilike',
  'nilike',
  'regexp',
] as const

/** Keys that stand beside an operator and belong to it. */
export const besideOperators: ReadonlySet<string> = new Set(['options', 'maxDistance', 'minDistance', 'unit'])
