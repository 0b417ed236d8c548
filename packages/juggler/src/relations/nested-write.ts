import { inOneTransaction } from '../data-source/one-transaction'
import { errors } from '../errors'
import { overRelation } from '../guard/over-relation'
import type { JugglerOptions } from '../model/options'
import type { ModelRuntime } from '../model/runtime'
import type { ModelInstance } from '../model/types'
import { create } from '../operations/create'
import { destroy } from '../operations/destroy'
import { findById } from '../operations/find-by-id'
import { idOf, sameId } from '../operations/ids'
import { updateAttributes } from '../operations/update-attributes'
import { kData, kModel } from '../symbols'
import type { PlainObject } from '../value/plain'
import { belongsTo } from './belongs-to'
import { hasMany } from './has-many'
import { hasManyThrough } from './has-many-through'
import { hasOne } from './has-one'
import { cache, ownKey, targetOf, type Held } from './held'
import { takeHeld, takeNested, type Asked, type Nested } from './nested-data'
import type { ManyOperations, SingleOperations } from './operations'
import type { Relation } from './relation'

/** Creates a row with what stands in its nested relations; without any, as `create` does. */
export function createNested(model: ModelRuntime, data: unknown, options: JugglerOptions): Promise<ModelInstance> {
  const nested = takeNested(model, data)
  if (nested) return writeNested(model, { nested, write: (own, inside) => create(model, own, inside) }, options)
  const held = isInstance(data) ? takeHeld(data) : undefined
  if (!held) return create(model, data, options)
  return writeNested(
    model,
    { nested: held, write: (own, inside) => create(model, Object.assign(data as ModelInstance, own), inside) },
    options,
  )
}

function isInstance(data: unknown): data is ModelInstance {
  return typeof data === 'object' && data !== null && (data as Partial<ModelInstance>)[kModel] !== undefined
}

/** Changes an instance and what stands in its nested relations; without any, as `updateAttributes` does. */
export function updateNested(instance: ModelInstance, data: PlainObject, options: JugglerOptions): Promise<ModelInstance> {
  const model = instance[kModel]
  const nested = takeNested(model, data)
  if (!nested) return updateAttributes(instance, data, options)
  const owner = () => Promise.resolve(instance)
  return writeNested(model, { nested, owner, write: (own, inside) => updateAttributes(instance, own, inside) }, options)
}

/** What writes the owner itself, in the transaction of all. */
export type WriteOwner = (data: PlainObject, options: JugglerOptions) => Promise<ModelInstance>

/** An owner that is written with what stands in its relations. */
export interface NestedWrite {
  readonly nested: Nested
  readonly write: WriteOwner
  /** The owner as it is; rows that it belongs to can be changed only when there is one. */
  readonly owner?: (options: JugglerOptions) => Promise<ModelInstance | null>
}

/** Writes an owner with what stands in its relations: what it belongs to first, then itself, then what belongs to it; all or nothing. */
export async function writeNested(
  model: ModelRuntime,
  { nested, owner, write }: NestedWrite,
  options: JugglerOptions,
): Promise<ModelInstance> {
  if (!model.ready) await model.whenReady('create')
  return inOneTransaction(model, options, async (inside) => {
    let data = nested.data
    const [before, after] = [nested.relations.filter(isBefore), nested.relations.filter((one) => !isBefore(one))]
    const parents: [Relation, ModelInstance | null][] = []
    for (const { relation, asked } of before) {
      const parent = await parentOf({ relation, asked, owner }, overRelation(relation, inside))
      if (parent === undefined) continue
      parents.push([relation, parent])
      data = { ...data, [relation.keyFrom]: parent?.[kData][relation.keyTo] ?? null }
    }
    const instance = await write(data, inside)
    for (const [relation, parent] of parents) cache({ instance, relation }, parent)
    for (const { relation, asked } of after) await writeRelated({ instance, relation }, asked, overRelation(relation, inside))
    return instance
  })
}

function isBefore({ relation }: Nested['relations'][number]): boolean {
  return relation.type === 'belongsTo'
}

/** The row that the owner is to belong to; null for none, undefined for the one that it has. */
async function parentOf(
  { relation, asked, owner }: { relation: Relation; asked: Asked; owner?: NestedWrite['owner'] },
  options: JugglerOptions,
): Promise<ModelInstance | null | undefined> {
  const target = relation.target()!
  const wrong = (problem: string) => errors.NESTED_INVALID({ relation: relation.name, problem })
  if (asked.update?.length || asked.delete?.length) {
    const instance = await owner?.(options)
    if (!instance) throw wrong('there is no row yet to update or delete')
    const held = { instance, relation }
    for (const data of asked.update ?? []) await updateOnly(held, { operations: belongsTo, data }, options)
    if (asked.delete?.length) {
      const parent = await belongsTo.get(held, {}, options)
      if (parent) await destroy(parent, options)
      return null
    }
  }
  const [data] = asked.create ?? []
  if (data) return createNested(target, data, options)
  const [id] = asked.connect ?? asked.set ?? []
  if (id !== undefined) return mustFind(target, id, options)
  return asked.set || asked.disconnect ? null : undefined
}

async function mustFind(target: ModelRuntime, id: unknown, options: JugglerOptions): Promise<ModelInstance> {
  const found = await findById(target, { id }, options)
  if (!found) throw errors.NOT_FOUND({ model: target.name, id })
  return found
}

async function writeRelated(held: Held, asked: Asked, options: JugglerOptions): Promise<void> {
  const through = held.relation.kind === 'through'
  const operations = through ? hasManyThrough : hasMany
  const made: ModelInstance[] = []
  if (asked.set) await replaceAll(held, asked.set, options)
  for (const id of asked.delete ?? []) await operations.destroyById(held, id, options)
  for (const id of asked.disconnect ?? []) await disconnect(held, id, options)
  for (const data of asked.update ?? []) made.push(await updateOne(held, { operations, data }, options))
  for (const id of asked.connect ?? []) made.push(await connect(held, id, options))
  for (const data of asked.create ?? []) made.push(await createOne(held, { operations, data }, options))
  if (held.relation.multiple) cache(held, made)
  else if (made.length) cache(held, made[0])
}

/** A new related row, whose own nested data is written with it. */
export async function createOne(
  held: Held,
  { operations, data }: { operations: Pick<ManyOperations, 'create'>; data: PlainObject },
  options: JugglerOptions,
): Promise<ModelInstance> {
  const target = targetOf(held)
  const nested = takeNested(target, data)
  const write = async (own: PlainObject, inside: JugglerOptions) =>
    (held.relation.multiple ? operations.create(held, own, inside) : hasOne.create(held, own, inside)) as Promise<ModelInstance>
  return nested ? writeNested(target, { nested, write }, options) : write(data, options)
}

async function updateOne(
  held: Held,
  { operations, data }: { operations: ManyOperations; data: PlainObject },
  options: JugglerOptions,
): Promise<ModelInstance> {
  const target = targetOf(held)
  const id = idOf(target, data)
  if (!held.relation.multiple) return updateOnly(held, { operations: hasOne, data }, options)
  if (id === undefined) throw errors.NESTED_INVALID({ relation: held.relation.name, problem: 'a row to update has no id' })
  const found = await operations.findById(held, { id }, options)
  if (!found) throw errors.NOT_FOUND({ model: target.name, id })
  return updateNested(found, data, options)
}

/** Changes the one row of a relation, and what stands in its own. */
export async function updateOnly(
  held: Held,
  { operations, data }: { operations: Pick<SingleOperations, 'get' | 'update'>; data: PlainObject },
  options: JugglerOptions,
): Promise<ModelInstance> {
  const target = targetOf(held)
  const nested = takeNested(target, data)
  if (!nested) return operations.update(held, data, options)
  const owner = async (inside: JugglerOptions) => (await operations.get(held, {}, inside)) ?? null
  return writeNested(target, { nested, owner, write: (own, inside) => operations.update(held, own, inside) }, options)
}

async function connect(held: Held, id: unknown, options: JugglerOptions): Promise<ModelInstance> {
  const found = await mustFind(targetOf(held), id, options)
  if (held.relation.kind === 'through') {
    await hasManyThrough.add!(held, { item: found }, options)
    return found
  }
  if (!held.relation.multiple) {
    const current = await hasOne.get(held, {}, options)
    if (current && !sameId(idOf(current[kModel], current[kData]), id)) await release(held, current, options)
  }
  held.relation.applyProperties(held.instance, found)
  return updateAttributes(found, { [held.relation.keyTo]: ownKey(held) }, options)
}

function release({ relation }: Held, row: ModelInstance, options: JugglerOptions): Promise<ModelInstance> {
  return updateAttributes(row, { [relation.keyTo]: null }, options)
}

async function disconnect(held: Held, id: unknown, options: JugglerOptions): Promise<void> {
  if (held.relation.kind === 'through') return void (await hasManyThrough.remove!(held, id, options))
  await release(held, (await hasMany.findById(held, { id }, options))!, options)
}

/** Exactly these rows belong to the owner. */
async function replaceAll(held: Held, ids: readonly unknown[], options: JugglerOptions): Promise<void> {
  const target = targetOf(held)
  const operations = held.relation.kind === 'through' ? hasManyThrough : hasMany
  const current = await operations.get(held, {}, options)
  const keyOf = (row: ModelInstance) => idOf(target, row[kData])
  for (const row of current) if (!ids.some((id) => sameId(id, keyOf(row)))) await disconnect(held, keyOf(row), options)
  for (const id of ids) if (!current.some((row) => sameId(id, keyOf(row)))) await connect(held, id, options)
}
