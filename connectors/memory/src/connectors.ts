import { defineConnector } from '@reloop/connector'
import { createKeyValueConnector, type KeyValueSettings } from './key-value/key-value-connector'
import { createMemoryConnector } from './memory-connector'
import { memorySettings, type MemorySettings } from './settings'
import { createTransientConnector, type TransientSettings } from './transient/transient-connector'

/**
 * The store of rows in memory, with an optional file.
 *
 * @example new DataSource({ connector: 'memory', file: 'db.json' })
 */
export const memory = defineConnector<MemorySettings>({
  name: 'memory',
  settings: memorySettings,
  create: (settings) => createMemoryConnector(settings),
})

/**
 * The store of values under keys in memory.
 *
 * @example new DataSource({ connector: 'kv-memory' })
 */
export const kvMemory = defineConnector<KeyValueSettings>({
  name: 'kv-memory',
  settings: {
    type: 'object',
    properties: {
      name: { type: 'string' },
      sweepInterval: { type: 'integer', minimum: 1, description: 'Milliseconds between two searches for expired values' },
    },
    additionalProperties: false,
  },
  create: (settings) => createKeyValueConnector(settings),
})

/**
 * The store that keeps nothing.
 *
 * @example new DataSource({ connector: 'transient' })
 */
export const transient = defineConnector<TransientSettings>({
  name: 'transient',
  settings: {
    type: 'object',
    properties: {
      name: { type: 'string' },
      generateId: { description: 'Function (model, row, idName) that makes ids' },
      defaultIdType: { description: "'String' or 'Number'" },
    },
    additionalProperties: false,
  },
  create: (settings) => createTransientConnector(settings),
})

/** All connectors of this package by the names that data sources use. */
export const connectors = Object.freeze({ memory, 'kv-memory': kvMemory, transient })

export { memory as connector }
