import { callable } from '../model/callable'
import { persistedPrototype, persistedStatics } from '../legacy'
import { Any, Json, Text } from '../value/markers'
import { LegacyDataSource } from './legacy-data-source'

const types = ['belongsTo', 'hasMany', 'hasOne', 'hasAndBelongsToMany', 'referencesMany', 'embedsOne', 'embedsMany'] as const
const relationTypes = Object.freeze(Object.fromEntries(types.map((type) => [type, type])))

/** LoopBack's name for what models over rows can do: statics, and instance methods on its prototype. */
class DataAccessObject {}
Object.assign(DataAccessObject, persistedStatics)
Object.assign(DataAccessObject.prototype, persistedPrototype)

/**
 * One connector and the models that are stored through it. Callable without `new`.
 *
 * Made from settings (`{ connector: 'memory' }`), a name and settings, a URL, or a connector and settings. Connectors are looked for
 * from the folder of the application: `@reloop/connector-<name>`, `loopback-connector-<name>`, `<name>`.
 *
 * @throws CONNECTOR_NOT_FOUND, CONNECTOR_REQUIRED, SCHEMA_INVALID (settings)
 * @example
 * const db = new DataSource({ connector: 'memory' })
 * const Product = db.define('Product', { name: String })
 */
export const DataSource = Object.assign(callable(Object.defineProperty(LegacyDataSource, 'name', { value: 'DataSource' })), {
  relationTypes,
  DataAccessObject,
  Text,
  JSON: Json,
  Any,
})
export type DataSource = LegacyDataSource
