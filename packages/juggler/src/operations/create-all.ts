import { chunk } from '@reloop/connector'
import { checkNew, guardWrite, writtenBy } from '../guard/guard-write'
import { withhold } from '../guard/withhold'
import type { GuardAllowed, JugglerOptions } from '../model/options'
import type { ModelRuntime } from '../model/runtime'
import { toStore } from '../model/to-object'
import type { ModelInstance } from '../model/types'
import { kGuard } from '../symbols'
import type { PlainObject } from '../value/plain'
import { validate, wantsValidation } from '../validation/validate'
import { isOfOneRow } from '../hooks/observers'
import { isPromise, Operation } from './begin'
import { insertInstance, instantiate, markPersisted } from './create'
import { emitChanged } from './events'
import { storeErrors } from './store-errors'

/** Errors of a bulk create by index, with what became of every item. */
export type BulkErrors = unknown[] & { instances: unknown[] }

/** Makes and writes many instances: one statement per chunk, unless a hook has to see each row. */
export async function createAll(model: ModelRuntime, items: readonly unknown[], options: JugglerOptions): Promise<ModelInstance[]> {
  if (!model.ready) await model.whenReady('create')
  if (items.length === 0) return []
  const allowed = options[kGuard] ? await guardWrite(model, { action: 'create', writes: namesIn(items) }, options) : undefined
  const { has } = model
  const told = has.beforeSave && !model.hooks('before save').every(isOfOneRow)
  const perRow = told || has.persist || has.loaded || has.afterSave || has.modelHooks
  return perRow ? createEach(model, items, { options, allowed }) : insertTogether(model, items, { options, allowed })
}

function namesIn(items: readonly unknown[]): readonly string[] {
  return [...new Set(items.flatMap(writtenBy))]
}

/** How rows are made: the guard was asked about all of them at once. */
interface Making {
  readonly options: JugglerOptions
  readonly allowed?: GuardAllowed
}

async function createEach(model: ModelRuntime, items: readonly unknown[], { options, allowed }: Making): Promise<ModelInstance[]> {
  const settled = await Promise.allSettled(items.map(async (item) => insertInstance(instantiate(model, item ?? {}), options, allowed)))
  const instances = settled.map((one, index) => (one.status === 'fulfilled' ? one.value : (items[index] as ModelInstance)))
  if (settled.some((one) => one.status === 'rejected'))
    // LoopBack's callers get the list itself, by index.
    // eslint-disable-next-line @typescript-eslint/only-throw-error
    throw bulkErrors(
      settled.map((one) => (one.status === 'rejected' ? (one.reason as unknown) : undefined)),
      instances,
    )
  return instances
}

function bulkErrors(list: readonly unknown[], instances: unknown[]): BulkErrors {
  const failed: unknown[] = []
  list.forEach((error, index) => {
    if (error !== undefined) failed[index] = error
  })
  return Object.defineProperty(failed, 'instances', { value: instances, enumerable: false }) as BulkErrors
}

async function insertTogether(model: ModelRuntime, items: readonly unknown[], { options, allowed }: Making): Promise<ModelInstance[]> {
  const problems: unknown[] = []
  const made = items.map((item, index) => attempt(() => instantiate(model, item ?? {}), problems, index))
  const instances = model.has.beforeSave ? await tellEach(model, made, { problems, options }) : made
  if (wantsValidation(model, options)) await validateAll(instances, { problems, options })
  const valid = instances.filter((instance, index): instance is ModelInstance => instance !== undefined && problems[index] === undefined)
  if (allowed) for (const instance of valid) await checkNew(model, toStore(instance), { allowed, options })
  for (const part of chunk(valid, model.limits.chunk)) await insertPart(model, part, { instances, problems, options })
  if (problems.some((problem) => problem !== undefined)) {
    // LoopBack's callers get the list itself, by index.
    // eslint-disable-next-line @typescript-eslint/only-throw-error
    throw bulkErrors(
      items.map((_, index) => problems[index]),
      instances.map((instance, index) => instance ?? items[index]),
    )
  }
  if (allowed) for (const instance of valid) withhold(instance, allowed.hidden)
  if (model.flags.modelEvents) for (const instance of valid) emitChanged(model, instance)
  return valid
}

/** Lets each instance pass the hooks that look at it alone. */
function tellEach(
  model: ModelRuntime,
  made: readonly (ModelInstance | undefined)[],
  { problems, options }: { problems: unknown[]; options: JugglerOptions },
): Promise<(ModelInstance | undefined)[]> {
  const tell = async (instance: ModelInstance | undefined, index: number) => {
    if (!instance) return undefined
    try {
      return (await new Operation(model, options).stage('before save', { instance, isNewInstance: true })).instance
    } catch (error) {
      problems[index] = error
      return instance
    }
  }
  return Promise.all(made.map(tell))
}

function attempt<T>(make: () => T, problems: unknown[], index: number): T | undefined {
  try {
    return make()
  } catch (error) {
    problems[index] = error
    return undefined
  }
}

async function validateAll(
  instances: readonly (ModelInstance | undefined)[],
  given: { problems: unknown[]; options: JugglerOptions },
): Promise<void> {
  const waiting: Promise<void>[] = []
  instances.forEach((instance, index) => {
    if (!instance) return
    const later = attempt(() => validate(instance, given.options), given.problems, index)
    if (later) waiting.push(later.catch((error: unknown) => void (given.problems[index] = error)))
  })
  await Promise.all(waiting)
}

interface Bulk {
  readonly instances: readonly (ModelInstance | undefined)[]
  readonly problems: unknown[]
  readonly options: JugglerOptions
}

/** One statement; when the store refuses it, row by row, so that each failure has its row. */
async function insertPart(model: ModelRuntime, part: readonly ModelInstance[], bulk: Bulk): Promise<void> {
  const { connector, entity } = model
  const call = model.call(bulk.options)
  const rows = part.map((instance) => toStore(instance))
  try {
    const answer = connector.insert({ entity, rows }, call)
    const written = isPromise(answer) ? await answer : answer
    part.forEach((instance, index) => markPersisted(instance, written[index] as PlainObject))
  } catch (error) {
    if (call.transaction || part.length === 1) {
      for (const instance of part) bulk.problems[bulk.instances.indexOf(instance)] = storeErrors(instance, error)
      return
    }
    for (const instance of part) {
      try {
        await insertInstance(instance, { ...bulk.options, validate: false })
      } catch (cause) {
        bulk.problems[bulk.instances.indexOf(instance)] = cause
      }
    }
  }
}
