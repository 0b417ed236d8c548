import { isSlot, type Compare, type Entity, type Where } from '@reloop/connector'
import type { Cell } from '../table/cell'
import type { Hash } from '../table/hash'
import type { Key } from '../table/key'
import type { Table } from '../table/table'

/** Finds, without a scan, cells among which all the wanted ones are. */
export interface Source {
  /** How many cells there are at most; Infinity when the values do not allow to tell. */
  size(values: readonly unknown[]): number
  cells(values: readonly unknown[]): readonly Cell[]
}

/** What finds cells by the values of a key: the table itself, or one of its indexes. */
export interface Finder {
  readonly key: Key
  size(at: Hash): number
  cells(at: Hash): readonly Cell[]
}

/**
 * The way to the rows of a condition by ids or indexes: `eq` and `inq` of them, the cheapest part of an `and`, every part of an `or`.
 *
 * @returns undefined when there is none but the scan
 */
export function sourceOf(table: Table, where: Where | undefined): Source | undefined {
  switch (where?.kind) {
    case 'compare':
      return cheapest(single(table, where))
    case 'and':
      return cheapest([...where.items.map((item) => sourceOf(table, item)), ...composite(table, where.items)])
    case 'or':
      return union(where.items.map((item) => sourceOf(table, item)))
    default:
      return undefined
  }
}

/** The id that a condition asks for, if that is all it does: the operand, a slot included. */
export function soleId(entity: Entity, where: Where | undefined): { readonly value: unknown } | undefined {
  const [id, second] = entity.ids
  if (!id || second || where?.kind !== 'compare' || where.op !== 'eq' || where.path.length !== 1 || where.path[0] !== id.name)
    return undefined
  return where.value === null || where.value === undefined ? undefined : { value: where.value }
}

/** The table by its ids, and its indexes. */
export function findersOf(table: Table): readonly Finder[] {
  const own: Finder = {
    key: table.key,
    size: (at) => (table.cells.has(at) ? 1 : 0),
    cells(at) {
      const cell = table.cells.get(at)
      return cell ? [cell] : []
    },
  }
  return table.key.properties.length > 0 ? [own, ...table.indexes] : table.indexes
}

function single(table: Table, { path, op, value }: Compare): readonly Source[] {
  if (path.length !== 1 || (op !== 'eq' && op !== 'inq')) return []
  const finders = findersOf(table).filter(({ key }) => key.properties.length === 1 && key.properties[0] === path[0])
  return finders.map((finder) => (op === 'eq' ? byValues(finder, [value]) : byList(finder, value)))
}

/** Keys of several parts, when each part is compared with one value. */
function composite(table: Table, items: readonly Where[]): readonly Source[] {
  const operands = new Map(
    items
      .filter((item): item is Compare => item.kind === 'compare' && item.op === 'eq' && item.path.length === 1)
      .map(({ path, value }) => [path[0]!, value]),
  )
  const whole = ({ key }: Finder) => key.properties.length > 1 && key.properties.every((name) => operands.has(name))
  return findersOf(table)
    .filter(whole)
    .map((finder) =>
      byValues(
        finder,
        finder.key.properties.map((name) => operands.get(name)),
      ),
    )
}

function byValues(finder: Finder, operands: readonly unknown[]): Source {
  const bound = (values: readonly unknown[]) => operands.map((operand) => valueOf(operand, values))
  return {
    size(values) {
      const parts = bound(values)
      return finder.key.tells(parts) ? finder.size(finder.key.ofValues(parts)) : Infinity
    },
    cells: (values) => finder.cells(finder.key.ofValues(bound(values))),
  }
}

function byList(finder: Finder, operand: unknown): Source {
  const list = (values: readonly unknown[]) => {
    const given = valueOf(operand, values)
    return Array.isArray(given) ? (given as readonly unknown[]) : undefined
  }
  return {
    size(values) {
      let size = 0
      for (const value of list(values) ?? [{}]) size += finder.key.tells([value]) ? finder.size(finder.key.ofValues([value])) : Infinity
      return size
    },
    cells: (values) => list(values)!.flatMap((value) => finder.cells(finder.key.ofValues([value]))),
  }
}

function cheapest(sources: readonly (Source | undefined)[]): Source | undefined {
  const given = sources.filter((source) => source !== undefined)
  if (given.length < 2) return given[0]
  const best = (values: readonly unknown[]) => given.reduce((least, source) => (source.size(values) < least.size(values) ? source : least))
  return { size: (values) => best(values).size(values), cells: (values) => best(values).cells(values) }
}

function union(sources: readonly (Source | undefined)[]): Source | undefined {
  if (sources.length === 0 || sources.includes(undefined)) return undefined
  const all = sources as readonly Source[]
  return {
    size: (values) => all.reduce((size, source) => size + source.size(values), 0),
    cells: (values) => all.flatMap((source) => source.cells(values)),
  }
}

function valueOf(operand: unknown, values: readonly unknown[]): unknown {
  return isSlot(operand) ? values[operand.slot] : operand
}
