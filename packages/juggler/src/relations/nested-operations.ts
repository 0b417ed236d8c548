import { inOneTransaction } from '../data-source/one-transaction'
import type { Filter } from '../filter/filter'
import type { JugglerOptions } from '../model/options'
import type { ModelRuntime } from '../model/runtime'
import type { ModelInstance } from '../model/types'
import { createAll } from '../operations/create-all'
import { findById } from '../operations/find-by-id'
import { findOne } from '../operations/find-one'
import { findOrCreate, type FoundOrCreated } from '../operations/find-or-create'
import { idOf } from '../operations/ids'
import { replaceById, type Replacement } from '../operations/replace-by-id'
import { replaceOrCreate, type ReplaceOrCreate } from '../operations/replace-or-create'
import { save } from '../operations/save'
import { upsert } from '../operations/upsert'
import { upsertWithWhere } from '../operations/upsert-with-where'
import { kModel } from '../symbols'
import type { PlainObject } from '../value/plain'
import { takeHeld, takeNested } from './nested-data'
import { createNested, writeNested, type WriteOwner } from './nested-write'

/** Creates rows: all or nothing when some have nested data. */
export async function createAllNested(model: ModelRuntime, items: readonly unknown[], options: JugglerOptions): Promise<ModelInstance[]> {
  if (!items.some((item) => takeNested(model, item))) return createAll(model, items, options)
  if (!model.ready) await model.whenReady('create')
  return inOneTransaction(model, options, async (inside) => {
    const made: ModelInstance[] = []
    for (const item of items) made.push(await createNested(model, item ?? {}, inside))
    return made
  })
}

/** Writes a row by its data, which may have nested relations. */
function writeWith(model: ModelRuntime, asked: { data: PlainObject; id?: unknown; write: WriteOwner }, options: JugglerOptions) {
  const { data, write } = asked
  const nested = takeNested(model, data)
  if (!nested) return write(data, options)
  const owner = async (inside: JugglerOptions) => {
    const id = asked.id ?? idOf(model, data)
    return id === undefined ? null : findById(model, { id }, inside)
  }
  return writeNested(model, { nested, owner, write }, options)
}

/** As `upsert` does, with what stands in nested relations. */
export function upsertNested(model: ModelRuntime, data: PlainObject, options: JugglerOptions): Promise<ModelInstance> {
  return writeWith(model, { data, write: (own, inside) => upsert(model, own, inside) }, options)
}

/** As `replaceOrCreate` does, with what stands in nested relations. */
export function replaceOrCreateNested(model: ModelRuntime, asked: ReplaceOrCreate, options: JugglerOptions): Promise<ModelInstance> {
  const { data } = asked
  return writeWith(model, { data, write: (own, inside) => replaceOrCreate(model, { ...asked, data: own }, inside) }, options)
}

/** As `replaceById` does, with what stands in nested relations. */
export function replaceNested(model: ModelRuntime, asked: Replacement, options: JugglerOptions): Promise<ModelInstance> {
  const { id, data } = asked
  return writeWith(model, { data, id, write: (own, inside) => replaceById(model, { ...asked, data: own }, inside) }, options)
}

/** As `upsertWithWhere` does, with what stands in nested relations. */
export function upsertWithWhereNested(
  model: ModelRuntime,
  asked: { where: PlainObject; data: PlainObject },
  options: JugglerOptions,
): Promise<ModelInstance> {
  const { where, data } = asked
  const nested = takeNested(model, data)
  if (!nested) return upsertWithWhere(model, asked, options)
  const owner = (inside: JugglerOptions) => findOne(model, { where }, inside)
  return writeNested(model, { nested, owner, write: (own, inside) => upsertWithWhere(model, { where, data: own }, inside) }, options)
}

/** As `findOrCreate` does; a row that is made is made with what stands in nested relations. */
export function findOrCreateNested(
  model: ModelRuntime,
  asked: { filter: Filter; data: PlainObject },
  options: JugglerOptions,
): Promise<FoundOrCreated> {
  return findOrCreate(model, { ...asked, nested: takeNested(model, asked.data) !== undefined, make: createNested }, options)
}

/** As `save` does, with the data that stands under nested relations of the instance. */
export function saveNested(instance: ModelInstance, options: JugglerOptions): Promise<ModelInstance> {
  const nested = takeHeld(instance)
  if (!nested) return save(instance, options)
  const owner = () => Promise.resolve(instance)
  const write: WriteOwner = (own, inside) => save(Object.assign(instance, own), inside)
  return writeNested(instance[kModel], { nested, owner, write }, options)
}
