import type { Profile } from '@reloop/compat'
import { createApplication, createRegistry, type Application, type SharedModel } from '../../src'

/** An application with one model whose changes are tracked, kept as `dataSource` says. */
export function itemServer(dataSource: Record<string, unknown>, compat: Profile = 'modern'): { app: Application; Item: SharedModel } {
  const app = createApplication({ registry: createRegistry({ compat }) })
  app.set('remoting', { errorHandler: { log: false }, json: { limit: '10mb' } })
  app.dataSource('db', dataSource)
  const Item = app.registry.createModel({
    name: 'Item',
    properties: { id: { type: 'string', id: true }, title: 'string', at: 'date', secret: 'string' },
    options: { trackChanges: true, hidden: ['secret'], changeCleanupInterval: -1, replicationChunkSize: 20 },
  })
  app.model(Item, { dataSource: 'db' })
  return { app, Item }
}

/** The same model as another server has it. */
export function remoteItems(url: string, compat: Profile = 'modern'): SharedModel {
  const registry = createRegistry({ compat })
  const Item = registry.createModel({
    name: 'Item',
    properties: { id: { type: 'string', id: true }, title: 'string', at: 'date' },
    options: { replicationChunkSize: 20 },
  })
  registry.createDataSource('other', { connector: require('@reloop/connector-remote') as unknown, url }).attach(Item)
  return Item
}
