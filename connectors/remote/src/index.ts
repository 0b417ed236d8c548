import { defineConnector } from '@reloop/connector'
import { createRemoteConnector } from './remote-connector'
import { settings, type RemoteSettings } from './settings'

/**
 * Models of another server as a data source: `{ "connector": "remote", "url": "http://localhost:3000/api" }`.
 *
 * @example new DataSource({ connector: 'remote', url: 'http://localhost:3000/api' })
 */
export const connector = defineConnector<RemoteSettings>({ name: 'remote', settings, create: (given) => createRemoteConnector(given) })

export default connector

// For direct use
export { createRemoteConnector, type RemoteConnector } from './remote-connector'
export { type ModelClass } from './resolve-methods'
export { type RemoteSettings } from './settings'

// Errors
export { errors } from './errors'
