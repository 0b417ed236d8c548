import { copy } from '../definition/inherit'
import { errors } from '../errors'
import { guardFilter } from '../guard/guard-filter'
import { ours } from '../guard/ours'
import { kReach } from '../guard/reach'
import type { GuardAction, GuardHop, JugglerOptions } from '../model/options'
import type { ModelRuntime } from '../model/runtime'
import { isPlainObject } from '../value/plain'
import type { Filter } from '../filter/filter'
import { checkNesting } from '../filter/bounds'
import { mergeWhere } from '../filter/merge'
import { checkFilterPart } from '../filter/plan'
import { mentionsRelated, resolveRelated } from '../filter/two-step'
import { scopedFilter } from '../filter/scope'
import { isTrusted, trust } from '../filter/trusted'
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

/** What a call asks of rows: its filter, and what else it names. */
export interface Asked {
  readonly filter: Filter
  readonly action: GuardAction
  readonly shared?: Operation
  /** How the model is reached, when over a relation. */
  readonly hop?: GuardHop
  readonly reads?: readonly string[]
  readonly writes?: readonly string[]
}

/** What a read asks the store: the caller's filter under the default scope, the guard and the access hooks. */
export async function readQuery(model: ModelRuntime, asked: Asked, options: JugglerOptions): Promise<Filter> {
  if (options[kGuard] || model.has.access || model.hasRelations) checkNesting(asked.filter.where, model.limits.filter.depth)
  if (options[kGuard] || (options.fromOutside === true && isMixed(model, options)))
    checkFilterPart(model, asked.filter, options.fromOutside === true)
  let filter = living(model, scopedFilter(model, asked.filter), options)
  if (options[kGuard]) filter = await guardFilter(model, { ...asked, filter, asked: asked.filter }, options)
  if (!model.has.access || options.notify === false) return related(model, filter, options)
  const { query } = await (asked.shared ?? new Operation(model, options)).stage('access', { query: copy(filter) as Filter })
  return related(model, keepReach(checkFilter(query), filter), options)
}

/** What the guard said stays with a query that hooks have seen: they may only add to it. */
function keepReach(query: Filter, before: Filter): Filter {
  if (!before[kReach]) return query
  if (isTrusted(before.where) && isPlainObject(query.where)) trust(query.where)
  return { ...query, [kReach]: before[kReach] }
}

/** Without rows that are marked as deleted, unless the call wants them. */
function living(model: ModelRuntime, filter: Filter, options: JugglerOptions): Filter {
  const { softDelete } = model.compiled
  if (!softDelete || options.withDeleted === true) return filter
  return { ...filter, where: mergeWhere(filter.where, ours({ [softDelete.property]: null })) }
}

/** Conditions on related rows that the store can not answer become lists of keys; the caller's words are checked before. */
async function related(model: ModelRuntime, filter: Filter, options: JugglerOptions): Promise<Filter> {
  if (filter.where === undefined || !model.hasRelations || !mentionsRelated(model, filter.where)) return filter
  if (!isTrusted(filter.where)) checkFilterPart(model, { where: filter.where }, isOutside(model, options))
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

/** What a write on many rows reaches: the caller's where under the default scope, the guard and the access hooks. */
export async function writeWhere(
  model: ModelRuntime,
  asked: { where: unknown; action: GuardAction; shared?: Operation },
  options: JugglerOptions,
): Promise<unknown> {
  const filter = asked.where === undefined || asked.where === null ? noFilter : { where: asked.where }
  const query = await readQuery(model, { ...asked, filter }, options)
  return query.where
}
