// What a connector is
export * from './connector'
export { capabilities, changeOperators, type Capabilities, type ChangeOperator } from './capabilities'
export { defineConnector, isConnectorDefinition, type ConnectorContext, type ConnectorDefinition, type SettingsSchema } from './define-connector'
export type { DiscoveredColumn, DiscoveredForeignKey, Discovery, DiscoveryOptions } from './discovery'
export { errors } from './errors'

// What it stores, and what it is asked
export { defineEntity, type Entity, type EntityDefinition, type EntityForeignKey, type EntityIndex, type EntityProperty, type PropertyType } from './entity'
export * from './query/ast'
