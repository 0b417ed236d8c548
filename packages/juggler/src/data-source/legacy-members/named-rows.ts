import type { Call, Connector, CrudConnector, Row } from '@reloop/connector'
import { errors } from '../../errors'
import type { Filter } from '../../filter/filter'
import { planFind, planWhere } from '../../filter/plan'
import { noOptions, type JugglerOptions } from '../../model/options'
import { runtimeOf, type ModelRuntime } from '../../model/runtime'
import { coerceChange } from '../../model/to-object'
import { idWhere } from '../../operations/ids'
import { project } from '../../operations/project'
import { withoutIds } from '../../operations/write-row'
import type { PlainObject } from '../../value/plain'
import type { DataSourceCore } from '../core'

/** The rows of one model during one call: conditions and data as users write them, without validation, hooks and instances. */
export class NamedRows {
  readonly model: ModelRuntime
  readonly #store: CrudConnector
  readonly #call: Call

  constructor(model: ModelRuntime, store: CrudConnector, call: Call) {
    this.model = model
    this.#store = store
    this.#call = call
  }

  async find(filter: Filter = {}): Promise<PlainObject[]> {
    const { plan, values, fields } = planFind(this.model, filter)
    const rows = await plan.run(values, this.#call)
    return (fields ? project(this.model, rows, { fields }) : rows).map((row) => ({ ...row }))
  }

  async findById(id: unknown): Promise<PlainObject | null> {
    return (await this.find({ where: this.#byId(id), limit: 1 }))[0] ?? null
  }

  async count(where: unknown): Promise<number> {
    return this.#store.count({ entity: this.model.entity, where: planWhere(this.model, where) }, this.#call)
  }

  async insert(data: PlainObject): Promise<Row> {
    const [row] = await this.#store.insert({ entity: this.model.entity, rows: [coerceChange(this.model, data)] }, this.#call)
    return row!
  }

  async update(where: unknown, data: PlainObject): Promise<number> {
    const set = withoutIds(this.model, coerceChange(this.model, data))
    const asked = { entity: this.model.entity, where: planWhere(this.model, where), change: { set } }
    return (await this.#store.update(asked, this.#call)).count
  }

  updateById(id: unknown, data: PlainObject): Promise<number> {
    return this.update(this.#byId(id), data)
  }

  async remove(where: unknown): Promise<{ count: number }> {
    return { count: await this.#store.remove({ entity: this.model.entity, where: planWhere(this.model, where) }, this.#call) }
  }

  removeById(id: unknown): Promise<{ count: number }> {
    return this.remove(this.#byId(id))
  }

  /** The data with a null for every property that it lacks. */
  whole(data: PlainObject): PlainObject {
    return { ...Object.fromEntries(this.model.compiled.properties.map(({ name }) => [name, null])), ...data }
  }

  #byId(id: unknown): PlainObject {
    return idWhere(this.model, id, 'findById') ?? { [this.model.compiled.ids[0]!.name]: id }
  }
}

/** Opens the rows of a model by its name; `options.transaction` counts. */
export type OpenRows = (name: string, options?: JugglerOptions) => Promise<NamedRows>

/** The way from names of models to their rows. */
export function openerOf(source: DataSourceCore, connector: Connector): OpenRows {
  return async (name, options = noOptions) => {
    const model = runtimeOf(source.modelBuilder.models[name])
    if (!model) throw errors.MODEL_NOT_DEFINED({ model: name })
    if (!model.ready) await model.whenReady('find')
    return new NamedRows(model, connector as CrudConnector, source.callFor(options))
  }
}
