import type { Row } from '@reloop/connector'
import { errors } from '../errors'
import type { ModelRuntime } from '../model/runtime'
import { fromRow, own, extra } from '../model/instance'
import { wireOf } from '../model/wire'
import type { ModelInstance } from '../model/types'
import { isPlainObject, type PlainObject } from '../value/plain'
import type { LoadingAgain } from './load'
import { planInclude, type IncludeStep } from './plan'

/** Embedded rows are in the parents already: no query, but for what they include themselves. */
export async function embedded(rows: readonly Row[], step: IncludeStep, loading: LoadingAgain): Promise<readonly unknown[]> {
  const { relation } = step
  const model = relation.target()
  if (!model) throw errors.RELATION_TARGET_UNKNOWN({ target: relation.name, model: String(relation.modelFrom) })
  const lists = rows.map((row) => embeddedIn(row[relation.keyFrom]))
  const flat = lists.flat()
  const values = await valuesOf(model, flat, { step, loading })
  let at = 0
  return lists.map((list) => {
    const own = values.slice(at, (at += list.length))
    return relation.multiple ? own : (own[0] ?? null)
  })
}

function embeddedIn(value: unknown): readonly PlainObject[] {
  if (Array.isArray(value)) return value.filter(isPlainObject)
  return isPlainObject(value) ? [value] : []
}

async function valuesOf(
  model: ModelRuntime,
  rows: readonly PlainObject[],
  given: { step: IncludeStep; loading: LoadingAgain },
): Promise<readonly unknown[]> {
  const { step, loading } = given
  const plan = step.scope.include === undefined ? undefined : planInclude(model, step.scope.include, loading.options)
  const included = plan && rows.length ? await loading.again(rows, plan) : new Map<string, readonly unknown[]>()
  const wire = wireOf(model, true)
  return rows.map((row, index) => {
    const extras = [...included].map(([name, values]) => [name, values[index]] as const)
    if (loading.mode === 'rows') return Object.freeze({ ...(wire ? wire(row) : row), ...Object.fromEntries(extras) })
    const instance: ModelInstance = new model.ctor(row, fromRow)
    for (const [name, value] of extras) {
      own(instance)[name] = value
      ;(extra(instance).cachedRelations ??= {})[name] = value
    }
    return instance
  })
}
