import {
  and,
  bindValue,
  compileOrder,
  errors,
  keysetWhere,
  nearOf,
  orderByDistance,
  prepareMatch,
  type Entity,
  type Near,
  type Order,
  type PerParent,
  type Query,
  type Row,
  type RowOrder,
  type RowTest,
  type Where,
} from '@reloop/connector'
import type { Store } from '../store/store'
import type { Hash } from '../table/hash'
import { Key } from '../table/key'
import type { Session } from '../transaction/session'
import { candidates, type Candidates } from './candidates'
import { firstOf } from './first-of'
import type { Joins } from './joins'
import { projector } from './projector'
import { sourceOf } from './source'

/** A compiled query: takes the values of its slots and gives the rows. */
export type Find = (values: readonly unknown[], session: Session | undefined) => readonly Row[]

/** What queries are compiled against. */
export interface Base {
  readonly store: Store
  readonly joins: Joins
  readonly patternTime: number
}

/** What a page takes of the rows in order. */
interface Page {
  readonly skip: number
  readonly limit: number
}

type Sorting = (values: readonly unknown[]) => RowOrder | undefined

/**
 * Compiles a query, once per shape.
 *
 * @throws as `prepareMatch` and `compileOrder`
 */
export function compileFind(base: Base, entity: Entity, query: Query): Find {
  const { joins, patternTime } = base
  const table = base.store.table(entity)
  const where = whereOf(entity, query)
  const source = sourceOf(table, where)
  const bind = prepareMatch(entity, where, { resolve: joins.resolve, patternTime })
  const direction = directionOf(entity, query.order)
  const sorting = direction === 0 ? sortingOf(base, entity, query) : unsorted
  const cut = query.perParent && perParent(entity, query.perParent)
  const project = query.columns && projector(entity, query.columns)
  return (values, session) =>
    joins.within(session, () => {
      const found = candidates(table, source, { values, overlay: session?.changes.of(table) })
      const compare = sorting(values)
      const page = pageOf(query, values)
      const ordered = direction < 0 ? found.toReversed() : found
      const rows = cut
        ? slice(cut(sort(matching(ordered, bind(values), Infinity), compare), values), page)
        : pick(ordered, { test: bind(values), compare, page })
      return project ? rows.map(project) : rows
    })
}

function whereOf(entity: Entity, { where, order, after }: Query): Where | undefined {
  if (!after) return where
  const keys = order?.length ? order : entity.ids.map(({ name }): Order => ({ path: [name], direction: 'ASC' }))
  return and([where, keysetWhere(keys, after)])
}

/** 1 or -1 when the rows are already in the wanted order, or in the opposite one; else 0. */
function directionOf(entity: Entity, order: readonly Order[] | undefined): number {
  const first = order?.[0]
  if (!first) return 0
  const isId = entity.ids.length === 1 && !first.join && first.path.length === 1 && first.path[0] === entity.ids[0]!.name
  return isId ? (first.direction === 'DESC' ? -1 : 1) : 0
}

const unsorted: Sorting = () => undefined

function sortingOf({ joins }: Base, entity: Entity, { where, order }: Query): Sorting {
  if (order?.length) {
    const compare = compileOrder(entity, order, joins.resolve)
    return () => compare
  }
  const near = nearOf(where)
  if (!near) return unsorted
  return (values) => orderByDistance(near.path, bindValue(near.near, values) as Near)
}

function pageOf({ limit, skip }: Query, values: readonly unknown[]): Page {
  return {
    skip: skip === undefined ? 0 : wholeNumber('skip', bindValue(skip, values)),
    limit: limit === undefined ? Infinity : wholeNumber('limit', bindValue(limit, values)),
  }
}

function wholeNumber(operator: string, value: unknown): number {
  if (typeof value === 'number' && value >= 0 && (Number.isInteger(value) || value === Infinity)) return value
  throw errors.OPERATOR_INVALID({ property: 'query', operator, problem: 'it takes a whole number from 0' })
}

function pick(found: Candidates, { test, compare, page }: { test: RowTest; compare: RowOrder | undefined; page: Page }): readonly Row[] {
  const most = page.skip + page.limit
  if (!compare) return slice(matching(found, test, most), page)
  return slice(most < found.length ? firstOf(found, test, { most, compare }) : matching(found, test, Infinity).sort(compare), page)
}

function matching(found: Candidates, test: RowTest, most: number): Row[] {
  const rows: Row[] = []
  for (let index = 0; index < found.length && rows.length < most; index++) {
    const row = found[index]
    if (row !== undefined && test(row)) rows.push(row)
  }
  return rows
}

function sort(rows: Row[], compare: RowOrder | undefined): Row[] {
  return compare ? rows.sort(compare) : rows
}

function slice(rows: readonly Row[], { skip, limit }: Page): readonly Row[] {
  return skip === 0 && rows.length <= limit ? rows : rows.slice(skip, skip + limit)
}

/** Keeps of each parent's rows only a page. */
function perParent(entity: Entity, { key, limit, skip }: PerParent): (rows: readonly Row[], values: readonly unknown[]) => readonly Row[] {
  const parent = new Key(key, entity)
  return (rows, values) => {
    const page = pageOf({ limit, skip }, values)
    const seen = new Map<Hash, number>()
    return rows.filter((row) => {
      const at = parent.ofRow(row)
      const place = seen.get(at) ?? 0
      seen.set(at, place + 1)
      return place >= page.skip && place < page.skip + page.limit
    })
  }
}
