import { changeOperators, errors, sameValue, type Change, type ChangeOperator, type Entity, type Row } from '@reloop/connector'
import { freezeRow, keep, mergeRow, put } from '../table/freeze-row'

type Apply = (old: unknown, operand: unknown) => unknown

/** A row as it is after a change; the given row stays as it was. */
export type ChangeRow = (row: Row) => Row

/**
 * Compiles what an update does to one row. A missing number counts as zero, a missing list as empty; `min` and `max` of a missing value
 * set it; `unset` leaves the value out.
 *
 * @throws VALUE_INVALID, when called, where a value is no number or no list
 */
export function compileChange(entity: Entity, change: Change): ChangeRow {
  const used = changeOperators.filter((operator) => change[operator] !== undefined)
  const set = change.set && freezeRow(change.set)
  if (used.length === 0) return (row) => mergeRow(row, set)
  const steps = used.flatMap((operator) =>
    Object.entries(change[operator]!).map(([name, operand]) => stepOf(entity, { operator, name, operand })),
  )
  return (row) => {
    const next: Record<string, unknown> = { ...mergeRow(row, set) }
    for (const step of steps) step(next)
    return mergeRow(next, undefined)
  }
}

interface Given {
  readonly operator: ChangeOperator
  readonly name: string
  readonly operand: unknown
}

function stepOf(entity: Entity, { operator, name, operand }: Given): (row: Record<string, unknown>) => void {
  const apply = operations[operator]
  const needed = operator === 'inc' || operator === 'mul' ? 'number' : lists.has(operator) ? 'list' : 'any'
  const invalid = (expected: string) => errors.VALUE_INVALID({ model: entity.name, property: name, expected })
  if (needed === 'number' && !isNumber(operand)) throw invalid('changed by a number')
  return (row) => {
    const old = Object.hasOwn(row, name) ? (row[name] ?? undefined) : undefined
    if (old !== undefined && needed === 'number' && !isNumber(old)) throw invalid('a number')
    if (old !== undefined && needed === 'list' && !Array.isArray(old)) throw invalid('a list')
    const value = apply(old, operand)
    if (value === undefined) delete row[name]
    else put(row, name, keep(value))
  }
}

const lists: ReadonlySet<ChangeOperator> = new Set(['push', 'pull', 'addToSet'])

const operations: Readonly<Record<ChangeOperator, Apply>> = {
  inc: (old, by) => arithmetic(old, by, { number: (a, b) => a + b, bigint: (a, b) => a + b }),
  mul: (old, by) => arithmetic(old, by, { number: (a, b) => a * b, bigint: (a, b) => a * b }),
  min: (old, value) => (old === undefined || (value as number) < (old as number) ? value : old),
  max: (old, value) => (old === undefined || (value as number) > (old as number) ? value : old),
  push: (old, value) => [...listOf(old), ...listOf(value)],
  pull: (old, value) => old && listOf(old).filter((item) => !holds(listOf(value), item)),
  addToSet: (old, value) =>
    listOf(value).reduce<readonly unknown[]>((list, item) => (holds(list, item) ? list : [...list, item]), listOf(old)),
  unset: () => undefined,
}

interface Arithmetic {
  number(a: number, b: number): number
  bigint(a: bigint, b: bigint): bigint
}

function arithmetic(old: unknown, by: unknown, { number, bigint }: Arithmetic): unknown {
  if (typeof old === 'bigint' || typeof by === 'bigint') return bigint(BigInt((old ?? 0) as bigint), BigInt(by as bigint))
  return number((old ?? 0) as number, by as number)
}

function isNumber(value: unknown): boolean {
  return typeof value === 'bigint' || (typeof value === 'number' && Number.isFinite(value))
}

/** One value is a list of it, and no value an empty one. */
function listOf(value: unknown): readonly unknown[] {
  if (value === undefined) return []
  return Array.isArray(value) ? (value as readonly unknown[]) : [value]
}

function holds(list: readonly unknown[], value: unknown): boolean {
  return list.some((item) => sameValue(item, value))
}
