import type { Awaitable, Row } from '@reloop/connector'
import { count } from '../operations/count'
import { checkFilter, isPromise, Operation, readQuery } from '../operations/begin'
import { fetch } from '../operations/find'
import { ordersAcross } from '../operations/order-across'
import { omit, project } from '../operations/project'
import { nothingIncluded, type Read } from '../operations/read'
import { idWhere, readId } from '../operations/ids'
import { toInstances } from '../operations/instances'
import { readPage, type Page } from '../operations/page'
import { readStream } from '../operations/stream'
import type { Filter } from '../filter/filter'
import { planFind } from '../filter/plan'
import { mentionsRelated } from '../filter/two-step'
import { kGuard } from '../symbols'
import { isPlainObject, type PlainObject } from '../value/plain'
import { noOptions, type JugglerOptions } from './options'
import type { ModelRuntime } from './runtime'
import type { ModelInstance } from './types'
import { wireOf, type Wire } from './wire'

/** A row in wire shape, or an instance where a hook, a getter or an overridden toJSON needs one. */
export type WireRow = Readonly<Record<string, unknown>>

/**
 * Reads of a model for replies: frozen plain rows in wire shape, with hidden properties removed and includes nested. Same limits,
 * scopes, hooks and errors as `find`; no instance is made unless a loaded hook, a getter or an overridden toJSON needs them.
 * Lives as long as what the model was compiled from; made anew after a change.
 */
export class Rows {
  readonly #model: ModelRuntime
  readonly #instances: boolean
  readonly #wire?: Wire
  #nested?: { readonly wire?: Wire }
  readonly #direct: boolean

  constructor(model: ModelRuntime) {
    this.#model = model
    this.#instances = needsInstances(model)
    this.#wire = wireOf(model)
    this.#direct =
      !this.#instances &&
      !model.has.access &&
      model.compiled.scope === undefined &&
      model.compiled.softDelete === undefined &&
      model.compiled.ids.length === 1
  }

  /** Whether reads answer instances. */
  get instances(): boolean {
    return this.#instances
  }

  /** All rows that match a filter; at once when the store answers at once and nothing else is asked. */
  find(filter?: Filter, options: JugglerOptions = noOptions): Awaitable<readonly WireRow[]> {
    const model = this.#model
    if (!this.#direct || options[kGuard] || !model.ready || model.ctor.defaultScope !== undefined || asksRelated(model, filter))
      return this.#findFully(filter, options)
    try {
      const { plan, values, fields } = planFind(model, checkFilter(filter), { outside: options.fromOutside === true })
      const rows = plan.run(values, model.call(options))
      return isPromise(rows) ? rows.then((found) => this.#plain(found, fields)) : this.#plain(rows, fields)
    } catch (error) {
      return Promise.reject(error)
    }
  }

  async #findFully(filter: Filter | undefined, options: JugglerOptions): Promise<readonly WireRow[]> {
    const model = this.#model
    if (!model.ready) await model.whenReady('find')
    const shared = this.#instances ? new Operation(model, options) : undefined
    const query = await readQuery(model, { filter: checkFilter(filter), action: 'find', shared }, options)
    const read = await fetch(model, { query, mode: this.#instances ? 'instances' : 'rows' }, options)
    if (this.#instances) return toInstances(model, read, { shared, options })
    return this.shape(read)
  }

  /** The row of an id, or null; at once when the store answers at once and nothing else is asked. */
  findById(id: unknown, filter?: Filter, options: JugglerOptions = noOptions): Awaitable<WireRow | null> {
    const model = this.#model
    if (!this.#direct || filter?.include || filter?.fields || options[kGuard] || !model.ready)
      return this.#findByIdFully(id, filter, options)
    const { plan, id: property } = model.byId
    if (id === undefined || id === null || id === '') idWhere(model, id, 'findById')
    const value = readId(model, property, id)
    if (value === undefined) return null
    const rows = plan.run([value], model.call(options))
    return isPromise(rows) ? rows.then((found) => this.#first(found)) : this.#first(rows)
  }

  /** All rows that match a filter, one after the other, for replies that are sent while they are read. */
  async *stream(filter?: Filter, options: JugglerOptions = noOptions): AsyncGenerator<WireRow> {
    const model = this.#model
    if (!model.ready) await model.whenReady('stream')
    const shared = this.#instances ? new Operation(model, options) : undefined
    const mode = this.#instances ? 'instances' : 'rows'
    for await (const read of readStream(model, { filter, mode, shared }, options))
      yield* this.#instances ? await toInstances(model, read, { shared, options }) : this.shape(read)
  }

  /** One page of rows, with the cursors of the pages beside it. */
  async page(filter?: Filter, options: JugglerOptions = noOptions): Promise<Page<WireRow>> {
    const model = this.#model
    if (!model.ready) await model.whenReady('page')
    const shared = this.#instances ? new Operation(model, options) : undefined
    const mode = this.#instances ? 'instances' : 'rows'
    const { read, ...cursors } = await readPage(model, { filter: checkFilter(filter), mode, shared }, options)
    return { rows: this.#instances ? await toInstances(model, read, { shared, options }) : this.shape(read), ...cursors }
  }

  /** How many rows match a where. */
  count(where?: unknown, options: JugglerOptions = noOptions): Promise<number> {
    return count(this.#model, where, options)
  }

  async #findByIdFully(id: unknown, filter: Filter | undefined, options: JugglerOptions): Promise<WireRow | null> {
    const where = idWhere(this.#model, id, 'findById')
    if (!where) return null
    const rows = await this.find({ where, include: filter?.include, fields: filter?.fields, limit: 1 }, options)
    return rows[0] ?? null
  }

  #plain(rows: readonly Row[], fields: readonly string[] | undefined): readonly WireRow[] {
    return this.shape({ rows: fields ? project(this.#model, rows, { fields }) : rows, included: nothingIncluded, fields })
  }

  #first(rows: readonly Row[]): WireRow | null {
    const row = rows[0]
    if (row === undefined) return null
    return this.#wire ? this.#wire(row) : row
  }

  /** Rows that were read in wire shape; nested ones lack protected properties too. */
  shape(read: Read, nested = false): readonly WireRow[] {
    const { included, withheld } = read
    const rows = withheld ? read.rows.map((row) => omit(row, withheld)) : read.rows
    const wire = nested ? (this.#nested ??= { wire: wireOf(this.#model, true) }).wire : this.#wire
    if (included.size === 0) return wire ? rows.map(wire) : rows
    return rows.map((row, index) => {
      const whole: PlainObject = { ...(wire ? wire(row) : row) }
      for (const [relation, values] of included) if (values[index] !== undefined) whole[relation] = values[index]
      return Object.freeze(whole)
    })
  }
}

/** Whether a filter asks for rows of other models: to include them, or in conditions or an order that take steps of their own. */
function asksRelated(model: ModelRuntime, filter: Filter | undefined): boolean {
  if (!isPlainObject(filter)) return false
  return Boolean(filter.include) || mentionsRelated(model, filter.where) || ordersAcross(model, filter.order)
}

function needsInstances(model: ModelRuntime): boolean {
  const { ctor, has, compiled } = model
  if (has.loaded || has.initialize || (compiled.applyDefaultsOnReads && compiled.defaults.length > 0)) return true
  if (typeof ctor.lookupModel === 'function' || model.hasCustomAccessors) return true
  const root = rootPrototype(ctor.prototype)
  return ctor.prototype.toJSON !== root.toJSON || ctor.prototype.toObject !== root.toObject
}

/** The prototype of the root class: the last one that knows toJSON. */
function rootPrototype(prototype: ModelInstance): ModelInstance {
  let root = prototype
  for (let next = prototype; next?.toJSON; next = Object.getPrototypeOf(next) as ModelInstance) root = next
  return root
}
