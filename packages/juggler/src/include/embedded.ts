import type { Row } from '@reloop/connector'
import { errors } from '../errors'
import { askGuard } from '../guard/ask'
import { testOf } from '../guard/guard-write'
import { hopOver } from '../guard/over-relation'
import { withhold } from '../guard/withhold'
import type { ModelRuntime } from '../model/runtime'
import { fromRow, own, extra } from '../model/instance'
import { wireOf } from '../model/wire'
import type { ModelInstance } from '../model/types'
import { omit } from '../operations/project'
import { isPlainObject, type PlainObject } from '../value/plain'
import type { LoadingAgain } from './load'
import { planInclude, type IncludeStep } from './plan'

/** Embedded rows are in the parents already: no query, but for what they include themselves. */
export async function embedded(rows: readonly Row[], step: IncludeStep, loading: LoadingAgain): Promise<readonly unknown[]> {
  const { relation } = step
  const model = relation.target()
  if (!model) throw errors.RELATION_TARGET_UNKNOWN({ target: relation.name, model: String(relation.modelFrom) })
  const lists = rows.map((row) => embeddedIn(row[relation.keyFrom]))
  const allowed = await askGuard(model, { action: 'find', paths: [], hop: hopOver(relation) }, loading.options)
  const test = testOf(model, allowed.where && { where: allowed.where }, loading.options)
  const shown = test ? await Promise.all(lists.map((list) => kept(list, test))) : lists
  return placed(shown, await valuesOf(model, shown.flat(), { step, loading, hidden: allowed.hidden }), relation.multiple)
}

async function kept(list: readonly PlainObject[], test: (row: PlainObject) => Promise<boolean>): Promise<readonly PlainObject[]> {
  const verdicts = await Promise.all(list.map(test))
  return list.filter((_row, index) => verdicts[index])
}

function placed(lists: readonly (readonly PlainObject[])[], values: readonly unknown[], multiple: boolean): readonly unknown[] {
  let at = 0
  return lists.map((list) => {
    const own = values.slice(at, (at += list.length))
    return multiple ? own : (own[0] ?? null)
  })
}

function embeddedIn(value: unknown): readonly PlainObject[] {
  if (Array.isArray(value)) return value.filter(isPlainObject)
  return isPlainObject(value) ? [value] : []
}

async function valuesOf(
  model: ModelRuntime,
  rows: readonly PlainObject[],
  given: { step: IncludeStep; loading: LoadingAgain; hidden?: readonly string[] },
): Promise<readonly unknown[]> {
  const { step, loading, hidden = [] } = given
  const plan = step.scope.include === undefined ? undefined : planInclude(model, step.scope.include, loading.options)
  const included = plan && rows.length ? await loading.again(rows, plan, hopOver(step.relation)) : new Map<string, readonly unknown[]>()
  const wire = wireOf(model, true)
  return rows.map((row, index) => {
    const extras = [...included].map(([name, values]) => [name, values[index]] as const)
    if (loading.mode === 'rows') return Object.freeze({ ...omit(wire ? wire(row) : row, hidden), ...Object.fromEntries(extras) })
    const instance: ModelInstance = new model.ctor(row, fromRow)
    withhold(instance, hidden)
    for (const [name, value] of extras) {
      own(instance)[name] = value
      ;(extra(instance).cachedRelations ??= {})[name] = value
    }
    return instance
  })
}
