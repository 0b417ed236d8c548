import { errors } from '../errors'
import type { Filter } from '../filter/filter'
import { mergeWhere } from '../filter/merge'
import { rememberNames, writtenBy } from '../guard/guard-write'
import { ours } from '../guard/ours'
import { toldOver } from '../guard/over-relation'
import type { JugglerOptions } from '../model/options'
import type { ModelInstance } from '../model/types'
import { create } from '../operations/create'
import { findOne } from '../operations/find-one'
import { save } from '../operations/save'
import { updateAttributes } from '../operations/update-attributes'
import { sameId } from '../operations/ids'
import { kData, kGuard, kModel, kPersisted } from '../symbols'
import type { PlainObject } from '../value/plain'
import { cache, ownKey, targetOf, uncache, type Held } from './held'
import type { SingleOperations } from './operations'

async function get(held: Held, filter: Filter, options: JugglerOptions): Promise<ModelInstance | null | undefined> {
  const key = ownKey(held)
  if (key === undefined) return undefined
  const target = targetOf(held)
  const scoped = held.relation.applyScope(held.instance, filter)
  return findOne(target, { ...scoped, where: mergeWhere(ours({ [keyTo(held)]: key }), scoped.where) }, options)
}

function keyTo(held: Held): string {
  const { relation } = held
  if (relation.kind !== 'polymorphic' || relation.keyTo !== 'id') return relation.keyTo
  return targetOf(held).compiled.id?.name ?? 'id'
}

/** Points to another instance; nothing is written. */
function set(held: Held, value: ModelInstance | null): void {
  const { instance, relation } = held
  if (value === null) {
    instance[relation.keyFrom] = null
    if (relation.polymorphic) instance[relation.polymorphic.discriminator] = null
    return uncache(held)
  }
  const model = value[kModel]
  instance[relation.keyFrom] = value[relation.kind === 'polymorphic' ? (model.compiled.id?.name ?? 'id') : relation.keyTo]
  if (relation.polymorphic) instance[relation.polymorphic.discriminator] = model.name
  relation.applyProperties(instance, value)
  cache(held, value)
}

function build(held: Held, data: PlainObject): ModelInstance {
  if (held.relation.kind === 'polymorphic')
    throw errors.RELATION_UNSUPPORTED({ relation: held.relation.name, problem: 'a polymorphic belongsTo can not build' })
  const target = targetOf(held)
  const built = new target.ctor(data)
  held.relation.applyProperties(held.instance, built)
  return built
}

async function createRelated(held: Held, data: PlainObject, options: JugglerOptions): Promise<ModelInstance> {
  const built = build(held, data)
  if (options[kGuard]) rememberNames(built, writtenBy(data))
  const made = await create(targetOf(held), built, options)
  set(held, made)
  if (held.instance[kPersisted]) await save(held.instance, options)
  return made
}

async function existing(held: Held, options: JugglerOptions): Promise<ModelInstance> {
  const found = await get(held, {}, options)
  if (!found) throw errors.RELATION_EMPTY({ type: 'BelongsTo', relation: held.relation.name })
  return found
}

async function update(held: Held, data: PlainObject, options: JugglerOptions): Promise<ModelInstance> {
  const found = await existing(held, options)
  const key = keyTo(held)
  const given = data[key]
  if (given !== undefined && !sameId(given, found[kData][key])) throw errors.FOREIGN_KEY_FIXED({ key, from: found[kData][key], to: given })
  return updateAttributes(found, data, options)
}

/** Lets go of the other side, which stays; the owner is written. */
async function unlink(held: Held, options: JugglerOptions): Promise<unknown> {
  await existing(held, options)
  set(held, null)
  return save(held.instance, options)
}

export const belongsTo: SingleOperations = toldOver<SingleOperations>({ get, set, build, create: createRelated, update, destroy: unlink }, [
  'set',
  'build',
  'value',
])
