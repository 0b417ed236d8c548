import { results } from '@reloop/callback'
import type { Connector } from '@reloop/connector'
import { errors } from '../../errors'
import type { Filter } from '../../filter/filter'
import type { JugglerOptions } from '../../model/options'
import { idOf } from '../../operations/ids'
import type { PlainObject } from '../../value/plain'
import type { DataSourceCore } from '../core'
import { openerOf, type NamedRows, type OpenRows } from './named-rows'

/** The verbs of LoopBack's connectors, by the name of a model; as async functions. */
export function rowsOf(source: DataSourceCore, connector: Connector) {
  const open = openerOf(source, connector)
  return { ...readsOf(open), ...writesOf(open), ...upsertsOf(open) }
}

interface Finds {
  find(filter: Filter, options: object): Promise<{ toObject(onlySchema: boolean): PlainObject }[]>
}

function readsOf(open: OpenRows) {
  const findById = async (name: string, id: unknown, options?: JugglerOptions) => (await open(name, options)).findById(id)
  return {
    find: findById,
    findById,
    exists: async (name: string, id: unknown, options?: JugglerOptions) => (await findById(name, id, options)) !== null,
    count: async (name: string, where?: unknown, options?: JugglerOptions) => (await open(name, options)).count(where),
    async all(name: string, filter?: Filter, options?: JugglerOptions) {
      const rows = await open(name, options)
      if (!filter?.include) return rows.find(filter)
      const found = await (rows.model.ctor as unknown as Finds).find(filter, { ...options, notify: false })
      return found.map((instance) => instance.toObject(false))
    },
  }
}

function writesOf(open: OpenRows) {
  const update = async (name: string, where: unknown, data: PlainObject, options?: JugglerOptions) => ({
    count: await (await open(name, options)).update(where, data),
  })
  const destroyAll = async (name: string, where?: unknown, options?: JugglerOptions) => (await open(name, options)).remove(where)
  return {
    update,
    updateAll: update,
    destroyAll,
    deleteAll: destroyAll,
    destroy: async (name: string, id: unknown, options?: JugglerOptions) => (await open(name, options)).removeById(id),
    async create(name: string, data: PlainObject, options?: JugglerOptions) {
      const rows = await open(name, options)
      return idOf(rows.model, await rows.insert(data))
    },
    async save(name: string, data: PlainObject, options?: JugglerOptions) {
      const rows = await open(name, options)
      const id = idOf(rows.model, data)
      if (id === undefined) throw errors.ID_REQUIRED({ model: name, method: 'save' })
      await rows.updateById(id, data)
      return { ...data }
    },
    async updateAttributes(name: string, id: unknown, data: PlainObject, options?: JugglerOptions) {
      if ((await (await open(name, options)).updateById(id, data)) === 0) throw errors.UPDATE_MISSING({ id })
      return { ...data }
    },
    async replaceById(name: string, id: unknown, data: PlainObject, options?: JugglerOptions) {
      const rows = await open(name, options)
      if ((await rows.updateById(id, rows.whole(data))) === 0) throw errors.REPLACE_MISSING({ id })
      return { ...data }
    },
  }
}

function upsertsOf(open: OpenRows) {
  return {
    async updateOrCreate(name: string, data: PlainObject, options?: JugglerOptions) {
      return upsert(await open(name, options), { data, change: data })
    },
    async replaceOrCreate(name: string, data: PlainObject, options?: JugglerOptions) {
      const rows = await open(name, options)
      return upsert(rows, { data, change: rows.whole(data) })
    },
    async findOrCreate(name: string, filter: Filter, data: PlainObject, options?: JugglerOptions) {
      const rows = await open(name, options)
      const [row] = await rows.find({ ...filter, limit: 1 })
      return row ? results(row, false) : results({ ...(await rows.insert(data)) }, true)
    },
  }
}

/** Changes the row of the data's id, or makes it; LoopBack's third result says which. */
async function upsert(rows: NamedRows, { data, change }: { readonly data: PlainObject; readonly change: PlainObject }) {
  const id = idOf(rows.model, data)
  if (id === undefined || (await rows.findById(id)) === null) return results({ ...(await rows.insert(data)) }, { isNewInstance: true })
  await rows.updateById(id, change)
  return results((await rows.findById(id))!, { isNewInstance: false })
}
