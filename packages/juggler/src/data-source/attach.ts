import { kModel } from '../symbols'
import { defineRelations } from '../relations/from-settings'
import { defineScopes } from '../relations/named-scopes'
import type { ModelConstructor } from '../model/types'
import type { DataSourceCore } from './core'
import { dataAccessOf, isUsers, type DataAccess } from './data-access'

type Emit = (event: string, argument?: unknown) => void

/** Gives a class its data source: its store, its statics, its relations and scopes. */
export function attach(source: DataSourceCore, Model: ModelConstructor): void {
  const runtime = Model[kModel]
  if (runtime.dataSource === source) return
  const { modelBuilder } = source
  if (modelBuilder.models[runtime.name] !== Model) {
    modelBuilder.models[runtime.name] = Model
    modelBuilder.definitions[runtime.name] = runtime.definition
  }
  runtime.dataSource = source
  runtime.invalidate()
  mixDataAccess(Model, dataAccessOf(source.connector))
  const emit = (Model.emit as Emit).bind(Model)
  defineRelations(Model)
  emit('dataAccessConfigured', Model)
  defineScopes(Model)
  source.connector.attached?.(Model)
  emit('dataSourceAttached', Model)
}

/** Puts the members of the store on a class. What a class defined itself stays, where the profile says so. */
export function mixDataAccess(Model: ModelConstructor, access: DataAccess): void {
  const keep = Model[kModel].flags.keepOwnStatics
  mix(Model, access.statics, keep)
  mix(Model.prototype, access.prototype, keep)
}

function mix(target: object, members: Readonly<Record<string, unknown>>, keep: boolean): void {
  for (const [name, value] of Object.entries(members)) {
    if (keep && isUsers(Object.getOwnPropertyDescriptor(target, name)?.value)) continue
    Object.defineProperty(target, name, { value, writable: true, configurable: true, enumerable: true })
  }
}
