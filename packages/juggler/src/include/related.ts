import { chunk, type Row } from '@reloop/connector'
import type { Filter } from '../filter/filter'
import { mergeWhere } from '../filter/merge'
import { ours } from '../guard/ours'
import type { GuardHop } from '../model/options'
import { Operation, readQuery } from '../operations/begin'
import { readRows, type Read } from '../operations/read'
import { toInstances } from '../operations/instances'
import type { ModelRuntime } from '../model/runtime'
import type { PlanOptions } from '../filter/plan'
import type { LoadingAgain } from './load'

/** Related rows with what stands for each in the result: an instance, or a row in wire shape. */
export interface Related {
  readonly rows: readonly Row[]
  readonly values: readonly unknown[]
}

/** What is asked of a related model. */
export interface RelatedQuery {
  readonly model: ModelRuntime
  readonly filter: Filter
  /** The key, and its values among the parents. */
  readonly key: string
  readonly keys: readonly unknown[]
  readonly perParent?: boolean
  readonly hop?: GuardHop
}

const nobody: Related = Object.freeze({ rows: [], values: [] })

/** Reads the rows of a model whose key is one of many values. */
export async function loadRelated(asked: RelatedQuery, loading: LoadingAgain): Promise<Related> {
  if (asked.keys.length === 0) return nobody
  const most = Math.max(1, Math.min(asked.model.connector.capabilities.maxValues - 100, 30_000))
  const parts: Related[] = []
  for (const keys of chunk(asked.keys, most)) parts.push(await loadPart({ ...asked, keys }, loading))
  return parts.length === 1 ? parts[0]! : { rows: parts.flatMap((part) => part.rows), values: parts.flatMap((part) => part.values) }
}

async function loadPart(asked: RelatedQuery, loading: LoadingAgain): Promise<Related> {
  const { model, key, keys } = asked
  if (!model.ready) await model.whenReady('find')
  const where = ours(keys.length === 1 ? { [key]: keys[0] } : { [key]: { inq: keys } })
  const filter = { ...asked.filter, where: mergeWhere(where, asked.filter.where) }
  const asInstances = loading.mode === 'instances' || model.rows.instances
  const { fromOutside: _, ...inside } = loading.options
  const shared = asInstances ? new Operation(model, loading.options) : undefined
  const query = await readQuery(model, { filter, action: 'find', shared, hop: asked.hop }, inside)
  const plan: PlanOptions & { trusted: true } = {
    also: [key],
    outside: false,
    trusted: true,
    ...(asked.perParent && { perParent: { key: [key] } }),
  }
  const read = await readRows(model, { query, plan, load: (rows, inner) => loading.again(rows, inner, asked.hop) }, inside)
  loading.budget.take(read.rows.length)
  return { rows: read.rows, values: await valuesOf(model, read, { asInstances, shared, loading }) }
}

async function valuesOf(
  model: ModelRuntime,
  read: Read,
  given: { asInstances: boolean; shared?: Operation; loading: LoadingAgain },
): Promise<readonly unknown[]> {
  if (given.asInstances) return toInstances(model, read, { shared: given.shared, options: given.loading.options })
  return model.rows.shape(read, true)
}
