import { Operation } from '../operations/begin'
import { updateAttributes } from '../operations/update-attributes'
import { save } from '../operations/save'
import { checkNew, guardWrite, writtenBy } from '../guard/guard-write'
import type { JugglerOptions } from '../model/options'
import type { ModelRuntime } from '../model/runtime'
import { toStore } from '../model/to-object'
import type { ModelInstance } from '../model/types'
import { kData, kPersisted } from '../symbols'
import { validate, wantsValidation } from '../validation/validate'
import type { PlainObject } from '../value/plain'
import { targetOf, type Held } from './held'

/** Gives an embedded instance an id where it lacks one: the next number, or what the store makes. */
export function assignId(held: Held, item: ModelInstance, others: readonly ModelInstance[]): void {
  const target = targetOf(held)
  const { id } = target.compiled
  if (!id || (item[kData][id.name] !== undefined && item[kData][id.name] !== null && !held.relation.options.forceId)) return
  if (held.relation.type === 'embedsOne' && !id.generated && !held.relation.options.forceId) return
  if (id.kind === 'number' || id.kind === 'integer') {
    item[kData][id.name] = Math.max(0, ...others.map((other) => Number(other[kData][id.name]) || 0)) + 1
    return
  }
  const made = generatedId(target, item)
  if (made !== undefined) item[kData][id.name] = made
}

type Generate = (model: string, data: PlainObject, idName: string) => unknown

function generatedId(target: ModelRuntime, item: ModelInstance): unknown {
  const { generateId } = (target.dataSource?.connector ?? {}) as { generateId?: Generate }
  return typeof generateId === 'function'
    ? generateId.call(target.dataSource!.connector, target.name, item[kData], target.compiled.id!.name)
    : undefined
}

/** What is written of an embedded instance, between the save hooks of its model. */
export interface EmbeddedSave {
  readonly item: ModelInstance
  readonly isNewInstance: boolean
  /** The change, when the item is not new. */
  readonly data?: PlainObject
  /** Values of the owner that hold the item. */
  readonly change: () => PlainObject
}

/** Validates an embedded instance and writes its owner. */
export async function saveEmbedded(held: Held, given: EmbeddedSave, options: JugglerOptions): Promise<ModelInstance> {
  const target = targetOf(held)
  const { item, isNewInstance, data } = given
  const action = isNewInstance ? 'create' : 'update'
  const allowed = await guardWrite(target, { action, writes: writtenBy(data ?? item) }, options)
  const shared = new Operation(target, options)
  if (target.has.beforeSave)
    await shared.stage('before save', isNewInstance ? { instance: item, isNewInstance } : { currentInstance: item, data })
  if (held.relation.options.validate !== false && wantsValidation(target, options)) await validate(item, options)
  await checkNew(target, toStore(item), { allowed, options })
  await writeOwner(held, given.change(), options)
  item[kPersisted] = true
  if (target.has.afterSave) await shared.stage('after save', { instance: item, isNewInstance })
  return item
}

/** Removes an embedded instance by writing its owner, between the delete hooks of its model. */
export async function removeEmbedded(
  held: Held,
  given: { item: ModelInstance; change: () => PlainObject },
  options: JugglerOptions,
): Promise<void> {
  const target = targetOf(held)
  await guardWrite(target, { action: 'delete', writes: [] }, options)
  const shared = new Operation(target, options)
  if (target.has.beforeDelete) await shared.stage('before delete', { instance: given.item })
  await writeOwner(held, given.change(), options)
  if (target.has.afterDelete) await shared.stage('after delete', { instance: given.item })
}

/** Writes the owner's values; an owner that was never written is created with them. */
export async function writeOwner({ instance }: Held, change: PlainObject, options: JugglerOptions): Promise<void> {
  if (instance[kPersisted]) {
    await updateAttributes(instance, change, options)
    return
  }
  for (const [name, value] of Object.entries(change)) instance[name] = value
  await save(instance, options)
}
