import { runtimeOf } from '@reloop/juggler'
import type { Registry } from '../registry/registry'
import type { SharedModel } from '../types'
import type { Awaitable } from './awaitable'
import { owns, type Owner } from './ownership'
import { isUserClass } from './user-class'

/** Which row, and whose it may be. */
export interface OwnerQuestion {
  readonly Model: SharedModel
  readonly modelId?: unknown
  /** The row, where it is loaded. */
  readonly instance?: Readonly<Record<string, unknown>>
  readonly owner: Owner
}

/** Whether a row belongs to somebody; loads it unless it is there or its id says enough. */
export function isOwner(registry: Registry, { Model, modelId, instance, owner }: OwnerQuestion): Awaitable<boolean> {
  if (instance) return owns(Model, instance, { registry, owner })
  if (modelId === undefined || modelId === null || modelId === '') return false
  const id = runtimeOf(Model).compiled.ids[0]?.name ?? 'id'
  if (isUserClass(registry, Model)) return owns(Model, { [id]: modelId }, { registry, owner })
  return load(Model, modelId).then((row) => row !== null && owns(Model, row, { registry, owner }))
}

async function load(Model: SharedModel, id: unknown): Promise<Readonly<Record<string, unknown>> | null> {
  if (typeof Model.findById !== 'function') return null
  return (Model.findById as (id: unknown) => Promise<Record<string, unknown> | null>)(id)
}
