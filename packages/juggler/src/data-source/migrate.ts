import type { Entity, SchemaConnector } from '@reloop/connector'
import { errors } from '../errors'
import { kModel } from '../symbols'
import type { DataSourceCore } from './core'

type Names = string | readonly string[] | undefined

/** Makes or alters the tables of models; a store without tables has nothing to do. */
export async function migrate(source: DataSourceCore, asked: { models: Names; mode: 'recreate' | 'alter' }): Promise<void> {
  const entities = entitiesOf(source, asked.models)
  await source.whenConnected()
  const { migrate: run } = source.connector as Partial<SchemaConnector>
  if (run && entities.length) await run.call(source.connector as SchemaConnector, { entities, mode: asked.mode })
}

/** Whether `autoupdate` would change nothing. */
export async function isActual(source: DataSourceCore, models: Names): Promise<boolean> {
  const entities = entitiesOf(source, models)
  await source.whenConnected()
  const { isActual: ask } = source.connector as Partial<SchemaConnector>
  return ask ? ask.call(source.connector as SchemaConnector, { entities }) : true
}

/** Entities of the named models, or of all that are attached. */
function entitiesOf(source: DataSourceCore, given: Names): Entity[] {
  const attached = new Map<string, Entity>()
  for (const [name, Model] of Object.entries(source.modelBuilder.models)) {
    if (Model[kModel].dataSource === source) attached.set(name, Model[kModel].entity)
  }
  const names = given === undefined ? [...attached.keys()] : typeof given === 'string' ? [given] : given
  const unknown = names.filter((name) => !attached.has(name))
  if (unknown.length) throw errors.MIGRATE_UNKNOWN({ models: unknown })
  return names.map((name) => attached.get(name)!)
}
