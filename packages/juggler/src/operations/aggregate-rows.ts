import { compileOrder, type Aggregate, type Call, type Entity, type Row } from '@reloop/connector'
import type { ModelRuntime } from '../model/runtime'
import { placeOf } from '../filter/keyset'

type Value = Aggregate['values'][string]

/** Takes rows one by one and tells what a function of them comes to. */
interface Fold {
  add(row: Row, value: unknown): void
  result(): unknown
}

/** Groups and functions for a store that only finds: its rows are read and added up here. */
export async function aggregateRows(model: ModelRuntime, query: Aggregate, call: Call): Promise<readonly Row[]> {
  const { connector, entity } = model
  const { where, groupBy = [], values, limit = Infinity } = query
  const paths = [...groupBy, ...Object.values(values).flatMap(({ path }) => (path ? [path] : []))]
  const columns = [...new Set(paths.map(([head]) => head!))]
  const rows = await connector.find({ entity, query: { ...(where && { where }), ...(columns.length && { columns }) } }, call)
  const groups = new Map<string, { key: Row; folds: Record<string, Fold> }>()
  const groupOf = (parts: readonly unknown[]) => {
    const text = JSON.stringify(parts.map(tagged))
    let group = groups.get(text)
    if (!group) groups.set(text, (group = { key: keyOf(groupBy, parts), folds: foldsOf(entity, values) }))
    return group
  }
  if (groupBy.length === 0) groupOf([])
  for (const row of rows) add(row, groupOf(groupBy.map((path) => at(row, path))), values)
  return [...groups.values()].slice(0, limit).map(({ key, folds }) => ({ ...key, ...results(folds) }))
}

function keyOf(groupBy: readonly (readonly string[])[], parts: readonly unknown[]): Row {
  return Object.fromEntries(groupBy.map((path, index) => [path.at(-1)!, parts[index]]))
}

function foldsOf(entity: Entity, values: Aggregate['values']): Record<string, Fold> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, foldOf(entity, value)]))
}

function results(folds: Record<string, Fold>): Row {
  return Object.fromEntries(Object.entries(folds).map(([name, fold]) => [name, fold.result()]))
}

function add(row: Row, { folds }: { folds: Record<string, Fold> }, values: Aggregate['values']): void {
  for (const [name, { path }] of Object.entries(values)) {
    const value = path ? at(row, path) : row
    if (value !== null) folds[name]!.add(row, value)
  }
}

function at(row: Row, path: readonly string[]): unknown {
  return placeOf(row, [{ path, direction: 'ASC' }])[0]
}

/** Values of different kinds are different, also where their text is the same. */
function tagged(value: unknown): unknown {
  if (value instanceof Date) return ['date', value.getTime()]
  return typeof value === 'bigint' ? ['bigint', String(value)] : [typeof value, value]
}

function foldOf(entity: Entity, { fn, path = [] }: Value): Fold {
  if (fn === 'count') return counting()
  if (fn === 'countDistinct') return counting(new Set())
  if (fn === 'sum') return summing(isExact(entity, path))
  if (fn === 'avg') return averaging()
  const order = compileOrder(entity, [{ path, direction: fn === 'min' ? 'ASC' : 'DESC' }])
  let best: { row: Row; value: unknown } | undefined
  return {
    add: (row, value) => void (best = best && order(row, best.row) >= 0 ? best : { row, value }),
    result: () => best?.value ?? null,
  }
}

function counting(seen?: Set<string>): Fold {
  let count = 0
  return {
    add: (_row, value) => void (seen ? seen.add(JSON.stringify(tagged(value))) : count++),
    result: () => seen?.size ?? count,
  }
}

function isExact(entity: Entity, path: readonly string[]): boolean {
  const type = path.length === 1 ? entity.byName.get(path[0]!)?.type : undefined
  return type === 'bigint' || type === 'decimal'
}

const point = 30

/** Whole and decimal numbers that a double would round are added as integers of 30 decimal places. */
function summing(exact: boolean): Fold {
  let [total, scaled, some] = [0, 0n, false]
  return {
    add(_row, value) {
      some = true
      if (exact) scaled += scaledOf(String(value))
      else total += Number(value)
    },
    result: () => (some ? (exact ? textOf(scaled) : total) : null),
  }
}

function scaledOf(text: string): bigint {
  const [whole = '0', part = ''] = text.replace('-', '').split('.')
  const value = BigInt(whole + part.slice(0, point).padEnd(point, '0'))
  return text.startsWith('-') ? -value : value
}

function textOf(scaled: bigint): string {
  const digits = String(scaled < 0n ? -scaled : scaled).padStart(point + 1, '0')
  const part = digits.slice(-point).replace(/0+$/, '')
  return `${scaled < 0n ? '-' : ''}${digits.slice(0, -point)}${part && `.${part}`}`
}

function averaging(): Fold {
  let [total, count] = [0, 0]
  return {
    add: (_row, value) => void ((total += Number(value)), count++),
    result: () => (count ? total / count : null),
  }
}
