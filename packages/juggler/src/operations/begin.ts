import { copy } from '../definition/inherit'
import { errors } from '../errors'
import type { JugglerOptions } from '../model/options'
import type { ModelRuntime } from '../model/runtime'
import { isPlainObject } from '../value/plain'
import type { Filter } from '../filter/filter'
import { checkNesting } from '../filter/bounds'
import { guardedWhere } from '../filter/guard'
import { mergeWhere } from '../filter/merge'
import { checkFilterPart } from '../filter/plan'
import { mentionsRelated, resolveRelated } from '../filter/two-step'
import { scopedFilter } from '../filter/scope'
import { kGuard } from '../symbols'

/** One operation as its hooks share it; every stage of it has a context of its own. */
export class Operation {
  readonly hookState: Record<string, unknown> = {}
  readonly #model: ModelRuntime
  readonly #options: JugglerOptions

  constructor(model: ModelRuntime, options: JugglerOptions) {
    this.#model = model
    this.#options = options
  }

  /** Runs the hooks of one stage and answers their context: they may have replaced its members. */
  async stage<M extends object>(name: string, members: M): Promise<M> {
    const context = { Model: this.#model.ctor, hookState: this.hookState, options: this.#options, ...members }
    await this.#model.run(name, context)
    return context
  }
}

/** A promise, or the value at once: stores may answer either way. */
export function isPromise<T>(value: T | PromiseLike<T>): value is PromiseLike<T> {
  return typeof value === 'object' && value !== null && typeof (value as { then?: unknown }).then === 'function'
}

const noFilter: Filter = Object.freeze({})

export function checkFilter(filter: unknown): Filter {
  if (filter === undefined || filter === null) return noFilter
  if (!isPlainObject(filter)) throw errors.FILTER_INVALID({ value: filter })
  return filter
}

/** What a read asks the store: the caller's filter under the default scope, the guard and the access hooks. */
export async function readQuery(
  model: ModelRuntime,
  asked: { filter: Filter; action: string; shared?: Operation },
  options: JugglerOptions,
): Promise<Filter> {
  if (options[kGuard] || model.has.access || model.hasRelations) checkNesting(asked.filter.where, model.limits.filter.depth)
  if (options.fromOutside === true && isMixed(model, options)) checkFilterPart(model, asked.filter, true)
  let filter = living(model, scopedFilter(model, asked.filter), options)
  if (options[kGuard]) {
    const allowed = await guardedWhere(model, { action: asked.action, where: filter.where, order: filter.order }, options)
    filter = { ...filter, where: allowed.where, ...(allowed.fields && { fields: narrowed(filter.fields, allowed.fields) }) }
  }
  if (!model.has.access || options.notify === false) return related(model, filter, options)
  const { query } = await (asked.shared ?? new Operation(model, options)).stage('access', { query: copy(filter) as Filter })
  return related(model, checkFilter(query), options)
}

/** Without rows that are marked as deleted, unless the call wants them. */
function living(model: ModelRuntime, filter: Filter, options: JugglerOptions): Filter {
  const { softDelete } = model.compiled
  if (!softDelete || options.withDeleted === true) return filter
  return { ...filter, where: mergeWhere(filter.where, { [softDelete.property]: null }) }
}

/** Conditions on related rows that the store can not answer become lists of keys; the caller's words are checked before. */
async function related(model: ModelRuntime, filter: Filter, options: JugglerOptions): Promise<Filter> {
  if (filter.where === undefined || !model.hasRelations || !mentionsRelated(model, filter.where)) return filter
  checkFilterPart(model, { where: filter.where }, isOutside(model, options))
  const where = await resolveRelated(model, filter.where, options)
  return where === filter.where ? filter : { ...filter, where }
}

/** Whether a query holds conditions that are not the caller's own: of the default scope, the guard or hooks. */
function isMixed(model: ModelRuntime, options: JugglerOptions): boolean {
  return model.compiled.scope !== undefined || model.compiled.softDelete !== undefined || options[kGuard] !== undefined || model.has.access
}

/**
 * Whether a whole query may be judged as one from outside. Where others have put conditions into it, which may well name hidden
 * properties, the caller's part was judged before.
 */
export function isOutside(model: ModelRuntime, options: JugglerOptions): boolean {
  return options.fromOutside === true && !isMixed(model, options)
}

function narrowed(fields: unknown, allowed: readonly string[]): readonly string[] {
  if (Array.isArray(fields)) return (fields as string[]).filter((name) => allowed.includes(name))
  if (!isPlainObject(fields)) return allowed
  const wanted = Object.keys(fields).filter((name) => fields[name])
  return wanted.length ? allowed.filter((name) => wanted.includes(name)) : allowed.filter((name) => fields[name] !== false)
}

/** What a write on many rows reaches: the caller's where under the default scope, the guard and the access hooks. */
export async function writeWhere(
  model: ModelRuntime,
  asked: { where: unknown; action: string; shared?: Operation },
  options: JugglerOptions,
): Promise<unknown> {
  const filter = asked.where === undefined || asked.where === null ? noFilter : { where: asked.where }
  const query = await readQuery(model, { ...asked, filter }, options)
  return query.where
}
