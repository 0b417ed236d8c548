import { compileOrder, type Aggregate, type Entity, type Path, type Row, type RowOrder } from '@reloop/connector'
import { hash, hashAll, type Hash } from '../table/hash'
import { ExactSum } from './exact-sum'
import { valueAt } from './value-at'

type Function = Aggregate['values'][string]

/** Takes values one by one and tells, at the end, what they come to. */
interface Fold {
  add(value: unknown, row: Row): void
  result(): unknown
}

type Making = readonly (readonly [name: string, make: () => Fold, path: Path | undefined])[]

/** Groups rows and computes functions of their values; null values are not regarded, and functions of nothing but counts are null. */
export function aggregate(entity: Entity, rows: readonly Row[], { groupBy = [], values, limit = Infinity }: Aggregate): readonly Row[] {
  const making: Making = Object.entries(values).map(([name, one]) => [name, makerOf(entity, one), one.path])
  const groups = new Map<Hash, Group>()
  if (groupBy.length === 0) groups.set(hashAll([]), new Group({}, making))
  for (const row of rows) {
    const parts = groupBy.map((path) => valueAt(row, path) ?? null)
    const at = hashAll(parts.map(hash))
    let group = groups.get(at)
    if (!group) groups.set(at, (group = new Group(Object.fromEntries(groupBy.map((path, index) => [path.at(-1)!, parts[index]])), making)))
    group.add(row)
  }
  return [...groups.values()].slice(0, limit).map((group) => group.row())
}

class Group {
  readonly #folds: readonly (readonly [name: string, fold: Fold, path: Path | undefined])[]

  constructor(
    private readonly key: Row,
    making: Making,
  ) {
    this.#folds = making.map(([name, make, path]) => [name, make(), path])
  }

  add(row: Row): void {
    for (const [, fold, path] of this.#folds) {
      const value = path ? valueAt(row, path) : row
      if (value !== null && value !== undefined) fold.add(value, row)
    }
  }

  row(): Row {
    return { ...this.key, ...Object.fromEntries(this.#folds.map(([name, fold]) => [name, fold.result()])) }
  }
}

function makerOf(entity: Entity, { fn, path = [] }: Function): () => Fold {
  switch (fn) {
    case 'count':
      return () => counted(() => true)
    case 'countDistinct':
      return distinct
    case 'sum':
      return () => new ExactSum()
    case 'avg':
      return average
    case 'min':
    case 'max': {
      const compare = compileOrder(entity, [{ path, direction: fn === 'min' ? 'ASC' : 'DESC' }])
      return () => first(compare)
    }
  }
}

function counted(counts: (value: unknown) => boolean): Fold {
  let count = 0
  return {
    add(value) {
      if (counts(value)) count++
    },
    result: () => count,
  }
}

function distinct(): Fold {
  const seen = new Set<Hash>()
  return counted((value) => seen.size < seen.add(hash(value)).size)
}

function average(): Fold {
  let [total, count] = [0, 0]
  return {
    add(value) {
      total += Number(value)
      count++
    },
    result: () => (count === 0 ? null : total / count),
  }
}

/** The value of the row that an order puts first. */
function first(compare: RowOrder): Fold {
  let best: { readonly value: unknown; readonly row: Row } | undefined
  return {
    add(value, row) {
      if (!best || compare(row, best.row) < 0) best = { value, row }
    },
    result: () => best?.value ?? null,
  }
}
