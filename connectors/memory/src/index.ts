// What data sources load by name
export { connector, connectors, kvMemory, memory, transient } from './connectors'
export { memory as default } from './connectors'

// Stores for direct use
export { createMemoryConnector, type MemoryConnector } from './memory-connector'
export { type MemorySettings } from './settings'
export { createKeyValueConnector, type KeyValueConnector, type KeyValueSettings } from './key-value/key-value-connector'
export { createTransientConnector, type TransientConnector, type TransientSettings } from './transient/transient-connector'

// Errors
export { errors } from './errors'
