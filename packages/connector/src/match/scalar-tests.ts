import type { EntityProperty, PropertyType } from '../entity'
import type { Row } from '../connector'
import type { Compare } from '../query/ast'

type RowTest = (row: Row) => boolean
type Kind = 'number' | 'string' | 'boolean'

const kinds: Partial<Record<PropertyType, Kind>> = {
  number: 'number',
  integer: 'number',
  string: 'string',
  text: 'string',
  dateOnly: 'string',
  boolean: 'boolean',
}

/**
 * The comparisons that most filters are made of, each as one function without further calls: a declared property of a plain type
 * against a value of that type.
 *
 * @param property of the entity; left out when the path is longer or not declared
 * @param op the operator
 * @param value operand
 * @returns the test, or undefined when the general way must be taken
 */
export function scalarTest(property: EntityProperty | undefined, op: Compare['op'], value: unknown): RowTest | undefined {
  if (!property || property.name in Object.prototype) return undefined
  if (property.type === 'date') return value instanceof Date ? dateTest(property.name, op, value.getTime()) : undefined
  const kind = kinds[property.type]
  if (kind === undefined) return undefined
  if (op === 'inq' || op === 'nin') return listTest({ key: property.name, kind }, op, value)
  if (typeof value !== kind) return undefined
  if (op === 'eq') return (row) => row[property.name] === value
  if (op === 'neq') return (row) => row[property.name] !== value
  if (typeof value === 'number') return numberTest(property.name, op, value)
  return typeof value === 'string' ? stringTest(property.name, op, value) : undefined
}

function numberTest(key: string, op: Compare['op'], value: number): RowTest | undefined {
  switch (op) {
    case 'gt':
      return (row) => {
        const own = row[key]
        return typeof own === 'number' && own > value
      }
    case 'gte':
      return (row) => {
        const own = row[key]
        return typeof own === 'number' && own >= value
      }
    case 'lt':
      return (row) => {
        const own = row[key]
        return typeof own === 'number' && own < value
      }
    case 'lte':
      return (row) => {
        const own = row[key]
        return typeof own === 'number' && own <= value
      }
    default:
      return undefined
  }
}

function stringTest(key: string, op: Compare['op'], value: string): RowTest | undefined {
  switch (op) {
    case 'gt':
      return (row) => {
        const own = row[key]
        return typeof own === 'string' && own > value
      }
    case 'gte':
      return (row) => {
        const own = row[key]
        return typeof own === 'string' && own >= value
      }
    case 'lt':
      return (row) => {
        const own = row[key]
        return typeof own === 'string' && own < value
      }
    case 'lte':
      return (row) => {
        const own = row[key]
        return typeof own === 'string' && own <= value
      }
    default:
      return undefined
  }
}

function dateTest(key: string, op: Compare['op'], time: number): RowTest | undefined {
  switch (op) {
    case 'gt':
      return (row) => timeAt(row, key) > time
    case 'gte':
      return (row) => timeAt(row, key) >= time
    case 'lt':
      return (row) => timeAt(row, key) < time
    case 'lte':
      return (row) => timeAt(row, key) <= time
    default:
      return undefined
  }
}

function timeAt(row: Row, key: string): number {
  const own = row[key]
  return own instanceof Date ? own.getTime() : NaN
}

function listTest({ key, kind }: { readonly key: string; readonly kind: Kind }, op: 'inq' | 'nin', value: unknown): RowTest | undefined {
  if (!Array.isArray(value) || !value.every((one) => typeof one === kind)) return undefined
  const known = new Set<unknown>(value)
  return op === 'inq' ? (row) => known.has(row[key]) : (row) => !known.has(row[key])
}
